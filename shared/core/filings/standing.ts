/** Where a filing stands in the calendar on a day. */
import { daysBetween, type PlainDate } from '../calendar.ts';
import { dueOf, type Filing, isNotice, isOpen } from './filings.ts';

export type Status = 'due' | 'overdue' | 'done' | 'excused';

export function statusOf(filing: Filing, today: PlainDate): Status {
  if (filing.excuse !== null) return 'excused';
  if (!isOpen(filing)) return 'done';
  return dueOf(filing) < today ? 'overdue' : 'due';
}

/** Until its last day; null when it is not to be done any more, or overdue. */
export const daysLeft = (filing: Filing, today: PlainDate): number | null =>
  statusOf(filing, today) === 'due' ? daysBetween(today, dueOf(filing)) : null;

/** The last day on which more time can be asked for; null when none can. */
export function askUntil(filing: Filing, today: PlainDate): PlainDate | null {
  if (statusOf(filing, today) !== 'due' || !isExtendable(filing)) return null;
  return dueOf(filing);
}

/** More time is to be had, and was not asked for. There is none for Form 990-N (Form 8868 does not take it). */
export const isExtendable = (filing: Filing) => {
  const { extension, obligation } = filing;
  return (
    extension === null && !isNotice(filing) && obligation.extendable !== null && obligation.extendable > dueOf(filing)
  );
};
