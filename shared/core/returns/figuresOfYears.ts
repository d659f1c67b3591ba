/** The figures of the organisation year by year, from the returns that stand. */
import type { PlainDate } from '../calendar.ts';
import type { Form } from '../filings/obligations.ts';
import type { ReturnCard } from './recorded.ts';
import type { Figure, FigureName } from './returns.ts';

export interface YearOfReturn {
  readonly returnId: string;
  readonly period: { readonly from: PlainDate; readonly to: PlainDate };
  /** Calendar months that the year touches: 12, or fewer in a short one. */
  readonly months: number;
  readonly form: Form;
  readonly amended: boolean;
  readonly figures: { readonly [Name in FigureName]?: Figure };
  readonly reserve: Reserve | null;
}

/** How long the net assets would last at the expenses of the year. */
export interface Reserve {
  /** To a tenth. */
  readonly months: number;
  /** Which net assets: those that no donor restricted, or all where the form does not tell them apart. */
  readonly from: 'netAssetsWithoutRestrictionsEnd' | 'netAssetsEnd';
}

/** What says how the organisation did in a year. A 990-T is about its unrelated business alone. */
const annualForms: readonly Form[] = ['990', '990-EZ', '990-PF', '990-N'];

/**
 * One entry a year, in their order: of the returns for it the one that was submitted last.
 *
 * @param cards of submissions that were not rejected.
 */
export function figuresOfYears(cards: readonly ReturnCard[]): YearOfReturn[] {
  const latest = new Map<PlainDate, ReturnCard>();
  for (const card of cards) {
    if (!annualForms.includes(card.form)) continue;
    const other = latest.get(card.period.to);
    if (other === undefined || other.submission < card.submission) latest.set(card.period.to, card);
  }
  return [...latest.values()]
    .sort((a, b) => (a.period.to < b.period.to ? -1 : 1))
    .map(({ id, period, form, amended, figures }) => {
      const months = monthsIn(period);
      return { returnId: id, period, months, form, amended, figures, reserve: reserveOf(figures, months) };
    });
}

/** Null when a figure is missing, or nothing was spent. */
export function reserveOf(figures: YearOfReturn['figures'], months: number): Reserve | null {
  const from = figures.netAssetsWithoutRestrictionsEnd ? 'netAssetsWithoutRestrictionsEnd' : 'netAssetsEnd';
  const assets = figures[from]?.value;
  const expenses = figures.totalExpenses?.value;
  if (assets === undefined || expenses === undefined || expenses <= 0) return null;
  return { months: Math.round((assets * months * 10) / expenses) / 10, from };
}

function monthsIn({ from, to }: YearOfReturn['period']): number {
  const monthOf = (date: PlainDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return monthOf(to) - monthOf(from) + 1;
}
