/**
 * Where a disclosure is listed, and how lists are counted.
 *
 * Each disclosure with a time of publication has one row for its year, one for its category and year, and one for every
 * calendar year that its period touches. Rows are ordered by time of publication, and a reader asks only for rows up to now:
 * so the rows of scheduled disclosures may stand there already. Years of publication are those of UTC.
 */
import { StateConflictError } from '../errors.ts';
import type { JsonObject, Key } from '../ports/recordStore.ts';
import type { Instant } from './calendar.ts';
import { type Category, type Content, type Disclosure, yearsOf } from './disclosures.ts';
import { type Row, rowKey } from './records.ts';

/** What lists show of a disclosure. */
export interface Card extends Pick<Content, 'title' | 'category' | 'language' | 'period'> {
  readonly id: string;
  readonly edition: number;
  readonly publishAt: Instant;
  readonly enteredAt: Instant;
  readonly correctedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
}

export const lists = {
  year: (year: number) => `disclosures#${year}`,
  category: (category: Category, year: number) => `disclosures#${category}#${year}`,
  period: (year: number) => `disclosures#period#${year}`,
  drafts: 'drafts',
};

export const yearOf = (at: Instant) => Number(at.slice(0, 4));

/** The last sort key that a reader at that moment may see: rows of that very millisecond are included. */
export const upTo = (now: Instant) => `${now}$`;

/** All rows of a disclosure. A draft stands on the list of drafts only, which is not public. */
export function rowsOf(id: string, disclosure: Disclosure | undefined): Row[] {
  if (disclosure === undefined) return [];
  const { content, publishAt } = disclosure;
  if (publishAt === null) {
    const { title, category, language } = content;
    return [{ key: rowKey(lists.drafts, id), card: { id, title, category, language } }];
  }
  const card: Card = {
    id,
    title: content.title,
    category: content.category,
    language: content.language,
    period: content.period,
    edition: disclosure.edition,
    publishAt,
    enteredAt: disclosure.enteredAt ?? publishAt,
    correctedAt: disclosure.correction?.at ?? null,
    withdrawnAt: disclosure.withdrawal?.at ?? null,
  };
  const year = yearOf(publishAt);
  const names = [
    lists.year(year),
    lists.category(content.category, year),
    ...(content.period === null ? [] : yearsOf(content.period).map(lists.period)),
  ];
  const sort = `${publishAt}#${id}`;
  return names.map(list => ({ key: rowKey(list, sort), card: card as unknown as JsonObject }));
}

/**
 * How many disclosures there are, by category and year of publication. One item, so that one read gives one consistent
 * answer: those whose time has not come are named apart and count from their time on.
 */
export interface Catalogue {
  readonly settled: { readonly [category: string]: { readonly [year: string]: Tally } };
  readonly upcoming: readonly Upcoming[];
}

export interface Tally {
  readonly published: number;
  readonly withdrawn: number;
}

interface Upcoming {
  readonly id: string;
  readonly category: Category;
  readonly at: Instant;
}

export const catalogueKey: Key = rowKey('disclosures', 'catalogue');
export const emptyCatalogue: Catalogue = { settled: {}, upcoming: [] };

/** So many can be scheduled at once: they share one item of the store. */
export const maxScheduled = 1000;

/** The catalogue after one disclosure changed from `before` to `after` at that moment. */
export function recount(
  catalogue: Catalogue,
  id: string,
  before: Disclosure | undefined,
  after: Disclosure,
  now: Instant,
): Catalogue {
  let next = settle(catalogue, now);
  if (before?.publishAt != null) {
    next = next.upcoming.some(entry => entry.id === id)
      ? { ...next, upcoming: next.upcoming.filter(entry => entry.id !== id) }
      : add(next, before.content.category, before.publishAt, before.withdrawal !== null, -1);
  }
  if (after.publishAt === null) return next;
  const { category } = after.content;
  if (after.publishAt <= now) return add(next, category, after.publishAt, after.withdrawal !== null, 1);
  if (next.upcoming.length >= maxScheduled) {
    throw new StateConflictError(`${maxScheduled} disclosures are scheduled already. Publish some first.`);
  }
  return { ...next, upcoming: [...next.upcoming, { id, category, at: after.publishAt }] };
}

/** The disclosures whose time has not come, the next one first. */
export function scheduledAfter(catalogue: Catalogue, now: Instant): readonly string[] {
  const { upcoming } = settle(catalogue, now);
  return upcoming.toSorted((a, b) => (`${a.at}#${a.id}` < `${b.at}#${b.id}` ? -1 : 1)).map(entry => entry.id);
}

/** What the public may count at that moment. */
export function countsAt(catalogue: Catalogue, now: Instant): Partial<Record<Category, Tally>> {
  const counts: Partial<Record<Category, Tally>> = {};
  for (const [category, years] of Object.entries(settle(catalogue, now).settled)) {
    const total = Object.values(years).reduce(sum, { published: 0, withdrawn: 0 });
    if (total.published + total.withdrawn > 0) counts[category as Category] = total;
  }
  return counts;
}

/** The years before that one in which anything was published, newest first; of one category, or of all. */
export function yearsBefore(
  catalogue: Catalogue,
  year: number,
  category: Category | undefined,
  now: Instant,
): number[] {
  const { settled } = settle(catalogue, now);
  const tallies = category === undefined ? Object.values(settled) : [settled[category] ?? {}];
  const years = tallies.flatMap(byYear =>
    Object.entries(byYear)
      .filter(([, tally]) => tally.published + tally.withdrawn > 0)
      .map(([name]) => Number(name)),
  );
  return [...new Set(years)].filter(one => one < year).sort((a, b) => b - a);
}

/** Moves those whose time has come to the settled counts. */
function settle(catalogue: Catalogue, now: Instant): Catalogue {
  const come = catalogue.upcoming.filter(entry => entry.at <= now);
  const waiting: Catalogue = { ...catalogue, upcoming: catalogue.upcoming.filter(entry => entry.at > now) };
  return come.reduce((next, entry) => add(next, entry.category, entry.at, false, 1), waiting);
}

function add(catalogue: Catalogue, category: Category, at: Instant, withdrawn: boolean, by: 1 | -1): Catalogue {
  const years = catalogue.settled[category] ?? {};
  const year = String(yearOf(at));
  const change = withdrawn ? { published: 0, withdrawn: by } : { published: by, withdrawn: 0 };
  const tally = sum(years[year] ?? { published: 0, withdrawn: 0 }, change);
  return { ...catalogue, settled: { ...catalogue.settled, [category]: { ...years, [year]: tally } } };
}

const sum = (a: Tally, b: Tally): Tally => ({
  published: a.published + b.published,
  withdrawn: a.withdrawn + b.withdrawn,
});
