/** The figures of the returns: a picture of the years, and the same as a table in which every figure tells its line of the form. */
import { html } from 'hono/html';
import type { Period } from '../shared/core/disclosures.ts';
import type { YearOfReturn } from '../shared/core/returns/figuresOfYears.ts';
import type { FigureName } from '../shared/core/returns/returns.ts';
import { dollarsText, shortDollarsText } from './amounts.ts';
import { periodText, periodTime } from './dates.ts';
import { formLabels } from './labels.ts';
import type { Markup } from './layout.ts';
import { patterns } from './voteBar.ts';
import { yearBars } from './yearBars.ts';

/** What a return says of a year. */
export type YearOfFigures = Pick<YearOfReturn, 'period' | 'form' | 'amended' | 'figures' | 'reserve'>;

/** The picture shows so many of the last years. */
const drawn = 10;

/** So many of the last years are told at once; earlier ones unfold. */
const atOnce = 3;

const columns = [
  { name: 'totalRevenue', fill: 'for', label: 'Revenue' },
  { name: 'totalExpenses', fill: 'against', label: 'Expenses' },
  { name: 'netAssetsEnd', fill: 'abstained', label: 'Net assets at the end of the year' },
] as const;

const rows: readonly { readonly name: FigureName; readonly label: string; readonly part?: true }[] = [
  { name: 'totalRevenue', label: 'Revenue' },
  { name: 'contributions', label: 'contributions', part: true },
  { name: 'totalExpenses', label: 'Expenses' },
  { name: 'programExpenses', label: 'for programs', part: true },
  { name: 'managementExpenses', label: 'for management', part: true },
  { name: 'fundraisingExpenses', label: 'for raising funds', part: true },
  { name: 'netAssetsEnd', label: 'Net assets at the end' },
];

/** @param years in their order. */
export function figuresOverYears(years: readonly YearOfFigures[]): Markup {
  if (years.length === 0) return html`<p class="empty">No return with figures has been read into this book yet.</p>`;
  const shown = years.slice(-drawn);
  const latest = years.toReversed();
  const earlier = latest.slice(atOnce);
  return html`${patterns}
${yearBars(
  'Revenue, expenses and net assets by year.',
  columns,
  shown.map(({ period, figures }) => ({
    label: yearText(period),
    values: columns.map(({ name }) => figures[name]?.value ?? null),
  })),
  shortDollarsText,
)}
${tableOf(latest.slice(0, atOnce), 'The same in figures, each from its line of the return')}
${earlier.length === 0 ? '' : html`<details class="others"><summary>Earlier years</summary>${tableOf(earlier, 'Earlier years, the same')}</details>`}`;
}

const tableOf = (
  years: readonly YearOfFigures[],
  caption: string,
): Markup => html`<table class="figures"><caption>${caption}</caption>
<thead><tr><th scope="col">Figure, and its line of the return</th><th scope="col" class="sum">Amount</th></tr></thead>
${years.map(bodyOf)}</table>`;

/** Few letters: the year, or the two that it touches. */
function yearText({ from, to }: Period): string {
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
  return first === last ? last : `${first}/${last.slice(2)}`;
}

function bodyOf({ period, form, amended, figures, reserve }: YearOfFigures): Markup {
  const about = amended ? `${formLabels[form]}, as amended` : formLabels[form];
  return html`<tbody><tr class="of"><th scope="rowgroup" colspan="2">${periodTime(period)} <span class="quiet">${about}</span></th></tr>
${rows.map(({ name, label, part }) => {
  const figure = figures[name];
  return figure === undefined
    ? ''
    : html`<tr><th scope="row"${part === true ? html` class="part-of"` : ''}>${label} <span class="source">${figure.source}</span></th><td class="sum">${dollarsText(figure.value)}</td></tr>`;
})}
${
  reserve === null
    ? ''
    : html`<tr><th scope="row">Reserve <span class="source">${reserve.from === 'netAssetsEnd' ? 'net assets' : 'net assets without restrictions'} in months of these expenses</span></th><td class="sum">${monthsText(reserve.months)}</td></tr>`
}${Object.keys(figures).length === 0 ? html`<tr><td colspan="2">The return for ${periodText(period)} tells no figures.</td></tr>` : ''}</tbody>`;
}

function monthsText(months: number): string {
  const text = months.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return `${text} ${text === '1' ? 'month' : 'months'}`;
}
