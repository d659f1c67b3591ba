/** Sums over supporters: exact ones for those who govern, and for the public only such that tell of nobody. */
import { boundsOf, type Support } from './support.ts';

type Counted = Pick<Support, 'supporter' | 'amount' | 'consent'>;

/** Null where no end is known. */
export interface Sum {
  readonly currency: string;
  readonly from: number;
  readonly to: number | null;
  /** How many were added up. */
  readonly count: number;
}

/** By currency, in their order. */
export function sumsOf(all: readonly Pick<Support, 'amount'>[]): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { amount } of all) {
    const { from, to, currency } = boundsOf(amount);
    const sum = sums.get(currency) ?? { currency, from: 0, to: 0, count: 0 };
    sums.set(currency, {
      currency,
      from: sum.from + from,
      to: sum.to === null || to === null ? null : sum.to + to,
      count: sum.count + 1,
    });
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Those who are not named, as the public may know of them. */
export interface Unnamed {
  readonly supporters: number;
  /** Of all whose amounts are not shown. By currency, rounded to two digits; a currency in which a sum would tell of one of them is left out. */
  readonly sums: readonly { readonly currency: string; readonly about: number }[];
}

/** Of fewer supporters no sum is told. */
export const fewestSummed = 3;

/**
 * How many supporters are not named, and what was given together by those whose amounts are not shown, where that tells of none of them:
 * at least three that are not named gave in that currency, exact amounts all, none gave more than half of the sum, and the year is over.
 *
 * Whoever is named without the amount, or with a range, stays in the sum: else two sums, one from before the consent and one from after
 * it, would tell by their difference what the supporter wanted nobody to see.
 */
export function unnamedOf(all: readonly Counted[], isOver: boolean): Unnamed {
  const unnamed = all.filter(({ consent }) => !consent.given);
  const supporters = new Set(unnamed.map(({ supporter }) => keyOf(supporter)));
  const currencies = [...new Set(unnamed.map(({ amount }) => amount.currency))].sort();
  const sums = isOver ? currencies.flatMap(currency => sumIn(currency, all, unnamed) ?? []) : [];
  return { supporters: supporters.size, sums };
}

const isHidden = ({ consent }: Counted) => !consent.given || consent.shows.as !== 'recorded';

function sumIn(
  currency: string,
  all: readonly Counted[],
  unnamed: readonly Counted[],
): { currency: string; about: number } | null {
  const gave = givenIn(currency, all.filter(isHidden));
  const others = givenIn(currency, unnamed);
  if (gave === null || others === null || others.size < fewestSummed) return null;
  // Of who is named everybody may know a range: what is left must tell of nobody, too.
  if (isMostlyOfOne(gave) || isMostlyOfOne(others)) return null;
  return { currency, about: rounded(totalOf(gave)) };
}

/** What each gave; null when an amount is not known exactly. */
function givenIn(currency: string, some: readonly Counted[]): ReadonlyMap<string, number> | null {
  const gave = new Map<string, number>();
  for (const { supporter, amount } of some) {
    if (amount.currency !== currency) continue;
    if (!('amount' in amount)) return null;
    gave.set(keyOf(supporter), (gave.get(keyOf(supporter)) ?? 0) + amount.amount);
  }
  return gave;
}

const totalOf = (gave: ReadonlyMap<string, number>) => [...gave.values()].reduce((before, one) => before + one, 0);

const isMostlyOfOne = (gave: ReadonlyMap<string, number>) => Math.max(...gave.values()) * 2 > totalOf(gave);

/** The same supporter is written in the same way, but for spaces and capitals. */
const keyOf = (supporter: string) => supporter.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

function rounded(sum: number): number {
  const unit = 10 ** Math.max(0, String(sum).length - 2);
  return Math.round(sum / unit) * unit;
}
