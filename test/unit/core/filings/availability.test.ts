/** Which public files are looked for when, and what is kept of it. */
import { describe, expect, it } from 'vitest';
import {
  type Availability,
  findingsOf,
  isTimeToLook,
  isWidelyAvailable,
  type Look,
  mostLooks,
  noteLooks,
  toLookForNow,
} from '../../../../shared/core/filings/availability.ts';

const noon = '2024-06-03T12:00:00.000Z';
const hoursAgo = (hours: number) => new Date(Date.parse(noon) - hours * 3_600_000).toISOString();
const file = (documentId: string, sha256 = 'x') => ({ documentId, version: 1, sha256 });
const look = (documentId: string, hours: number, finding: Look['finding'] = 'same', sha256 = 'x'): Look => ({
  ...file(documentId, sha256),
  at: hoursAgo(hours),
  finding,
});

describe('looking for public files', () => {
  it.each<[string, Look[], string | null, boolean]>([
    ['was never looked for', [], null, true],
    ['was looked for within the day', [look('a', 23)], null, false],
    ['was looked for a day ago', [look('a', 24)], null, true],
    ['was not found within the hour', [look('a', 0.9, 'missing')], null, false],
    ['was not found an hour ago', [look('a', 1, 'changed')], null, true],
    ['was looked for before somebody asked', [look('a', 2)], hoursAgo(1), true],
    ['was looked for since somebody asked', [look('a', 1)], hoursAgo(2), false],
    ['had other bytes', [look('a', 1, 'same', 'y')], null, true],
  ])('takes up what %s: %#', (_, known, askedAt, isDue) => {
    expect(toLookForNow([file('a')], known, askedAt, noon)).toEqual(isDue ? [file('a')] : []);
  });

  it('begins with what was not looked for longest, and takes no more than it can note', () => {
    const known = [look('a', 30), look('b', 40)];
    const files = [file('a'), file('b'), file('c')];
    expect(toLookForNow(files, known, null, noon).map(({ documentId }) => documentId)).toEqual(['c', 'b', 'a']);
    const many = Array.from({ length: mostLooks + 5 }, (_, index) => file(String(index)));
    expect(toLookForNow(many, [], null, noon)).toHaveLength(mostLooks);
    const looks = many.map(({ documentId }) => look(documentId, 0));
    expect(noteLooks(many, [], looks)).toHaveLength(mostLooks);
    // An item of the store holds 400 KB; what stands beside the looks is short.
    const real = looks.map(one => ({
      ...one,
      documentId: 'd'.repeat(36),
      sha256: 'f'.repeat(64),
      finding: 'unreachable',
    }));
    expect(JSON.stringify(real.slice(0, mostLooks)).length).toBeLessThan(200_000);
  });

  it('keeps the latest of each file in the set, and nothing of any other', () => {
    const known = [look('a', 5), look('b', 5), look('gone', 5)];
    const made = [look('a', 0, 'missing')];
    expect(noteLooks([file('a'), file('b'), file('new')], known, made)).toEqual([made[0], known[1]]);
    expect(findingsOf([file('a'), file('a', 'other bytes')], made)).toEqual([
      { finding: 'missing', at: noon },
      { finding: 'unchecked', at: null },
    ]);
  });

  it('is of everything only when each thing has copies, none was taken back, and every one came as it is archived', () => {
    const [a, b] = ['a', 'b'].map(name => ({ ...file(name), name, type: 'text/plain', size: 1 }));
    if (a === undefined || b === undefined) throw new Error('There are two');
    const looks = [look('a', 1), look('b', 1, 'missing')];
    type Item = Parameters<typeof isWidelyAvailable>[0][number];
    const at = (now: string, items: readonly Omit<Item, 'form'>[], form: Item['form'] = '990') =>
      isWidelyAvailable(
        items.map(item => ({ ...item, form })),
        looks,
        now,
      );
    const isSo = (...items: readonly Omit<Item, 'form'>[]) => at(noon, items);
    expect(isSo({ files: [a], away: [] })).toBe(true);
    expect(isSo({ files: [a], away: [] }, { files: [], away: [] })).toBe(false);
    expect(isSo({ files: [a], away: [b] })).toBe(false);
    expect(isSo({ files: [a, b], away: [] })).toBe(false);
    expect(isSo({ files: [{ ...a, sha256: 'y' }], away: [] })).toBe(false);
    expect(isSo()).toBe(false);
    expect(at('2024-06-10T11:00:00.000Z', [{ files: [a], away: [] }])).toBe(true);
    expect(at('2024-06-10T11:00:00.001Z', [{ files: [a], away: [] }])).toBe(false);
    // A notice has no file; alone it shows nothing.
    expect(
      isWidelyAvailable(
        [
          { files: [a], away: [], form: '990' },
          { files: [], away: [], form: '990-N' },
        ],
        looks,
        noon,
      ),
    ).toBe(true);
    expect(at(noon, [{ files: [], away: [] }], '990-N')).toBe(false);
  });

  it('goes over the set every hour, when somebody asks, and until it came to its end', () => {
    const state = (completedAt: string | null): Availability => ({ origin: 'o', looks: [], completedAt });
    expect(isTimeToLook(undefined, null, noon)).toBe(true);
    expect(isTimeToLook(state(null), null, noon)).toBe(true);
    expect(isTimeToLook(state(hoursAgo(0.9)), null, noon)).toBe(false);
    expect(isTimeToLook(state(hoursAgo(0.9)), hoursAgo(0.1), noon)).toBe(true);
    expect(isTimeToLook(state(hoursAgo(1)), null, noon)).toBe(true);
  });
});
