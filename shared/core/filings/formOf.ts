/** Which form the figures of the years call for. */
import { addDays, addYears, type PlainDate } from '../calendar.ts';
import type { YearFigures } from './figures.ts';
import type { Form, Period } from './obligations.ts';
import type { FormRule, FormsBySize } from './rules.ts';

/**
 * @param years all fiscal years up to the one in question, which is the last.
 * @returns null while the figures do not tell.
 */
export function formOf(
  rule: FormRule,
  years: readonly Period[],
  figures: ReadonlyMap<PlainDate, Pick<YearFigures, 'grossReceipts' | 'totalAssets'>>,
): Form | null {
  if ('always' in rule) return rule.always;
  const amount = (year: Period | undefined, name: 'grossReceipts' | 'totalAssets') => {
    const money = year === undefined ? undefined : figures.get(year.to)?.[name];
    return money?.currency === rule.currency ? money.amount : null;
  };
  const year = years.at(-1);
  const isSmall = areNormallySmall(
    rule.postcard,
    years,
    years.map(one => amount(one, 'grossReceipts')),
  );
  if (isSmall === null) return null;
  if (isSmall) return '990-N';
  const { receipts, assets } = rule.short;
  const sizes = [isBelow(amount(year, 'grossReceipts'), receipts), isBelow(amount(year, 'totalAssets'), assets)];
  // Either being too large settles it, whatever the other is.
  if (sizes.includes(false)) return '990';
  return sizes.includes(null) ? null : '990-EZ';
}

const isBelow = (amount: number | null, limit: number): boolean | null => (amount === null ? null : amount < limit);

/**
 * Whether gross receipts are normally no more than $50,000, by how long the organisation has existed at the end of the year
 * (Rev. Proc. 2011-15, section 3; Treas. Reg. 1.6033-2(g)(3)): one year or less, less than three years, three years or more.
 */
function areNormallySmall(
  limits: FormsBySize['postcard'],
  years: readonly Period[],
  receipts: readonly (number | null)[],
): boolean | null {
  const [first, last] = [years[0], years.at(-1)];
  if (first === undefined || last === undefined) return null;
  const existsAtMost = (count: number) => last.to <= addDays(addYears(first.from, count), -1);
  const existsLessThan = (count: number) => last.to < addDays(addYears(first.from, count), -1);
  if (existsAtMost(1)) return averages(receipts.slice(0, 1), limits.firstYear);
  if (existsLessThan(3)) return averages(receipts.slice(0, 2), limits.firstTwoYears);
  return averages(receipts.slice(-3), limits.threeYears);
}

/** Receipts are never negative: when those that are known are too much already, the others cannot change it. */
function averages(receipts: readonly (number | null)[], limit: number): boolean | null {
  const known = receipts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  if (known > limit * receipts.length) return false;
  return receipts.includes(null) ? null : true;
}
