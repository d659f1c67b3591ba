/** Dates as people read them, marked up so that machines can read them too. */
import { html } from 'hono/html';
import { dateIn, type Instant, type PlainDate, timeIn } from '../shared/core/calendar.ts';
import type { Period } from '../shared/core/disclosures.ts';
import type { Markup } from './layout.ts';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `9 February 2024` */
export function dayText(date: PlainDate): string {
  return `${monthDayText(date.slice(5))} ${Number(date.slice(0, 4))}`;
}

/** `31 December`, from `12-31`. */
export function monthDayText(monthDay: string): string {
  return `${Number(monthDay.slice(3, 5))} ${monthName(monthDay.slice(0, 2))}`;
}

export const dayTime = (date: PlainDate): Markup => html`<time datetime="${date}">${dayText(date)}</time>`;

/** `9 February 2024, 12:00 EST`: the moment as the clock on the organisation's wall shows it. */
export function momentText(at: Instant, timeZone: string): string {
  const parts = new Map(
    formatterOf(timeZone)
      .map(format => format.formatToParts(new Date(at)))
      .flatMap(entriesOf),
  );
  return `${parts.get('day')} ${parts.get('month')} ${parts.get('year')}, ${parts.get('hour')}:${parts.get('minute')} ${parts.get('timeZoneName')}`;
}

export const momentTime = (at: Instant, timeZone: string): Markup =>
  html`<time datetime="${at}">${momentText(at, timeZone)}</time>`;

/** `on 9 February 2024 from 12:00 to 12:30 EST`, or `from` one day with its time `to` another. */
export function spanTime(from: Instant, to: Instant, timeZone: string): Markup {
  const day = dateIn(timeZone, from);
  if (dateIn(timeZone, to) !== day) return html`from ${momentTime(from, timeZone)} to ${momentTime(to, timeZone)}`;
  const end = momentText(to, timeZone).split(', ')[1];
  return html`on ${dayTime(day)} from <time datetime="${from}">${timeIn(timeZone, from)}</time> to <time datetime="${to}">${end}</time>`;
}

/** The shortest words for a period: `2023`, `2022 to 2026`, `July 2022 to June 2023`, or its two days. */
export function periodWords({ from, to }: Period): readonly { readonly datetime: string; readonly text: string }[] {
  const [startsMonth, endsMonth] = [from.endsWith('-01'), isLastOfMonth(to)];
  const word = (length: number) => {
    const [first, last] = [from.slice(0, length), to.slice(0, length)];
    return [...new Set([first, last])].map(datetime => ({ datetime, text: partText(datetime) }));
  };
  if (from.endsWith('-01-01') && to.endsWith('-12-31')) return word(4);
  return word(startsMonth && endsMonth ? 7 : 10);
}

export const periodText = (period: Period) =>
  periodWords(period)
    .map(({ text }) => text)
    .join(' to ');

export const periodTime = (period: Period): Markup =>
  html`${periodWords(period).map(
    ({ datetime, text }, index) => html`${index > 0 ? ' to ' : ''}<time datetime="${datetime}">${text}</time>`,
  )}`;

/** Whether a disclosure was public for more than a day before the book took it in. */
export const isLateEntry = (publishedAt: Instant, enteredAt: Instant): boolean =>
  Date.parse(enteredAt) - Date.parse(publishedAt) > 86_400_000;

/** `New York time` */
export function timeZoneText(timeZone: string): string {
  const place = timeZone.slice(timeZone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return timeZone.includes('/') ? `${place} time` : place;
}

function partText(date: string): string {
  if (date.length === 4) return String(Number(date));
  if (date.length === 7) return `${monthName(date.slice(5))} ${Number(date.slice(0, 4))}`;
  return dayText(date);
}

const monthName = (number: string) => months[Number(number) - 1] ?? '';

function isLastOfMonth(date: PlainDate): boolean {
  const next = new Date(`${date}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.getUTCDate() === 1;
}

/** Making a formatter costs more than using it a thousand times. */
const formatters = new Map<string, readonly Intl.DateTimeFormat[]>();

/** The first says the date and the time, the second the name of the zone: American English has names for the American ones. */
function formatterOf(timeZone: string): readonly Intl.DateTimeFormat[] {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = [
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
    new Intl.DateTimeFormat(timeZone.startsWith('Europe/') ? 'en-GB' : 'en-US', { timeZone, timeZoneName: 'short' }),
  ];
  formatters.set(timeZone, made);
  return made;
}

const wanted: Readonly<Record<string, number>> = { day: 0, month: 0, year: 0, hour: 0, minute: 0, timeZoneName: 1 };

function entriesOf(parts: readonly Intl.DateTimeFormatPart[], formatter: number): [string, string][] {
  return parts.filter(part => wanted[part.type] === formatter).map(part => [part.type, part.value]);
}
