/** Meetings for tests, made through the API as people would. */
import type { Client } from './client.ts';

type Input = NonNullable<NonNullable<Parameters<Client['createMeeting']>[0]>['body']>;

/** So many minutes from now, as a whole minute. */
export const inMinutes = (minutes: number) =>
  new Date(Math.floor(Date.now() / 60_000) * 60_000 + minutes * 60_000).toISOString();

/** A meeting of two hours that began five minutes ago, unless told otherwise. */
export const meetingFacts = (facts: Partial<Input> = {}): Input => ({
  title: 'A meeting',
  kind: 'regular',
  startsAt: inMinutes(-5),
  endsAt: inMinutes(115),
  timeZone: 'America/New_York',
  place: 'The library',
  remote: 'https://meet.example/secret-room',
  isPublic: true,
  ...facts,
});

/** What PUT takes: the facts without how they repeat. */
export const factsOf = (facts: Partial<Input> = {}) => {
  const { repeat: _, ...rest } = meetingFacts(facts);
  return rest;
};

export async function scheduledOf(leader: Client, bodyId: string, facts: Partial<Input> = {}) {
  const { items } = (await leader.createMeeting({ params: { bodyId }, body: meetingFacts(facts) })).body;
  return (await leader.getMeeting({ params: { meetingId: String(items[0]?.id) } })).body;
}

export async function noticedOf(leader: Client, bodyId: string, facts: Partial<Input> = {}, waiver = 'All agreed.') {
  const { id, version } = await scheduledOf(leader, bodyId, facts);
  return (await leader.giveNotice({ params: { meetingId: id }, version, body: { waiver } })).body;
}

export async function openMeetingOf(leader: Client, bodyId: string, facts: Partial<Input> = {}) {
  const { id, version } = await noticedOf(leader, bodyId, facts);
  return (await leader.openMeeting({ params: { meetingId: id }, version })).body;
}

export async function adjournedOf(leader: Client, bodyId: string, facts: Partial<Input> = {}) {
  const { id, version } = await openMeetingOf(leader, bodyId, facts);
  return (await leader.adjournMeeting({ params: { meetingId: id }, version })).body;
}

/** Everybody listed as having been there, with the times that are open as null. */
export async function attendanceOf(client: Client, meetingId: string) {
  const { items } = (await client.listAttendance({ params: { meetingId }, query: { limit: '100' } })).body;
  return new Map(items.map(({ person, spans }) => [person.name, spans]));
}

/** The path of the address that a person got for the calendar. */
export async function calendarCodeOf(client: Client): Promise<string> {
  const { address } = (await client.createCalendarAddress()).body;
  return String(new URL(address).pathname.split('/').at(-1));
}
