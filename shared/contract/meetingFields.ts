/** What requests and answers about meetings are made of. */
import * as z from 'zod/mini';
import { holidayCalendars } from '../core/holidays.ts';
import { mostSpans } from '../core/meetings/attendance.ts';
import { type AgendaItem, meetingKinds, meetingStates } from '../core/meetings/meetings.ts';
import { intervals, mostOccurrences, sameDays } from '../core/meetings/recurrence.ts';
import { date, id, instant, instantInput, line, markdown, proofState, reason, timeZone, version } from './fields.ts';
import { who } from './voteFields.ts';

const minute = instantInput.check(z.refine(value => value.endsWith(':00.000Z'), 'Must be a whole minute.'));

const document = z.strictObject({ documentId: id, version: z.int().check(z.minimum(1)) });

const item = z.strictObject({
  title: line(200),
  description: z._default(markdown(5000), ''),
  resolutionId: z._default(z.nullable(id), null),
  documents: z._default(z.array(document).check(z.maxLength(8)), []),
});

/** The agenda, and the event of a change to it, have to fit into one item of the store each. */
const mostAgendaText = 40_000;

const lengthOf = (agenda: readonly AgendaItem[]) =>
  agenda.reduce((sum, { title, description }) => sum + title.length + description.length, 0);

const agenda = z.array(item).check(
  z.maxLength(50),
  z.refine(
    (items: readonly AgendaItem[]) => lengthOf(items) <= mostAgendaText,
    `Titles and descriptions have ${mostAgendaText} characters at most, all together.`,
  ),
);

const shown = {
  title: line(200),
  kind: z.enum(meetingKinds),
  timeZone: timeZone.check(z.describe('Where clocks show its time.')),
};
const place = z.nullable(line(300));

const kept = {
  remote: z
    .nullable(line(500))
    .check(z.describe('How to take part from afar, a link or a number. Never public, and in no calendar.')),
  isPublic: z.boolean().check(z.describe('Whether everybody may know of it, once notice was given.')),
  agenda,
  guests: z.array(line(200)).check(z.maxLength(50), z.describe('Those without a seat, by name.')),
};

export const meetingInput = {
  ...shown,
  startsAt: minute,
  endsAt: minute,
  place: z._default(place, null),
  remote: z._default(kept.remote, null),
  isPublic: z._default(kept.isPublic, false),
  agenda: z._default(agenda, []),
  guests: z._default(kept.guests, []),
};

export const repeat = z
  .strictObject({
    every: z.enum(intervals),
    same: z
      ._default(z.enum(sameDays), 'weekday')
      .check(z.describe('Such as each second Tuesday, or each 14th; weeks do not ask.')),
    count: z.int().check(z.minimum(2), z.maximum(mostOccurrences), z.describe('With the first.')),
  })
  .check(z.describe('The same time on the wall, each as long as the first.'));

const count = z.int().check(z.minimum(0));

const entryFields = {
  id,
  bodyId: id,
  ...shown,
  startsAt: instant,
  endsAt: instant,
  state: z.enum(meetingStates),
  place: place.check(z.describe('For the body and officers.')),
  version,
};

export const meetingEntry = z.strictObject(entryFields).check(z.meta({ id: 'MeetingEntry' }));

const noticeCheck = z.strictObject({
  source: z.string(),
  period: z.nullable(
    z.strictObject({ leastDays: count, mostDays: z.nullable(count), counted: z.enum(['calendar', 'business']) }),
  ),
  holidays: z.enum(holidayCalendars),
  givenOn: date,
  meetsOn: date,
  days: z.int().check(z.describe('After the day of the notice, up to and including the day of the meeting.')),
  inTime: z.boolean(),
  firstDay: z.nullable(date).check(z.describe('The first day on which notice was in time.')),
  lastDay: z.nullable(date).check(z.describe('The last one.')),
});

export const waiver = z
  ._default(z.nullable(reason), null)
  .check(z.describe('Why the time that the rules ask for is waived; null when it is kept.'));

const quorum = z
  .strictObject({ needed: count, present: count, inOffice: count, met: z.boolean() })
  .check(z.meta({ id: 'MeetingQuorum' }));

const details = z
  .strictObject({
    ...kept,
    seriesId: z.nullable(id).check(z.describe('What meetings that were scheduled together have in common.')),
    notice: z.nullable(z.strictObject({ givenAt: instant, by: who, check: noticeCheck, waiver: z.nullable(reason) })),
    held: z.nullable(z.strictObject({ openedAt: instant, closedAt: z.nullable(instant) })),
    quorum: z
      .nullable(quorum)
      .check(z.describe('By the votes of those who are there right now; null while it is not under way.')),
  })
  .check(z.meta({ id: 'MeetingDetails' }));

export const meeting = z
  .strictObject({
    ...entryFields,
    cancelled: z.nullable(z.strictObject({ at: instant, reason })),
    details: z.nullable(details).check(z.describe('For the body and officers.')),
    proof: proofState,
  })
  .check(z.meta({ id: 'Meeting' }));

const span = z.strictObject({ from: instant, to: z.nullable(instant), remote: z.boolean() });

export const attendance = z
  .strictObject({
    person: who,
    spans: z.array(span).check(z.maxLength(mostSpans), z.describe('From when to when; null while it lasts.')),
  })
  .check(z.meta({ id: 'Attendance' }));

export const at = z
  ._default(z.nullable(instantInput), null)
  .check(z.describe('When; now when absent. Not in the future.'));

export const minutes = z
  .strictObject({
    meetingId: id,
    state: z
      .enum(['draft', 'recorded', 'approved'])
      .check(z.describe('A draft is made from the record whenever it is read, until minutes are recorded.')),
    text: z.string().check(z.describe('Markdown.')),
    documentedAt: z.nullable(instant).check(z.describe('When they were first recorded.')),
    approved: z.nullable(z.strictObject({ resolutionId: id, number: z.nullable(z.string()), at: instant })),
    contemporaneous: z
      .nullable(
        z.strictObject({
          state: z.enum(['yes', 'no', 'pending']),
          lastDay: z.nullable(date).check(z.describe('Null when it follows from a meeting that is not known yet.')),
        }),
      )
      .check(
        z.describe(
          'Form 990, Part VI, line 8: by the later of the next meeting of the body and 60 days. Null until the meeting is over.',
        ),
      ),
    version: z.int().check(z.minimum(0), z.describe('0 for a draft.')),
  })
  .check(z.meta({ id: 'Minutes' }));
