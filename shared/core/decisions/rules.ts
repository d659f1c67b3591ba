/**
 * Rules by which bodies decide: data, with a source and a plain explanation. Nothing in here knows a particular body or law.
 *
 * All counts and weights are whole numbers: a half vote is written by giving every other vote twice its weight.
 */

/** `numerator` of `denominator`, both whole; the denominator is at least 1. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * What a fraction is taken of.
 *
 * - `cast`: votes for and against. Abstentions are never votes cast.
 * - `present`: everybody entitled who takes part, abstaining or silent too.
 * - `in-office`: all who hold a voting seat. `disinterested`: these without whoever is recused.
 * - `fixed`: the number of seats that the body's own rules fix, filled or not.
 * - `entitled`: everybody in the electorate, recused or not.
 */
export const bases = ['cast', 'present', 'in-office', 'disinterested', 'fixed', 'entitled'] as const;
export type Base = (typeof bases)[number];

/** `more-than`: half of ten is missed by five. `at-least`: it is met. */
export type Comparison = 'more-than' | 'at-least';

/** How many must take part. */
export type Quorum =
  | { readonly of: Exclude<Base, 'cast' | 'present'>; readonly fraction: Fraction; readonly comparison: Comparison }
  | { readonly number: number };

/** How many must be in favour. `groups` counts groups of voters, such as regions, each by the majority within it and its weight. */
export interface Majority {
  readonly of: Base;
  readonly fraction: Fraction;
  readonly comparison: Comparison;
  readonly counting: 'votes' | 'groups';
}

export interface DecisionRule {
  /** What people call it, such as `Majority of the directors present`. */
  readonly name: string;
  /** Where it stands: the statute, the article, the bylaw. */
  readonly source: string;
  /** What it means, in a sentence or two for everybody. */
  readonly explanation: string;
  readonly quorum: Quorum | null;
  /** All of them must be met; at least one. */
  readonly majorities: readonly Majority[];
  /** Whether the chair decides when there are as many votes for as against. */
  readonly tie: 'fails' | 'chair-casts';
  /** So many must be disinterested, present and in favour where anybody is recused: one alone never decides for the others. */
  readonly leastDisinterested: number;
}

/** What is wrong with a rule, in words that say what to do; empty when nothing is. */
export function ruleProblems({ quorum, majorities, leastDisinterested }: DecisionRule): string[] {
  const fractions = [...majorities, ...(quorum !== null && 'fraction' in quorum ? [quorum] : [])];
  return [
    ...(majorities.length === 0 ? ['Name at least one majority.'] : []),
    ...fractions.flatMap(({ fraction, comparison }) => fractionProblems(fraction, comparison)),
    ...(quorum !== null && 'number' in quorum && !isCount(quorum.number) ? ['The quorum must be a whole number.'] : []),
    ...(isCount(leastDisinterested) ? [] : ['The least number of disinterested voters must be a whole number.']),
  ];
}

/** True where the majorities of groups count, too. */
export const countsGroups = ({ majorities }: DecisionRule) => majorities.some(({ counting }) => counting === 'groups');

function fractionProblems({ numerator, denominator }: Fraction, comparison: Comparison): string[] {
  if (!isCount(numerator) || !isCount(denominator) || denominator === 0) return ['A fraction needs two whole numbers.'];
  if (numerator > denominator) return ['Nobody can reach more than all.'];
  if (numerator === denominator && comparison === 'more-than') return ['Nobody can reach more than all.'];
  if (numerator === 0 && comparison === 'at-least') return ['At least none is always reached: leave it out.'];
  return [];
}

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;

/** The least whole number that meets a fraction of a base, by exact arithmetic. */
export function needed(base: number, { numerator, denominator }: Fraction, comparison: Comparison): number {
  const [product, divisor] = [BigInt(base) * BigInt(numerator), BigInt(denominator)];
  return Number(comparison === 'more-than' ? product / divisor + 1n : (product + divisor - 1n) / divisor);
}
