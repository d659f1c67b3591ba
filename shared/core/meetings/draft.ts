/** Minutes drafted from what the book knows of a meeting: nobody has to type it again. The same facts give the same text. */
import type { Instant } from '../calendar.ts';
import { timeIn } from '../calendar.ts';
import type { Span } from './attendance.ts';
import { type Meeting, meetingState } from './meetings.ts';
import type { MeetingQuorum } from './quorum.ts';

/** People are given by their names. */
export interface DraftFacts {
  readonly bodyName: string;
  readonly meeting: Meeting;
  readonly attended: readonly { readonly name: string; readonly votes: boolean; readonly spans: readonly Span[] }[];
  /** Those who hold a voting seat and never were there. */
  readonly absent: readonly string[];
  readonly quorum: readonly { readonly at: Instant; readonly quorum: MeetingQuorum }[];
  readonly decisions: readonly DraftDecision[];
}

export interface DraftDecision {
  readonly title: string;
  readonly mover: string | null;
  readonly seconder: string | null;
  /** Without why: that is not for the minutes. */
  readonly recused: readonly string[];
  /** Null of an election, and while nothing is counted. */
  readonly counts: { readonly yes: number; readonly no: number; readonly abstained: number } | null;
  /** Null while it is not decided. */
  readonly carried: boolean | null;
  readonly number: string | null;
  readonly explanation: readonly string[];
}

/** Longer lists of people are for the record of attendance. */
const mostNames = 200;

export function draftMinutes(facts: DraftFacts): string {
  const { meeting, bodyName } = facts;
  const sections = [
    `# Minutes: ${plain(meeting.title)}`,
    `${meeting.kind === 'regular' ? 'Regular' : 'Special'} meeting of ${plain(bodyName)} on ${dayOf(meeting)}. ${course(meeting)}${place(meeting)}`,
    notice(meeting),
    `## Present\n\n${attended(facts)}`,
    ...(facts.absent.length === 0 ? [] : [`## Absent\n\n${names(facts.absent)}`]),
    ...(meeting.guests.length === 0 ? [] : [`## Guests\n\n${names(meeting.guests)}`]),
    `## Quorum\n\n${facts.quorum.map(step => `- ${quorum(step, meeting.timeZone)}`).join('\n')}`,
    ...(meeting.agenda.length === 0 ? [] : [`## Agenda\n\n${agenda(meeting)}`]),
    `## Decisions\n\n${decisions(facts)}`,
    ...adjournment(meeting),
  ];
  return `${sections.join('\n\n')}\n`;
}

function dayOf({ timeZone, held, startsAt }: Meeting): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return day.format(new Date(held?.openedAt ?? startsAt));
}

const course = ({ held, startsAt, timeZone }: Meeting) =>
  `It was called to order at ${timeIn(timeZone, held?.openedAt ?? startsAt)}; all times are those of ${timeZone}.`;

const place = (meeting: Meeting) => (meeting.place === null ? '' : ` Place: ${plain(meeting.place)}.`);

function notice({ notice: given, timeZone }: Meeting): string {
  if (given === null) return 'No notice was given; the rules of the body asked for none.';
  const { check, waiver, givenAt } = given;
  const when = `Notice was given on ${check.givenOn} at ${timeIn(timeZone, givenAt)}`;
  if (waiver !== null) return `${when}. The time for it was waived: ${plain(waiver)}`;
  const unit = check.period?.counted === 'business' ? 'business day' : 'day';
  return `${when}, ${plural(check.days, unit)} before, in time by ${plain(check.source)}.`;
}

function attended({ attended: people, meeting }: DraftFacts): string {
  if (people.length === 0) return 'Nobody was recorded as present.';
  const lines = people.slice(0, mostNames).map(({ name, votes, spans }) => {
    const times = spans.map(span => spanText(span, meeting));
    return `- ${plain(name)}${votes ? '' : ' (without a vote)'}: ${times.join('; ')}`;
  });
  return [...lines, ...more(people.length)].join('\n');
}

function spanText({ from, to, remote }: Span, { held, timeZone }: Meeting): string {
  const until = to ?? held?.closedAt ?? null;
  const span = `${timeIn(timeZone, from)} to ${until === null ? 'now' : timeIn(timeZone, until)}`;
  return remote ? `${span}, remotely` : span;
}

const names = (people: readonly string[]) =>
  [...people.slice(0, mostNames).map(name => `- ${plain(name)}`), ...more(people.length)].join('\n');

const more = (count: number) => (count > mostNames ? [`- and ${count - mostNames} more`] : []);

function quorum(
  { at, quorum: { needed, present, inOffice, met } }: DraftFacts['quorum'][number],
  zone: string,
): string {
  const from = `From ${timeIn(zone, at)} on ${present} of ${plural(inOffice, 'vote')} in office ${present === 1 ? 'was' : 'were'} there`;
  if (needed === 0) return `${from}; the rules ask for no number.`;
  return `${from}; at least ${needed} had to be: ${met ? 'a' : 'no'} quorum.`;
}

const agenda = ({ agenda: items }: Meeting) =>
  items.map(({ title }, index) => `${index + 1}. ${plain(title)}`).join('\n');

const decisions = ({ decisions: all }: DraftFacts) =>
  all.length === 0 ? 'Nothing was put to the vote.' : all.map(decision).join('\n\n');

function decision({ title, mover, seconder, recused, counts, carried, number, explanation }: DraftDecision) {
  const parts = [
    `### ${plain(title)}${number === null ? '' : ` (${number})`}`,
    ...(mover === null
      ? []
      : [`Moved by ${plain(mover)}${seconder === null ? '' : `, seconded by ${plain(seconder)}`}.`]),
    ...(recused.length === 0 ? [] : [`Recused: ${recused.map(plain).join(', ')}.`]),
    ...(counts === null ? [] : [`${counts.yes} for, ${counts.no} against, ${plural(counts.abstained, 'abstention')}.`]),
    ...(explanation.length === 0 ? [] : [explanation.map(sentence => `- ${plain(sentence)}`).join('\n')]),
    outcome(carried, number),
  ];
  return parts.join('\n\n');
}

function outcome(carried: boolean | null, number: string | null): string {
  if (carried === null) return '**Not decided** when this was drafted.';
  if (!carried) return '**Failed.**';
  return number === null ? '**Carried.**' : `**Carried** as number ${number} of the register.`;
}

function adjournment(meeting: Meeting): string[] {
  const { held, timeZone } = meeting;
  if (meetingState(meeting) !== 'adjourned' || held === null || held.closedAt === null) return [];
  return [`## Adjournment\n\nThe meeting was adjourned at ${timeIn(timeZone, held.closedAt)}.`];
}

const plural = (count: number, noun: string) => `${count} ${count === 1 ? noun : `${noun}s`}`;

/** Text that Markdown shows as it is. */
const plain = (text: string) => text.replaceAll(/[\\`*_[\]<>#|~&]/g, '\\$&');
