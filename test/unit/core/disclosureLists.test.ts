// Lists and counts of disclosures against somebody who looks at every disclosure: at any moment, with nobody acting.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Catalogue,
  countsAt,
  emptyCatalogue,
  lists,
  maxScheduled,
  recount,
  rowsOf,
  scheduledAfter,
  type Tally,
  upTo,
  yearsBefore,
} from '../../../shared/core/disclosureLists.ts';
import { type Category, type Disclosure, draft, publish } from '../../../shared/core/disclosures.ts';
import { listPartition, moveRows, type Row } from '../../../shared/core/records.ts';
import { StateConflictError } from '../../../shared/errors.ts';
import { anyCommand, at, begin, type Command, contentOf, decide } from './lives.ts';

/** The book as it would be after these commands on 30 disclosures, kept by the source. */
interface Book {
  readonly disclosures: Map<string, Disclosure>;
  readonly rows: Map<string, Row>;
  catalogue: Catalogue;
  time: number;
}

const anyCommands = fc.array(fc.tuple(fc.nat(29), anyCommand(0)), { maxLength: 120, size: 'max' });
const settings = { numRuns: 60 };

function live(commands: readonly [number, Command][], look: (book: Book) => void = () => {}): Book {
  const book: Book = { disclosures: new Map(), rows: new Map(), catalogue: emptyCatalogue, time: begin };
  // Most disclosures would never come to be if their creation were left to chance.
  const creations = Array.from({ length: 30 }, (_, who): [number, Command] => [
    who,
    { name: 'create', wait: 0, offset: 0, category: 'policy', period: null },
  ]);
  for (const [index, [who, command]] of [...creations, ...commands].entries()) {
    book.time += command.wait;
    const id = `id-${String(who).padStart(2, '0')}`;
    const before = book.disclosures.get(id);
    const after = decide(before, command, contentOf(index, command), book.time)?.after;
    if (after === undefined) continue;
    book.disclosures.set(id, after);
    if (before?.publishAt != null || after.publishAt !== null) {
      book.catalogue = recount(book.catalogue, id, before, after, at(book.time));
    }
    for (const write of moveRows(rowsOf(id, before), rowsOf(id, after))) {
      if ('put' in write) book.rows.set(JSON.stringify(write.put.key), { key: write.put.key, card: write.put.data });
      else if ('remove' in write) book.rows.delete(JSON.stringify(write.remove));
    }
    look(book);
  }
  return book;
}

/** Now, and a millisecond before, at and after every publication still to come, and long after all. */
function momentsFrom({ disclosures, time }: Book): string[] {
  const times = [...disclosures.values()].flatMap(({ publishAt }) =>
    publishAt === null ? [] : [Date.parse(publishAt)],
  );
  const near = times.flatMap(one => [one - 1, one, one + 1]).filter(one => one >= time);
  return [time, ...near, time + 10 * 365 * 86_400_000].map(at);
}

const publicAt = ({ disclosures }: Book, now: string) =>
  [...disclosures].flatMap(([id, disclosure]) => {
    const { publishAt } = disclosure;
    return publishAt !== null && publishAt <= now ? [{ id, publishAt, disclosure }] : [];
  });

describe('counts', () => {
  const naive = (book: Book, now: string) => {
    const counts: Partial<Record<Category, Tally>> = {};
    for (const { disclosure } of publicAt(book, now)) {
      const { published, withdrawn } = counts[disclosure.content.category] ?? { published: 0, withdrawn: 0 };
      counts[disclosure.content.category] =
        disclosure.withdrawal === null
          ? { published: published + 1, withdrawn }
          : { published, withdrawn: withdrawn + 1 };
    }
    return counts;
  };

  it('are those of counting everything that is public, after every command', () => {
    fc.assert(
      fc.property(anyCommands, commands => {
        live(commands, book => expect(countsAt(book.catalogue, at(book.time))).toEqual(naive(book, at(book.time))));
      }),
      settings,
    );
  });

  it('go on by themselves when the time of something scheduled comes', () => {
    fc.assert(
      fc.property(anyCommands, commands => {
        const book = live(commands);
        for (const now of momentsFrom(book)) expect(countsAt(book.catalogue, now)).toEqual(naive(book, now));
      }),
      settings,
    );
  });

  it('know the years in which anything, or anything of a category, became public', () => {
    fc.assert(
      fc.property(
        anyCommands,
        fc.constantFrom(undefined, 'policy' as const, 'strategy' as const),
        (commands, category) => {
          const book = live(commands);
          for (const now of momentsFrom(book)) {
            const years = publicAt(book, now)
              .filter(({ disclosure }) => category === undefined || disclosure.content.category === category)
              .map(({ publishAt }) => Number(publishAt.slice(0, 4)));
            for (const year of [2022, 2024, 2040]) {
              const expected = [...new Set(years)].filter(one => one < year).sort((a, b) => b - a);
              expect(yearsBefore(book.catalogue, year, category, now)).toEqual(expected);
            }
          }
        },
      ),
      settings,
    );
  });

  it('name what is scheduled, the next one first, until its very millisecond', () => {
    fc.assert(
      fc.property(anyCommands, commands => {
        const book = live(commands);
        for (const now of momentsFrom(book)) {
          const waiting = [...book.disclosures].flatMap(([id, { publishAt }]) =>
            publishAt !== null && publishAt > now ? [`${publishAt} ${id}`] : [],
          );
          expect(scheduledAfter(book.catalogue, now)).toEqual(waiting.sort().map(one => one.split(' ')[1]));
        }
      }),
      settings,
    );
  });

  it('have room for so many scheduled disclosures and no more, until the time of one comes or one is moved', () => {
    const now = at(begin);
    const scheduled = (time: number) =>
      publish(draft(contentOf(1, { category: 'policy', period: null })), at(time), now);
    const first = scheduled(begin + 60_000);
    let catalogue = recount(emptyCatalogue, 'first', undefined, first, now);
    for (let one = 1; one < maxScheduled; one++) {
      catalogue = recount(catalogue, `id-${one}`, undefined, scheduled(begin + 120_000), now);
    }
    const full = catalogue;
    const more = scheduled(begin + 180_000);
    expect(scheduledAfter(full, now)).toHaveLength(maxScheduled);
    expect(() => recount(full, 'more', undefined, more, now)).toThrow(StateConflictError);
    expect(scheduledAfter(recount(full, 'first', first, more, now), now)).toHaveLength(maxScheduled);
    expect(scheduledAfter(recount(full, 'more', undefined, more, at(begin + 60_000)), now)).toHaveLength(maxScheduled);
  });
});

describe('a list', () => {
  const read = ({ rows }: Book, list: string, now: string) =>
    [...rows.values()]
      .filter(({ key }) => key.partition === listPartition(list) && key.sort <= upTo(now))
      .sort((a, b) => (a.key.sort < b.key.sort ? 1 : -1))
      .map(({ card }) => card.id);
  const newestFirst = (found: readonly { id: string; publishAt: string }[]) =>
    found
      .map(({ id, publishAt }) => `${publishAt} ${id}`)
      .sort((a, b) => (a < b ? 1 : -1))
      .map(one => one.split(' ')[1]);

  it('shows exactly what is public of its year, category or period, the newest first, at any moment', () => {
    fc.assert(
      fc.property(anyCommands, commands => {
        const book = live(commands);
        for (const now of momentsFrom(book)) {
          const all = publicAt(book, now);
          for (let year = 2020; year <= 2026; year++) {
            const thatYear = all.filter(({ publishAt }) => Number(publishAt.slice(0, 4)) === year);
            expect(read(book, lists.year(year), now)).toEqual(newestFirst(thatYear));
            const policies = thatYear.filter(({ disclosure }) => disclosure.content.category === 'policy');
            expect(read(book, lists.category('policy', year), now)).toEqual(newestFirst(policies));
            const about = all.filter(({ disclosure: { content } }) => {
              const [from = 0, to = 0] = [content.period?.from, content.period?.to].map(date =>
                Number(date?.slice(0, 4)),
              );
              return content.period !== null && from <= year && year <= to;
            });
            expect(read(book, lists.period(year), now)).toEqual(newestFirst(about));
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('shows the card of the disclosure as it stands, and the list of drafts only drafts', () => {
    fc.assert(
      fc.property(anyCommands, commands => {
        const book = live(commands);
        const drafts = [...book.disclosures].filter(([, { publishAt }]) => publishAt === null).map(([id]) => id);
        const standing = [...book.rows.values()];
        const onDrafts = standing.filter(({ key }) => key.partition === listPartition(lists.drafts));
        expect(onDrafts.map(({ card }) => card.id).sort()).toEqual(drafts.sort());
        for (const { card } of standing) {
          const { content, edition, correction, withdrawal } = book.disclosures.get(String(card.id)) as Disclosure;
          expect(card).toMatchObject({ title: content.title, category: content.category });
          if (card.publishAt === undefined) continue;
          expect(card).toMatchObject({
            edition,
            correctedAt: correction?.at ?? null,
            withdrawnAt: withdrawal?.at ?? null,
          });
        }
      }),
      settings,
    );
  });

  it('never holds the summary or the links of anything', () => {
    const rows = rowsOf('a', publish(draft(contentOf(7, { category: 'policy', period: null })), at(begin), at(begin)));
    expect(rows.map(row => Object.keys(row.card))).not.toContainEqual(expect.arrayContaining(['summary']));
    expect(JSON.stringify(rows)).not.toMatch(/Summary|https:/);
  });

  it('ends at the very millisecond of the reader', () => {
    const sort = (offset: number) => `${at(begin + offset)}#ffffffff`;
    expect([-1, 0, 1].map(offset => sort(offset) <= upTo(at(begin)))).toEqual([true, true, false]);
  });

  it('loses nothing for a record that never was', () => {
    expect(rowsOf('a', undefined)).toEqual([]);
  });
});
