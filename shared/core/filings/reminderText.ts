/** What a reminder says of a filing, in plain sentences. */
import { addDays, daysBetween, type PlainDate } from '../calendar.ts';
import { penaltiesOf } from './consequences.ts';
import type { YearFigures } from './figures.ts';
import { dueOf, type Filing } from './filings.ts';
import { annualReturn } from './inspection.ts';
import type { Money } from './money.ts';
import type { RevocationRisk } from './revocation.ts';
import { isExtendable } from './standing.ts';

export interface ReminderText {
  readonly title: string;
  readonly details: readonly string[];
}

/**
 * @param filing that is open.
 * @param figures of its year, when they are recorded.
 * @param risk that the exemption is lost, from what was missed before.
 */
export function reminderText(
  filing: Filing,
  today: PlainDate,
  figures: Pick<YearFigures, 'grossReceipts'> | null,
  risk: RevocationRisk | null,
): ReminderText {
  const { title, authority, form, period, extendable, fee, ruleId } = filing.obligation;
  const due = dueOf(filing);
  const days = daysBetween(today, due);
  const missed = penaltiesOf(filing, addDays(due < today ? today : due, 1), figures);
  return {
    title: `${title}, ${days < 0 ? 'overdue' : `due ${inDays(days)}`}`,
    details: [
      `To: ${authority}.${isNamed(form) ? ` Form: ${form}.` : ''} It is about ${dateText(period.from)} to ${dateText(period.to)}.`,
      days < 0
        ? `It was due on ${dateText(due)}, ${count(-days)} ago. File it as soon as you can.`
        : `It is due on ${dateText(due)}, ${inDays(days)}.`,
      ...(fee === null ? [] : [`To be paid: ${moneyText(fee)}.`]),
      ...(days >= 0 && isExtendable(filing) && extendable !== null
        ? [`Whoever asks for more time by that day has until ${dateText(extendable)}.`]
        : []),
      ...missed.map(({ explanation }) => `If it is late: ${explanation}`),
      ...(ruleId === annualReturn ? [revocationText(risk)] : []),
    ],
  };
}

/** The long warning: before the first year is missed, too. */
const revocationText = (risk: RevocationRisk | null): string =>
  [
    'An organisation that files no annual return or notice for three years in a row loses its tax exemption by law.',
    ...(risk === null
      ? []
      : risk.revoked
        ? [`That has happened, on ${dateText(risk.on)}.`]
        : [
            `${risk.missed.length === 1 ? 'One year is' : `${risk.missed.length} years are`} missed already: without a return it is lost on ${dateText(risk.on)}.`,
          ]),
  ].join(' ');

/** Names of forms that people know; others are names of the book. */
const isNamed = (form: string | null): boolean => form?.startsWith('990') === true;

const inDays = (days: number) => (days === 0 ? 'today' : `in ${count(days)}`);
const count = (days: number) => (days === 1 ? '1 day' : `${days} days`);

const dateFormat = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'full' });
/** `Wednesday, May 15, 2024` */
const dateText = (date: PlainDate) => dateFormat.format(new Date(`${date}T00:00:00Z`));

function moneyText({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
