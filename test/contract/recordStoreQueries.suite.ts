/** What every RecordStore guarantees about queries: order, bounds, pages and walks while others write. */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Query, RecordStore } from '../../shared/ports/recordStore.ts';
import { keyIn, put } from '../support/items.ts';
import { allOf } from '../support/minutes.ts';

type Range = Omit<Query, 'table' | 'partition'>;

/** Few characters, so that prefixes and bounds meet; their order differs between UTF-8 and UTF-16. */
const sortKey = fc
  .array(fc.constantFrom('a', 'b', '\0', '/', '\x7f', 'é', '\ud7ff', '\uffff', '😀', '\u{10ffff}'), {
    minLength: 1,
    maxLength: 4,
  })
  .map(characters => characters.join(''));

const range: fc.Arbitrary<Range> = fc
  .record({
    prefix: fc.option(sortKey, { nil: undefined }),
    upTo: fc.option(sortKey, { nil: undefined }),
    after: fc.option(sortKey, { nil: undefined }),
    order: fc.constantFrom('ascending' as const, 'descending' as const),
    limit: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ prefix, upTo, after, ...rest }) => ({
    ...(prefix === undefined ? {} : { prefix }),
    ...(upTo === undefined ? {} : { upTo }),
    ...(after === undefined ? {} : { after }),
    ...rest,
  }));

function bytewise(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The whole range, in its order, as its definition says. */
function expected(stored: Iterable<string>, { prefix = '', upTo, after, order }: Omit<Range, 'limit'>): string[] {
  const sign = order === 'ascending' ? 1 : -1;
  return [...stored]
    .filter(sort => sort.startsWith(prefix))
    .filter(sort => upTo === undefined || bytewise(sort, upTo) <= 0)
    .filter(sort => after === undefined || sign * bytewise(sort, after) > 0)
    .sort((a, b) => sign * bytewise(a, b));
}

export function recordStoreQueries(current: () => RecordStore, propertyRuns: number): void {
  async function fill(partition: string, sorts: readonly string[]): Promise<void> {
    for (let from = 0; from < sorts.length; from += 100) {
      await current().commit(sorts.slice(from, from + 100).map(sort => put(keyIn(partition, sort), 1, { sort })));
    }
  }

  async function ask(partition: string, query: Range): Promise<{ sorts: string[]; more: boolean }> {
    const { items, more } = await current().query({ table: 'records', partition, ...query });
    return { sorts: items.map(item => item.key.sort), more };
  }

  it('orders by the bytes of UTF-8, where an emoji stands behind U+FFFF', async () => {
    const partition = randomUUID();
    const sorts = ['😀', '\uffff', '\ue000', 'é', 'z', 'Z', 'z\0', '10', '9', '\0', '\u{10ffff}'];
    await fill(partition, sorts);
    const ascending = ['\0', '10', '9', 'Z', 'z', 'z\0', 'é', '\ue000', '\uffff', '😀', '\u{10ffff}'];
    expect(await ask(partition, { order: 'ascending', limit: 50 })).toEqual({ sorts: ascending, more: false });
    expect((await ask(partition, { order: 'descending', limit: 50 })).sorts).toEqual(ascending.toReversed());
    expect((await ask(partition, { upTo: '\uffff', after: 'z', order: 'ascending', limit: 50 })).sorts).toEqual(
      ascending.slice(5, 9),
    );
  });

  it('returns whole items, and nothing of other partitions or tables', async () => {
    const partition = randomUUID();
    await fill(partition, ['a', 'b']);
    await fill(`${partition}b`, ['a']);
    const { items } = await current().query({ table: 'records', partition, order: 'descending', limit: 1 });
    expect(items).toEqual([{ key: keyIn(partition, 'b'), version: 1, data: { sort: 'b' } }]);
    expect(await current().query({ table: 'expiring', partition, order: 'ascending', limit: 1 })).toEqual({
      items: [],
      more: false,
    });
  });

  it('says "more" only when more items follow', async () => {
    const partition = randomUUID();
    await fill(partition, ['a1', 'a2', 'a3', 'b1']);
    const first = { prefix: 'a', order: 'ascending' } as const;
    expect(await ask(partition, { ...first, limit: 2 })).toEqual({ sorts: ['a1', 'a2'], more: true });
    expect(await ask(partition, { ...first, limit: 3 })).toEqual({ sorts: ['a1', 'a2', 'a3'], more: false });
    expect(await ask(partition, { ...first, limit: 1, after: 'a2' })).toEqual({ sorts: ['a3'], more: false });
    expect(await ask(partition, { ...first, limit: 1, after: 'a3' })).toEqual({ sorts: [], more: false });
  });

  it('fills pages of large items, which DynamoDB cuts at 1 MB', async () => {
    const partition = randomUUID();
    const text = 'x'.repeat(390_000);
    const sorts = Array.from({ length: 9 }, (_, index) => `item ${index}`);
    await current().commit(sorts.map(sort => put(keyIn(partition, sort), 1, { text })));
    expect(await ask(partition, { order: 'ascending', limit: 8 })).toEqual({ sorts: sorts.slice(0, 8), more: true });
    expect(await ask(partition, { order: 'ascending', limit: 9 })).toEqual({ sorts, more: false });
    expect(await ask(partition, { order: 'descending', limit: 3, after: 'item 3' })).toEqual({
      sorts: ['item 2', 'item 1', 'item 0'],
      more: false,
    });
  });

  it('returns 1,000 items in one page and walks 1,050 in pages of any size', async () => {
    const partition = randomUUID();
    const sorts = Array.from({ length: 1050 }, (_, index) => String(index).padStart(5, '0'));
    await fill(partition, sorts);
    expect(await ask(partition, { order: 'ascending', limit: 1000 })).toEqual({
      sorts: sorts.slice(0, 1000),
      more: true,
    });
    for (const limit of [7, 350, 1000]) {
      expect((await allOf(current(), partition, limit)).map(item => item.key.sort)).toEqual(sorts);
    }
  });

  it('answers any combination of prefix, upTo, after, order and limit as the definition says', async () => {
    const step = fc.record({
      write: fc.array(sortKey, { maxLength: 6 }),
      remove: fc.nat(),
      ask: fc.array(range, { maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(sortKey, { maxLength: 40 }),
        fc.array(step, { maxLength: 4 }),
        async (initial, steps) => {
          const partition = randomUUID();
          const stored = new Set(initial);
          await fill(partition, initial);
          for (const { write, remove, ask: queries } of steps) {
            const gone = [...stored][remove % (stored.size || 1)];
            const added = [...new Set(write)].filter(sort => sort !== gone);
            await current().commit([
              ...added.map(sort => put(keyIn(partition, sort), 1, {}, 'any')),
              { remove: keyIn(partition, gone ?? 'none'), expect: 'any' },
            ]);
            for (const sort of added) stored.add(sort);
            if (gone !== undefined) stored.delete(gone);
            for (const query of queries) {
              const all = expected(stored, query);
              const answer = { sorts: all.slice(0, query.limit), more: all.length > query.limit };
              expect(await ask(partition, query)).toEqual(answer);
            }
          }
        },
      ),
      { numRuns: propertyRuns },
    );
  });

  it('returns an item that stays during a whole walk exactly once, whatever is written and removed meanwhile', async () => {
    const changes = fc.array(fc.record({ add: sortKey, remove: fc.nat() }), { maxLength: 3 });
    const walk = range.map(({ after: _, ...query }) => ({ ...query, limit: (query.limit % 4) + 1 }));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(sortKey, { minLength: 10, maxLength: 30 }),
        walk,
        fc.array(changes, { minLength: 1, maxLength: 8 }),
        async (initial, query, rounds) => {
          const partition = randomUUID();
          const stored = new Set(initial);
          const stayed = new Set(initial);
          const added = new Set(initial);
          await fill(partition, initial);
          const seen: string[] = [];
          for (let turn = 0, more = true; more; turn++) {
            const after = seen.at(-1);
            const page = await ask(partition, { ...query, ...(after === undefined ? {} : { after }) });
            seen.push(...page.sorts);
            more = page.more;
            for (const { add, remove } of rounds[turn] ?? []) {
              // The cursor's own item goes too, now and then.
              const gone = remove % 3 === 0 ? seen.at(-1) : [...stored][remove % (stored.size || 1)];
              if (gone === undefined || gone === add) continue;
              await current().commit([
                put(keyIn(partition, add), 1, {}, 'any'),
                { remove: keyIn(partition, gone), expect: 'any' },
              ]);
              stored.add(add);
              added.add(add);
              stored.delete(gone);
              stayed.delete(gone);
            }
          }
          expect(seen).toEqual(expected(new Set(seen), query));
          for (const sort of expected(stayed, query)) expect(seen).toContain(sort);
          for (const sort of seen) expect(added).toContain(sort);
        },
      ),
      { numRuns: propertyRuns },
    );
  });
}
