/** The picture of a vote: its parts are as long as their counts, its marks stand where they belong, and its words say the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fill, type Mark, optionBars, type Part, voteBar } from '../../../web/voteBar.ts';

const fills: readonly Fill[] = ['for', 'against', 'abstained', 'silent', 'away', 'recused'];

const partsOf = (counts: readonly number[]): Part[] =>
  counts.map((count, index) => ({ fill: fills[index] ?? 'for', label: `Label ${index}`, count }));

/** The parts of the bar itself, as percentages. */
const rectsIn = (markup: string) =>
  [...markup.matchAll(/<rect class="part (\w+)" x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%"/g)].map(
    ([, fill, x, width]) => ({ fill, x: Number(x), width: Number(width) }),
  );
const marksIn = (markup: string) => [...markup.matchAll(/class="mark" x1="([\d.]+)%"/g)].map(([, x]) => Number(x));
const wordsIn = (markup: string) => /role="img" aria-label="([^"]*)"/.exec(markup)?.[1];

const draw = (parts: readonly Part[], marks: readonly Mark[] = []) => String(voteBar('The votes.', parts, marks));

describe('the bar of a vote', () => {
  it('has a part for each count, behind each other, each as long as its share', () => {
    const counts = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 6 }).filter(all => all.some(one => one > 0));
    fc.assert(
      fc.property(counts, all => {
        const total = all.reduce((sum, one) => sum + one, 0);
        const rects = rectsIn(draw(partsOf(all)));
        const there = partsOf(all).filter(({ count }) => count > 0);
        expect(rects.map(({ fill }) => fill)).toEqual(there.map(({ fill }) => fill));
        let x = 0;
        for (const [index, rect] of rects.entries()) {
          const width = (100 * (there[index]?.count ?? 0)) / total;
          expect(rect.x).toBeCloseTo(x, 1);
          expect(rect.width).toBeCloseTo(width, 1);
          x += width;
        }
        expect(x).toBeCloseTo(100);
      }),
    );
  });

  it.each([
    { at: 4, whole: [5, 3, 2], place: 40 },
    { at: 10, whole: [5, 3, 2], place: 100 },
    // More is needed than anybody could give: the bar leaves room for it.
    { at: 20, whole: [5, 3, 2], place: 100 },
  ])('marks $at of $whole where it stands among them', ({ at, whole, place }) => {
    const drawn = draw(partsOf(whole), [{ at, label: 'Needed', side: 'above' }]);
    expect(marksIn(drawn)).toEqual([place]);
    expect(rectsIn(drawn)[0]?.width).toBeCloseTo((100 * 5) / Math.max(10, at));
  });

  it('says in words all that it shows, and shows nothing of parts that are empty', () => {
    const marks: readonly Mark[] = [
      { at: 4, label: 'Needed: 4 for it', side: 'above' },
      { at: 3, label: 'Quorum: 3 taking part', side: 'below' },
    ];
    const drawn = draw(partsOf([5, 0, 2]), marks);
    expect(wordsIn(drawn)).toBe('The votes. Label 0: 5. Label 2: 2. Needed: 4 for it. Quorum: 3 taking part.');
    expect(drawn).not.toContain('Label 1');
  });

  it('is drawn where nobody voted', () => {
    expect(rectsIn(draw(partsOf([0, 0])))).toEqual([]);
    expect(draw(partsOf([0]), [{ at: 1, label: 'Needed: 1', side: 'above' }])).not.toContain('NaN');
  });

  it('escapes what people wrote', () => {
    const drawn = draw([{ fill: 'for', label: '"><script>', count: 1 }]);
    expect(drawn).not.toContain('<script>');
    expect(String(optionBars([{ name: '<i>', votes: 1, note: null }], 1, 1))).not.toContain('<i>');
  });
});

describe('the bars of an election', () => {
  const option = (name: string, votes: number) => ({ name, votes, note: null });

  it('stand in the order of their votes, and in that of the list where these are equal', () => {
    const drawn = String(optionBars([option('a', 1), option('b', 3), option('c', 1)], 4, null));
    expect([...drawn.matchAll(/<bdi class="option">(\w)</g)].map(([, name]) => name)).toEqual(['b', 'a', 'c']);
    expect(marksIn(drawn)).toEqual([]);
  });

  it('tell who is elected, who is tied, and what was needed', () => {
    const options = [
      { ...option('a', 5), note: 'elected' as const },
      { ...option('b', 2), note: 'tied' as const },
    ];
    const drawn = String(optionBars(options, 8, 4));
    expect(drawn.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')).toMatch(/a 5 votes Elected .*b 2 votes Tied/);
    expect(marksIn(drawn)).toEqual([50, 50]);
  });
});
