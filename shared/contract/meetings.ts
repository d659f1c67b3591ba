/** Meetings: notice, agenda, attendance, minutes, and the calendars that tell of them. */
import * as z from 'zod/mini';
import { cursor, id, limit, markdown, pageOf, reason } from './fields.ts';
import {
  exampleAttendance,
  exampleMeeting,
  exampleMeetingEntry,
  exampleMeetingInput,
  exampleMinutes,
} from './meetingExamples.ts';
import { at, attendance, meeting, meetingEntry, meetingInput, minutes, repeat, waiver } from './meetingFields.ts';
import { resource } from './route.ts';

const calendarType = 'text/calendar; charset=utf-8';
const bodyParams = z.strictObject({ bodyId: id });
const params = z.strictObject({ meetingId: id });
const change = { params, status: 200, command: 'updates', errors: ['state-conflict'] } as const;
const proves = { kind: 'meeting', id: '{meetingId}' } as const;
const command = { ...change, answer: meeting, proves } as const;

/** Somebody coming or going: each is recorded by itself, so that nobody has to read who else is there. */
const movement = {
  params: z.strictObject({ meetingId: id, personId: id }),
  answer: attendance,
  status: 200,
  command: 'creates',
  errors: ['state-conflict', 'not-found'],
} as const;

export const meetingsRoutes = resource({
  listMeetings: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}/meetings',
    summary: 'List the meetings of a body: those to come, those that are past, or those of a year',
    description:
      'The body and officers see all of them; others those that everybody may know of, once notice was given.',
    params: bodyParams,
    query: z.strictObject({
      when: z
        .optional(z.enum(['upcoming', 'past']))
        .check(
          z.describe('The next first, with what is under way; or the latest first. Upcoming when no year is named.'),
        ),
      year: z
        .optional(z.string().check(z.regex(/^[12]\d{3}$/, 'Must be a year, such as 2023.')))
        .check(z.describe('Of their beginning, in UTC.')),
      limit,
      cursor,
    }),
    answer: pageOf(meetingEntry),
    status: 200,
    example: { answer: { items: [exampleMeetingEntry], next: null } },
  },
  getNextMeeting: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}/meetings/next',
    summary: 'Read the meeting of a body that is under way, or comes next',
    params: bodyParams,
    answer: z.strictObject({ meeting: z.nullable(meetingEntry) }).check(z.meta({ id: 'NextMeeting' })),
    status: 200,
    example: { answer: { meeting: exampleMeetingEntry } },
  },
  createMeeting: {
    method: 'POST',
    path: '/v1/bodies/{bodyId}/meetings',
    summary: 'Schedule a meeting, or several that repeat',
    params: bodyParams,
    body: z.strictObject({ ...meetingInput, repeat: z._default(z.nullable(repeat), null) }),
    answer: z
      .strictObject({ items: z.array(meetingEntry).check(z.describe('In their order.')) })
      .check(z.meta({ id: 'ScheduledMeetings' })),
    status: 201,
    command: 'creates',
    errors: ['state-conflict', 'not-found'],
    example: { body: exampleMeetingInput, answer: { items: [exampleMeetingEntry] } },
  },
  getMeeting: {
    method: 'GET',
    path: '/v1/meetings/{meetingId}',
    summary: 'Read a meeting; its details are for the body and officers',
    params,
    answer: meeting,
    status: 200,
    proves,
    example: { answer: exampleMeeting },
  },
  updateMeeting: {
    ...command,
    method: 'PUT',
    path: '/v1/meetings/{meetingId}',
    summary: 'Change a meeting; what was noticed stays on its agenda',
    description: 'Another beginning, place or kind voids the notice: it has to be given anew.',
    body: z.strictObject(meetingInput),
    example: { body: exampleMeetingInput, answer: exampleMeeting },
  },
  giveNotice: {
    ...command,
    method: 'POST',
    path: '/v1/meetings/{meetingId}/notice',
    summary: 'Give notice of a meeting, in the time that the rules of its body ask for',
    body: z.strictObject({ waiver }),
    example: { body: { waiver: null }, answer: exampleMeeting },
  },
  cancelMeeting: {
    ...command,
    method: 'POST',
    path: '/v1/meetings/{meetingId}/cancel',
    summary: 'Cancel a meeting that is still to come',
    body: z.strictObject({ reason }),
    example: { body: { reason: 'The speaker is ill.' }, answer: exampleMeeting },
  },
  openMeeting: {
    ...command,
    method: 'POST',
    path: '/v1/meetings/{meetingId}/open',
    summary: 'Call a meeting to order',
    example: { answer: exampleMeeting },
  },
  adjournMeeting: {
    ...command,
    method: 'POST',
    path: '/v1/meetings/{meetingId}/adjourn',
    summary: 'Adjourn a meeting, once no vote is open in it any more',
    example: { answer: exampleMeeting },
  },
  listAttendance: {
    method: 'GET',
    path: '/v1/meetings/{meetingId}/attendance',
    summary: 'List who was at a meeting, from when to when',
    params,
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(attendance),
    status: 200,
    example: { answer: { items: [exampleAttendance], next: null } },
  },
  recordArrival: {
    ...movement,
    method: 'POST',
    path: '/v1/meetings/{meetingId}/attendance/{personId}/arrive',
    summary: 'Record that somebody with a seat in the body has come to a meeting',
    body: z.strictObject({
      at,
      remote: z._default(z.boolean(), false).check(z.describe('Whether from afar; for a change leave and come again.')),
    }),
    example: { body: { remote: false }, answer: exampleAttendance },
  },
  recordDeparture: {
    ...movement,
    method: 'POST',
    path: '/v1/meetings/{meetingId}/attendance/{personId}/depart',
    summary: 'Record that somebody has left a meeting',
    body: z.strictObject({ at }),
    example: { body: {}, answer: exampleAttendance },
  },
  getMinutes: {
    method: 'GET',
    path: '/v1/meetings/{meetingId}/minutes',
    summary: 'Read the minutes of a meeting, or their draft as the record has it',
    description: 'For the body, the secretary and auditors: they tell confidential decisions, too.',
    params,
    answer: minutes,
    status: 200,
    example: { answer: exampleMinutes },
  },
  recordMinutes: {
    ...change,
    method: 'PUT',
    path: '/v1/meetings/{meetingId}/minutes',
    summary: 'Record the minutes of a meeting that is over, until they are approved',
    body: z.strictObject({
      text: markdown(60_000).check(z.refine((text: string) => text.trim() !== '', 'Must not be empty.')),
    }),
    answer: minutes,
    example: { body: { text: exampleMinutes.text }, answer: exampleMinutes },
  },
  readBodyCalendar: {
    method: 'GET',
    path: '/v1/bodies/{bodyId}/calendar',
    summary: 'The meetings of a body that everybody may know of, as iCalendar (RFC 5545)',
    params: bodyParams,
    answer: z.string(),
    status: 200,
    type: calendarType,
    example: { answer: 'BEGIN:VCALENDAR...' },
  },
  createCalendarAddress: {
    method: 'POST',
    path: '/v1/me/calendar-address',
    summary: 'Make an address at which your calendar program finds your meetings',
    description: 'It is shown once, here, and whoever has it sees the meetings. A new one ends the one before.',
    answer: z.strictObject({ address: z.string() }).check(z.meta({ id: 'CalendarAddress' })),
    status: 201,
    command: 'creates',
    answeredOnce: true,
    errors: ['not-found'],
    example: { answer: { address: 'https://book.example.org/v1/calendars/kQ3vV0r8mX2nT5yB7cJ1wA' } },
  },
  revokeCalendarAddress: {
    method: 'POST',
    path: '/v1/me/calendar-address/revoke',
    summary: 'End the address of your calendar, if you have one',
    answer: z.strictObject({ revoked: z.boolean().check(z.describe('Whether there was one.')) }),
    status: 200,
    command: 'creates',
    errors: ['not-found'],
    example: { answer: { revoked: true } },
  },
  readCalendar: {
    method: 'GET',
    path: '/v1/calendars/{code}',
    summary: 'The meetings of the bodies in which a person sits today, as iCalendar (RFC 5545)',
    params: z.strictObject({ code: z.string().check(z.maxLength(100)) }),
    answer: z.string(),
    status: 200,
    type: calendarType,
    example: { answer: 'BEGIN:VCALENDAR...' },
  },
});
