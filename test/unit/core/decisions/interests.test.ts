/** Who owes a declaration of interests, and how far a year is declared. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Seat } from '../../../../shared/core/bodies.ts';
import { addDays, covers } from '../../../../shared/core/calendar.ts';
import {
  declarationRows,
  disclosureOf,
  isDeclarable,
  owedDays,
  owesDeclaration,
} from '../../../../shared/core/decisions/interests.ts';

const seat = (change: Partial<Seat> = {}): Seat => ({
  bodyId: 'board',
  personId: 'person',
  office: 'director',
  title: null,
  voting: true,
  weight: 1,
  group: null,
  term: { from: '2020-01-01', to: null },
  ...change,
});
const board = { kind: 'board-of-directors', term: { from: '2020-01-01', to: null } } as const;
const all2025 = { from: '2025-01-31', to: '2025-12-31' };

describe('a declaration is owed', () => {
  it.each([
    ['by a director', {}, {}, true],
    ['by a secretary without a vote', { office: 'secretary', voting: false }, {}, true],
    ['by a treasurer without a vote', { office: 'treasurer', voting: false }, {}, true],
    ['by a chair with a vote', { office: 'chair' }, {}, true],
    ['not by a member of the board without a vote', { office: 'member', voting: false }, {}, false],
    ['not by an auditor', { office: 'auditor', voting: false }, {}, false],
    ['not in a committee', {}, { kind: 'committee' }, false],
    ['not by the secretary of a committee', { office: 'secretary', voting: false }, { kind: 'committee' }, false],
    ['not by who left before the end of January', { term: { from: '2020-01-01', to: '2025-01-30' } }, {}, false],
    ['by who left at the end of January', { term: { from: '2020-01-01', to: '2025-01-31' } }, {}, true],
    ['by who came on the last day', { term: { from: '2025-12-31', to: null } }, {}, true],
    ['not by who came after it', { term: { from: '2026-01-01', to: null } }, {}, false],
    ['not in a board that had ended', {}, { term: { from: '2020-01-01', to: '2025-01-30' } }, false],
    ['by who came and went in the year', { term: { from: '2025-05-05', to: '2025-05-05' } }, {}, true],
  ] as const)('%s', (_, change, body, expected) => {
    expect(owesDeclaration(seat(change as Partial<Seat>), { ...board, ...body }, all2025)).toBe(expected);
  });

  it.each([
    ['2025', '2026-07-01', '2025-01-31', '2025-12-31'],
    ['2026', '2026-07-01', '2026-01-31', '2026-07-01'],
    ['2026', '2026-01-31', '2026-01-31', '2026-01-31'],
    ['2026', '2026-01-01', '2026-01-01', '2026-01-01'],
    ['2026', '2026-01-30', '2026-01-30', '2026-01-30'],
  ])('for %s, asked on %s, by who sits from %s to %s', (year, today, from, to) => {
    expect(owedDays(year, today)).toEqual({ from, to });
  });

  it('for no year that is still to come', () => {
    expect(owedDays('2027', '2026-12-31')).toBeNull();
  });

  it('by the same people as if each day of the year were asked', () => {
    const day = fc.integer({ min: -400, max: 800 }).map(days => addDays('2025-01-01', days));
    fc.assert(
      fc.property(day, fc.option(fc.nat({ max: 500 })), day, (from, length, today) => {
        const term = { from, to: length === null ? null : addDays(from, length) };
        const days = owedDays('2025', today);
        let owes = false;
        for (let on = '2025-01-01'; on <= '2025-12-31' && on <= today; on = addDays(on, 1)) {
          if (on >= '2025-01-31' || on === today) owes ||= covers(term, on);
        }
        expect(days !== null && owesDeclaration(seat({ term }), board, days)).toBe(owes);
      }),
    );
  });
});

it.each([
  ['2026', true],
  ['2025', true],
  ['2024', false],
  ['2027', false],
])('can be made for %s in 2026: %s', (year, expected) => {
  expect(isDeclarable(year, '2026-01-01')).toBe(expected);
  expect(isDeclarable(year, '2026-12-31')).toBe(expected);
});

it('counts who has declared of those who owe it, with the records that show it, and nobody else', () => {
  expect(disclosureOf('2025', ['a', 'b', 'c'], new Set(['b', 'c', 'd']))).toEqual({
    year: '2025',
    owed: 3,
    declared: 2,
    evidence: ['b~2025', 'c~2025'],
    missing: ['a'],
  });
  expect(disclosureOf('2025', [], new Set(['d']))).toMatchObject({ owed: 0, declared: 0, evidence: [], missing: [] });
});

it('tells the list of a year nothing of what was declared', () => {
  const interest = { party: 'A bank', relation: 'other', description: 'Owes it money.', from: null, to: null } as const;
  const data = { personId: 'a', year: '2025', interests: [interest], declaredAt: '2025-02-01T00:00:00.000Z' };
  const [ofYear, ofPerson] = declarationRows({ id: 'a~2025', version: 2, data });
  expect(ofYear?.card).toEqual({ personId: 'a', declaredAt: data.declaredAt, interests: 1 });
  expect(ofPerson?.card).toEqual({ ...data, version: 2 });
});
