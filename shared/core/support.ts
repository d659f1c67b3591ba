/** Grants and supporters: who gives what for which purpose, and what of it they agreed to have shown. */
import type { JsonObject } from '../ports/recordStore.ts';
import type { PlainDate, Term } from './calendar.ts';
import type { Paper } from './filings/filings.ts';
import { type Row, rowKey, type Stored } from './records.ts';

export const supportKinds = ['grant', 'donation', 'in-kind', 'sponsorship', 'membership-fees', 'contract'] as const;
export type SupportKind = (typeof supportKinds)[number];

/** In minor units of a currency: exactly, or from an amount on to another one, which is null where no end is known. */
export type Amount =
  | { readonly amount: number; readonly currency: string }
  | { readonly from: number; readonly to: number | null; readonly currency: string };

/** What may be shown of the amount: all that the book knows of it, a range in which it lies, or nothing. */
export type ShownAmount =
  | { readonly as: 'recorded' }
  | { readonly as: 'range'; readonly from: number; readonly to: number | null }
  | { readonly as: 'nothing' };

/** What the supporter agreed to. Without it, or when it was taken back, nothing is shown that tells of them. */
export interface Consent {
  readonly given: boolean;
  /** When it was given, refused or taken back; null while nobody asked. */
  readonly on: PlainDate | null;
  readonly shows: ShownAmount;
  readonly evidence: Paper | null;
}

/** The record. */
export interface Support {
  readonly supporter: string;
  readonly kind: SupportKind;
  readonly amount: Amount;
  readonly purpose: string;
  /** The days for which it is meant; null where nothing was said. */
  readonly period: Term | null;
  /** When it was received or agreed. */
  readonly on: PlainDate;
  readonly consent: Consent;
  /** For the officers. */
  readonly note: string | null;
}

export const boundsOf = (amount: Amount) =>
  'amount' in amount
    ? { from: amount.amount, to: amount.amount, currency: amount.currency }
    : { from: amount.from, to: amount.to, currency: amount.currency };

/** Why the facts do not fit together, by the field that is wrong; null when they do. */
export function supportProblem({ amount, consent }: Pick<Support, 'amount' | 'consent'>): {
  readonly field: string;
  readonly message: string;
} | null {
  const is = boundsOf(amount);
  if (is.to !== null && is.to < is.from) return { field: '/amount/to', message: 'Is less than where it begins.' };
  if (consent.given && consent.on === null) return { field: '/consent/on', message: 'Say when it was given.' };
  const { shows } = consent;
  if (shows.as !== 'range') return null;
  const reaches = shows.to === null || (is.to !== null && is.to <= shows.to);
  if (shows.from <= is.from && reaches) return null;
  return { field: '/consent/shows', message: 'The range to be shown has to hold all of the amount.' };
}

/** What everybody may see of the amount; null for nothing. */
export function shownAmount({ amount, consent }: Pick<Support, 'amount' | 'consent'>): Amount | null {
  const { shows } = consent;
  if (!consent.given || shows.as === 'nothing') return null;
  if (shows.as === 'recorded') return amount;
  return { from: shows.from, to: shows.to, currency: amount.currency };
}

/** What everybody sees of a supporter who agreed to be named. */
export interface NamedSupport extends Pick<Support, 'supporter' | 'kind' | 'purpose' | 'period' | 'on'> {
  readonly amount: Amount | null;
}

/** Null for whoever is not to be named. */
export function namedSupport(support: Support): NamedSupport | null {
  if (!support.consent.given) return null;
  const { supporter, kind, purpose, period, on } = support;
  return { supporter, kind, amount: shownAmount(support), purpose, period, on };
}

export const supportLists = {
  /** All of a year, by the day on which it was received or agreed: whole, but for the note. */
  ofYear: (year: string) => `support#${year}`,
  /** What everybody sees of those that are named, and nothing else. */
  named: (year: string) => `support-named#${year}`,
};

/** What the list of a year shows. */
export type SupportCard = Omit<Support, 'note'> & { readonly version: number };
export type NamedCard = NamedSupport & { readonly version: number };

export function supportRows(stored: Stored<Support> | undefined): Row[] {
  if (stored === undefined) return [];
  const { id, version, data } = stored;
  const { note: _, ...facts } = data;
  const year = data.on.slice(0, 4);
  const sort = `${data.on}#${id}`;
  const named = namedSupport(data);
  const row = (list: string, card: object): Row => ({
    key: rowKey(list, sort),
    card: { ...card, version } as unknown as JsonObject,
  });
  return [row(supportLists.ofYear(year), facts), ...(named === null ? [] : [row(supportLists.named(year), named)])];
}
