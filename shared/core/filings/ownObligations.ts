/** What has to be right in records from which duties follow, beyond the shape of each field. */
import type { FieldError } from '../../errors.ts';
import { addYears, type PlainDate } from '../calendar.ts';
import type { Compliance, OwnObligation, YearFigures } from './figures.ts';
import { fiscalYears } from './fiscalYears.ts';
import { annualReturn, incomeTaxReturn } from './inspection.ts';
import type { Period } from './obligations.ts';

const wrong = (field: string, message: string): FieldError => ({ in: 'body', field, message });

/**
 * The returns that section 6104(d) opens to everybody: which forms they are, who may inspect them and whether the exemption is lost
 * follows from the rule. An authority may set another due date for one of them, but nothing stands in their place.
 */
const irreplaceable: readonly (string | null)[] = [annualReturn, incomeTaxReturn];

export function faultsOfObligation({ firstDue, from, to, replaces }: OwnObligation): FieldError[] {
  return [
    ...(irreplaceable.includes(replaces)
      ? [
          wrong(
            '/replaces',
            'Nothing takes the place of a return to the IRS. Record another due date with the filing that it is for.',
          ),
        ]
      : []),
    ...(firstDue < from
      ? [wrong('/firstDue', `It holds for due dates from ${from} on: be due first on that day or later.`)]
      : []),
    ...(to !== null && to < firstDue ? [wrong('/to', 'It would end before it is first due.')] : []),
  ];
}

/** Filings of so many years are kept and told of. */
export const mostYearsKept = 30;

/** @param before what is on record; undefined while nothing is. */
export function faultsOfCompliance(
  { since, solicitsIn, responsible }: Compliance,
  before: Compliance | undefined,
  today: PlainDate,
): FieldError[] {
  const twice = (values: readonly string[], fieldOf: (index: number) => string) =>
    values.flatMap((value, index) =>
      values.indexOf(value) < index ? [wrong(fieldOf(index), 'Stands in the list already.')] : [],
    );
  return [
    ...(since === before?.since ? [] : faultsOfSince(since, today)),
    ...twice(solicitsIn, index => `/solicitsIn/${index}`),
    ...twice(
      responsible.map(({ ruleId }) => ruleId),
      index => `/responsible/${index}/ruleId`,
    ),
    ...responsible.flatMap(({ personIds }, one) => twice(personIds, index => `/responsible/${one}/personIds/${index}`)),
  ];
}

/** A day that was mistyped would expect filings of centuries, or call off all of those that are owed. */
function faultsOfSince(since: PlainDate, today: PlainDate): FieldError[] {
  const [first, last] = [addYears(today, -mostYearsKept), addYears(today, 1)];
  if (since >= first && since <= last) return [];
  const message = `Must lie between ${first} and ${last}: ${since < first ? `filings of ${mostYearsKept} years are kept at most` : 'until then no filing would be expected'}.`;
  return [wrong('/since', message)];
}

/** All figures of a year are in one currency: thresholds are compared with each of them. */
export function faultsOfFigures({ grossReceipts, totalAssets, unrelatedIncome }: YearFigures): FieldError[] {
  const [first, ...others] = Object.entries({ grossReceipts, totalAssets, unrelatedIncome }).filter(
    ([, money]) => money !== null,
  );
  return others
    .filter(([, money]) => money?.currency !== first?.[1]?.currency)
    .map(([name]) =>
      wrong(`/${name}/currency`, `Figures of a year are in one currency, here ${first?.[1]?.currency}.`),
    );
}

/** The fiscal year that ends on that day, if it has begun. */
export function fiscalYearThatEnds(
  organisation: Parameters<typeof fiscalYears>[0],
  end: PlainDate,
  today: PlainDate,
): { readonly year: Period } | { readonly nearest: readonly PlainDate[] } {
  const years = fiscalYears(organisation, today);
  const year = years.find(({ to }) => to === end);
  if (year !== undefined) return { year };
  const before = years.findLast(({ to }) => to < end);
  const after = years.find(({ to }) => to > end);
  return { nearest: [before, after].flatMap(one => (one === undefined ? [] : [one.to])) };
}
