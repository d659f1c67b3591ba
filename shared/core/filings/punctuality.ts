/** How many filings were made on time. */
import type { PlainDate } from '../calendar.ts';
import type { FilingCard } from './filingRows.ts';

export interface Punctuality {
  /** Filed, or too late for that. */
  readonly due: number;
  readonly onTime: number;
  /** Filed after the last day. */
  readonly late: number;
  /** Not filed, and the last day is over. */
  readonly missing: number;
  /** Of 100, rounded down: only when all were on time it is 100. Null when none was due. */
  readonly percentage: number | null;
}

/** What is excused is left out, and what still has time. */
export function punctualityOf(
  cards: readonly Pick<FilingCard, 'state' | 'filedOn' | 'due'>[],
  today: PlainDate,
): Punctuality {
  const owed = cards.filter(({ state }) => state !== 'excused');
  const filed = owed.filter(card => card.filedOn !== null);
  const onTime = filed.filter(({ filedOn, due }) => filedOn !== null && filedOn <= due).length;
  const missing = owed.filter(({ filedOn, due }) => filedOn === null && due < today).length;
  const due = filed.length + missing;
  return {
    due,
    onTime,
    late: filed.length - onTime,
    missing,
    percentage: due === 0 ? null : Math.floor((100 * onTime) / due),
  };
}
