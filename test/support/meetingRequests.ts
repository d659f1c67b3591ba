/** For each operation on meetings a request that succeeds for those who may: prepared, then sent as somebody. */
import type { meetingsRoutes } from '../../shared/contract/meetings.ts';
import type { TestBook } from './book.ts';
import type { Answered, Client } from './client.ts';
import {
  adjournedOf,
  calendarCodeOf,
  factsOf,
  inMinutes,
  meetingFacts,
  noticedOf,
  openMeetingOf,
  scheduledOf,
} from './meetings.ts';
import { bodyOf } from './resolutions.ts';

type Prepare = (book: TestBook) => Promise<(client: Client) => Promise<Answered<unknown>>>;

export const meetingRequests: { [Id in keyof typeof meetingsRoutes]: Prepare } = {
  listMeetings: inBody((client, { bodyId }) => client.listMeetings({ params: { bodyId } })),
  getNextMeeting: inBody((client, { bodyId }) => client.getNextMeeting({ params: { bodyId } })),
  createMeeting: inBody((client, { bodyId }) => client.createMeeting({ params: { bodyId }, body: meetingFacts() })),
  getMeeting: inBody(async (client, { bodyId, leader }) => {
    const { id } = await noticedOf(leader, bodyId);
    return client.getMeeting({ params: { meetingId: id } });
  }),
  updateMeeting: inBody(async (client, { bodyId, leader }) => {
    const { id, version } = await scheduledOf(leader, bodyId);
    return client.updateMeeting({ params: { meetingId: id }, version, body: factsOf({ title: 'Another' }) });
  }),
  giveNotice: inBody(async (client, { bodyId, leader }) => {
    const { id, version } = await scheduledOf(leader, bodyId, { startsAt: inMinutes(5) });
    return client.giveNotice({ params: { meetingId: id }, version, body: {} });
  }),
  cancelMeeting: inBody(async (client, { bodyId, leader }) => {
    const { id, version } = await scheduledOf(leader, bodyId);
    return client.cancelMeeting({ params: { meetingId: id }, version, body: { reason: 'Snow.' } });
  }),
  openMeeting: inBody(async (client, { bodyId, leader }) => {
    const { id, version } = await scheduledOf(leader, bodyId);
    return client.openMeeting({ params: { meetingId: id }, version });
  }),
  adjournMeeting: inBody(async (client, { bodyId, leader }) => {
    const { id, version } = await openMeetingOf(leader, bodyId);
    return client.adjournMeeting({ params: { meetingId: id }, version });
  }),
  listAttendance: inBody(async (client, { bodyId, leader }) => {
    const { id } = await openMeetingOf(leader, bodyId);
    return client.listAttendance({ params: { meetingId: id } });
  }),
  recordArrival: inBody(async (client, { bodyId, leader, book }) => {
    const { id } = await openMeetingOf(leader, bodyId);
    return client.recordArrival({ params: { meetingId: id, personId: book.people.director }, body: {} });
  }),
  recordDeparture: inBody(async (client, { bodyId, leader, book }) => {
    const { id } = await openMeetingOf(leader, bodyId);
    const params = { meetingId: id, personId: book.people.director };
    await leader.recordArrival({ params, body: { at: inMinutes(-2) } }).then(({ body }) => body);
    return client.recordDeparture({ params, body: {} });
  }),
  getMinutes: inBody(async (client, { bodyId, leader }) => {
    const { id } = await adjournedOf(leader, bodyId);
    return client.getMinutes({ params: { meetingId: id } });
  }),
  recordMinutes: inBody(async (client, { bodyId, leader }) => {
    const { id } = await adjournedOf(leader, bodyId);
    return client.recordMinutes({ params: { meetingId: id }, version: 0, body: { text: '# Minutes' } });
  }),
  readBodyCalendar: inBody((client, { bodyId }) => client.readBodyCalendar({ params: { bodyId } })),
  createCalendarAddress: async () => client => client.createCalendarAddress(),
  revokeCalendarAddress: async () => client => client.revokeCalendarAddress(),
  readCalendar: async ({ as }) => {
    const code = await calendarCodeOf(as.member);
    return client => client.readCalendar({ params: { code } });
  },
};

interface Led {
  readonly book: TestBook;
  readonly bodyId: string;
  readonly leader: Client;
}

/** A request in the body over which everybody of the book presides, so that roles alone decide. */
function inBody(ask: (client: Client, led: Led) => Promise<Answered<unknown>>): Prepare {
  return async book => {
    const everybody = Object.keys(book.people) as (keyof TestBook['people'])[];
    const made = assemblies.get(book) ?? bodyOf(book, everybody, { office: 'co-chair' });
    assemblies.set(book, made);
    const bodyId = await made;
    return client => ask(client, { book, bodyId, leader: book.as.secretary });
  };
}

const assemblies = new WeakMap<TestBook, Promise<string>>();
