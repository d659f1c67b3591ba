/** The exemption that is lost by law after three years without an annual return, and the warning long before. */
import { addDays, type PlainDate } from '../calendar.ts';
import { dueOf, type Filing, filedOn } from './filings.ts';
import { annualReturn } from './inspection.ts';
import { addMonths, lastDayOfMonth } from './months.ts';
import { filingIdOf, type Period } from './obligations.ts';
import { daysOf, ruleOn } from './obligationsOf.ts';

/** So many years in a row. */
const yearsToRevocation = 3;

export interface RevocationRisk {
  /** The years missed in a row, the first of them first; never empty. */
  readonly missed: readonly { readonly filingId: string; readonly period: Period; readonly due: PlainDate }[];
  /** How many more would have to be missed. */
  readonly left: number;
  /** The day on which the exemption is lost: the due date of the third, as long as the fiscal year stays as it is. */
  readonly on: PlainDate;
  /** That day is over. */
  readonly revoked: boolean;
  readonly explanation: string;
  readonly citation: string;
}

const explanation =
  'An organisation that files no annual return or notice for three years in a row is no longer exempt from the due date of the third on. What is filed late counts, when it is filed before that day.';
const citation = 'IRC 6033(j)(1)';

/**
 * The danger that the exemption is lost, from the first missed year on; null while none is missed.
 *
 * A return that was filed in time for a later year ends the matter; so does a year for which none was owed.
 * @param filings of the organisation; those that are not its annual return are left aside.
 */
export function revocationRisk(filings: readonly Filing[], today: PlainDate): RevocationRisk | null {
  const returns = filings
    .filter(({ obligation }) => obligation.ruleId === annualReturn)
    .toSorted((a, b) => (a.obligation.period.to < b.obligation.period.to ? -1 : 1));
  let run: Filing[] = [];
  let revokedOn: PlainDate | null = null;
  for (const filing of returns) {
    const due = dueOf(filing);
    const filed = filedOn(filing);
    if (filed === null && due >= today) break;
    const before = run.at(-1);
    if (before !== undefined && !follows(before, filing)) run = [];
    if (filing.excuse !== null || (filed !== null && filed <= due)) {
      [run, revokedOn] = [[], null];
      continue;
    }
    if (revokedOn === null) run = stillMissed(run, due);
    run.push(filing);
    if (run.length === yearsToRevocation) revokedOn ??= due;
  }
  if (revokedOn === null) run = stillMissed(run, today);
  const last = run.at(-1);
  if (last === undefined) return null;
  const left = Math.max(0, yearsToRevocation - run.length);
  return {
    missed: run.map(one => ({ filingId: filingIdOf(one.obligation), period: one.obligation.period, due: dueOf(one) })),
    left,
    on: revokedOn ?? dueLater(returns, last, left),
    revoked: revokedOn !== null,
    explanation,
    citation,
  };
}

/** Of years in a row, those after the last one that was made up for by that day. */
function stillMissed(run: readonly Filing[], by: PlainDate): Filing[] {
  const made = run.findLastIndex(one => (filedOn(one) ?? '9999-12-31') <= by);
  return run.slice(made + 1);
}

const follows = (before: Filing, after: Filing) =>
  after.obligation.period.from <= addDays(before.obligation.period.to, 1);

/** The due date of the return for the year that comes so many after this one: as it is on record, or as the rule will have it. */
function dueLater(returns: readonly Filing[], last: Filing, years: number): PlainDate {
  const recorded = returns[returns.indexOf(last) + years];
  if (recorded !== undefined) return dueOf(recorded);
  const endAfter = (count: number) =>
    lastDayOfMonth(addMonths(`${last.obligation.period.to.slice(0, 7)}-01`, 12 * count));
  const period = { from: addDays(endAfter(years - 1), 1), to: endAfter(years) };
  const rule = ruleOn(annualReturn, period.from);
  return rule === undefined ? dueOf(last) : daysOf(rule, period).due;
}
