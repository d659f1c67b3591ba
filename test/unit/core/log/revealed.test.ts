/** Which statements are shown: those that somebody reads in the record now, or could have read there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content } from '../../../../shared/core/disclosures.ts';
import { draft, isPublic, publicSince, publish, revise, unschedule } from '../../../../shared/core/disclosures.ts';
import { isRevealed } from '../../../../shared/core/log/revealed.ts';

const noon = '2024-06-01T12:00:00.000Z';

describe('a statement', () => {
  it.each([
    ['all', null, true],
    ['all', noon, true],
    ['latest', null, true],
    ['latest', noon, false],
    ['none', null, false],
    ['none', noon, false],
    [{ since: noon }, null, true],
    // It stood until the very moment at which the record became public: nobody could have read it.
    [{ since: noon }, noon, false],
    [{ since: noon }, '2024-06-01T12:00:00.001Z', true],
    [{ since: noon }, '2024-06-01T11:59:59.999Z', false],
  ] as const)('to a sight of %j, having stood until %s, is shown: %s', (sight, until, shown) => {
    expect(isRevealed(sight, { until })).toBe(shown);
  });
});

describe('publication', () => {
  const disclosure = { publishAt: '2020-01-01T00:00:00.000Z', enteredAt: noon } as Parameters<typeof publicSince>[0];

  it('begins when the book took it in, though it had been public elsewhere before', () => {
    expect(publicSince(disclosure)).toBe(noon);
    expect(publicSince({ ...disclosure, publishAt: '2025-01-01T00:00:00.000Z' })).toBe('2025-01-01T00:00:00.000Z');
  });
});

const contentOf = (title: string): Content => ({
  ...{ title, category: 'other', summary: '', language: 'en', period: null, links: [] },
});

const at = (minutes: number) => new Date(Date.UTC(2024, 0, 1, 0, minutes)).toISOString();

/** What a secretary does before anything is public, each some minutes after the other. */
const step = fc.record({
  does: fc.constantFrom('revise', 'schedule', 'publish', 'backdate', 'unschedule'),
  after: fc.integer({ min: 1, max: 300 }),
  ahead: fc.integer({ min: 2, max: 600 }),
});

it('of a disclosure is shown exactly when everybody could have read it at some minute', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), steps => {
      let [disclosure, minute] = [draft(contentOf('0')), 0];
      const versions = [{ minute, disclosure }];
      for (const [index, { does, after, ahead }] of steps.entries()) {
        minute += after;
        const now = at(minute);
        try {
          const next =
            does === 'revise'
              ? revise(disclosure, contentOf(String(index + 1)), now)
              : does === 'unschedule'
                ? unschedule(disclosure, now)
                : publish(
                    disclosure,
                    does === 'publish' ? now : at(minute + (does === 'schedule' ? ahead : -ahead)),
                    now,
                  );
          versions.push({ minute, disclosure: next });
          disclosure = next;
        } catch {
          // It was not in a state for that.
        }
      }
      const end = minute + 1000;
      if (!isPublic(disclosure, at(end))) return;
      const stated = versions.filter(one => one.disclosure.publishAt !== null);
      for (const [index, one] of stated.entries()) {
        const next = stated[index + 1];
        const until = next === undefined ? null : at(next.minute);
        const place = versions.indexOf(one);
        const gone = versions[place + 1]?.minute ?? end;
        const minutes = Array.from({ length: gone - one.minute }, (_, after) => at(one.minute + after));
        const wasPublic = minutes.some(moment => isPublic(one.disclosure, moment));
        expect(isRevealed({ since: publicSince(disclosure) }, { until })).toBe(wasPublic);
      }
    }),
  );
});
