// A year of runs: everything is read again within a period, and no run has much more to do than the others.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Due, shareOf } from '../../../../shared/core/archive/custody.ts';

const day = 86_400_000;
const begin = Date.parse('2024-01-01T00:00:00.000Z');
const at = (time: number) => new Date(time).toISOString();
const periodDays = 30;

interface Plan {
  readonly runsPerPeriod: number;
  readonly runs: number;
  /** Times of the last check of what is there at the beginning. */
  readonly start: readonly (string | null)[];
  /** How many are added and how many go before a run. */
  readonly change?: (run: number, count: number) => { readonly added: number; readonly gone: number };
  /** Runs that do not happen. */
  readonly isPaused?: (run: number) => boolean;
}

/** Plays it; tells the number of files read and held at each run, and how long each had been unread when it was read. */
function play({ runsPerPeriod, runs, start, change = () => ({ added: 0, gone: 0 }), isPaused = () => false }: Plan) {
  const step = (periodDays * day) / runsPerPeriod;
  let count = 0;
  const fileOf = (checkedAt: string | null): Due => ({ sha256: String(++count), checkedAt });
  const files = new Map(start.map(fileOf).map(file => [file.sha256, file]));
  const loads: { read: number; held: number; oldest: number }[] = [];
  for (let run = 0; run < runs; run++) {
    const time = begin + run * step;
    const { added, gone } = change(run, files.size);
    // Spread over all ages, as chance would.
    const keys = [...files.keys()];
    for (let one = 0; one < gone; one++) files.delete(keys[(one * 7919 + run * 104_729) % keys.length] ?? '');
    for (let one = 0; one < added; one++) {
      const file = fileOf(at(time - 1));
      files.set(file.sha256, file);
    }
    if (isPaused(run)) continue;
    const share = shareOf([...files.values()], runsPerPeriod, at(time), periodDays);
    expect(new Set(share.map(file => file.sha256)).size).toBe(share.length);
    const longestAgo = [...files.values()].reduce(
      (least, { checkedAt }) => (least < (checkedAt ?? '~') ? least : (checkedAt ?? '~')),
      at(time),
    );
    loads.push({ read: share.length, held: files.size, oldest: time - Date.parse(longestAgo) });
    for (const file of share) files.set(file.sha256, { ...file, checkedAt: at(time) });
  }
  return { loads, step };
}

const spreadOf = (loads: readonly { readonly read: number }[]) => {
  const reads = loads.map(({ read }) => read);
  return { max: Math.max(...reads), mean: reads.reduce((a, b) => a + b, 0) / reads.length };
};

/** So many files, last read at even distances over the period before. */
const evenly = (count: number) =>
  Array.from({ length: count }, (_, index) => at(begin - (index * periodDays * day) / count));

/** Everything read at once, never read, or at any time before. */
const anyStart = fc.oneof(
  fc.nat(200).map(count => Array.from({ length: count }, () => at(begin - day))),
  fc.nat(200).map(count => Array.from({ length: count }, () => null)),
  fc.array(
    fc.integer({ min: 0, max: periodDays * day }).map(age => at(begin - age)),
    { maxLength: 200, size: 'max' },
  ),
);

describe('over a year', () => {
  it('every file is read at least once a period and one run, while files come and go', () => {
    const rates = fc.record({ added: fc.nat(2), gone: fc.nat(2), bulk: fc.nat(300), bulkAt: fc.nat(300) });
    fc.assert(
      fc.property(anyStart, rates, (start, { added, gone, bulk, bulkAt }) => {
        const change = (run: number) => ({ added: run === bulkAt ? bulk : added, gone });
        const { loads, step } = play({ runsPerPeriod: 30, runs: 365, start, change });
        expect(Math.max(...loads.map(({ oldest }) => oldest))).toBeLessThanOrEqual(periodDays * day + step);
      }),
      { numRuns: 8 },
    );
  });

  it('every run has just its share from the second period on, whatever there was to do at the beginning', () => {
    fc.assert(
      fc.property(anyStart, fc.constantFrom(30, 60), (start, runsPerPeriod) => {
        const { loads } = play({ runsPerPeriod, runs: (365 * runsPerPeriod) / 30, start });
        const share = start.length / runsPerPeriod;
        const later = loads.slice(runsPerPeriod).map(({ read }) => read);
        expect(Math.max(...later)).toBeLessThanOrEqual(Math.ceil(share));
        expect(Math.min(...later)).toBeGreaterThanOrEqual(Math.floor(share));
        for (let from = 0; from + runsPerPeriod <= later.length; from += runsPerPeriod) {
          const read = later.slice(from, from + runsPerPeriod).reduce((sum, one) => sum + one, 0);
          expect(read).toBe(start.length);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('the load is even from the first run on, when everything was read at once before', () => {
    const { loads } = play({ runsPerPeriod: 30, runs: 365, start: Array.from({ length: 300 }, () => at(begin - day)) });
    // A day had gone by: what is left at the end of the first period is overdue a day early.
    const { max, mean } = spreadOf(loads.slice(30));
    expect([max, mean]).toEqual([10, 10]);
    expect(Math.max(...loads.map(({ read }) => read))).toBeLessThanOrEqual(20);
  });

  it('the load follows the size of the archive while it grows, loses files, and takes in a thousand at once', () => {
    const change = (run: number, count: number) => ({
      added: run === 100 ? 1000 : 3,
      gone: count > 500 && run % 2 === 0 ? 2 : 0,
    });
    const { loads } = play({ runsPerPeriod: 30, runs: 365, start: evenly(600), change });
    for (const { read, held } of loads) expect(read).toBeLessThanOrEqual(2 * Math.ceil(held / 30));
    const { max, mean } = spreadOf(loads.slice(0, 100));
    expect(max).toBeLessThanOrEqual(2 * mean);
  });
});

describe('a run', () => {
  const files = (count: number, checkedAt: (index: number) => string | null): Due[] =>
    Array.from({ length: count }, (_, index) => ({ sha256: String(index), checkedAt: checkedAt(index) }));

  it('takes what was never read, then what was read longest ago', () => {
    const all = files(60, index => (index === 41 ? null : at(begin - (index % 20) * day - index)));
    const expected = all.toSorted((a, b) => ((a.checkedAt ?? '') < (b.checkedAt ?? '') ? -1 : 1)).slice(0, 2);
    expect(shareOf(all, 30, at(begin), periodDays)).toEqual(expected);
    expect(expected[0]?.sha256).toBe('41');
  });

  it('takes whatever is overdue, to the millisecond', () => {
    const latest = begin - periodDays * day;
    const all = files(100, index => at(latest + (index < 50 ? 0 : 1)));
    expect(shareOf(all, 30, at(begin), periodDays)).toHaveLength(50);
  });

  it('after a pause catches up at once, and those after it have their share', () => {
    const isPaused = (run: number) => run >= 40 && run < 90;
    const { loads } = play({ runsPerPeriod: 30, runs: 365, start: evenly(300), isPaused });
    const reads = loads.map(({ read }) => read);
    expect(reads[40]).toBe(300);
    expect(Math.max(...reads.slice(0, 40), ...reads.slice(41))).toBe(10);
  });

  it('of an empty archive has nothing to do', () => {
    expect(shareOf([], 30, at(begin), periodDays)).toEqual([]);
  });

  it.each([1, 7, 100, 719])('of %i files, hourly, has one or none to read: each file once in thirty days', count => {
    for (const start of [evenly(count), Array.from({ length: count }, () => at(begin - day))]) {
      const { loads } = play({ runsPerPeriod: 720, runs: 4 * 720, start });
      const reads = loads.slice(720).map(({ read }) => read);
      expect(reads.reduce((sum, read) => sum + read, 0)).toBe(3 * count);
      expect(Math.max(...reads)).toBe(1);
    }
  });
});
