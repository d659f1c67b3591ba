/** Form 990, Part VI, line by line: what says yes, what says no, and what leaves it open. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersOf } from '../../../../shared/core/governance/answers.ts';
import type { GovernanceFacts } from '../../../../shared/core/governance/facts.ts';
import { type Line, lines, named } from '../../../../shared/core/governance/questions.ts';
import { adoption, type Change, changes, inOrder, withoutPolicy } from '../../../support/governanceYear.ts';

const verdicts = (facts: GovernanceFacts) =>
  Object.fromEntries(answersOf(facts).map(({ line, answer }) => [line, answer])) as Record<Line, string>;
const answer = (line: Line, facts: GovernanceFacts) => {
  const found = answersOf(facts).find(one => one.line === line);
  if (found === undefined) throw new Error(line);
  return found;
};

describe('a year in which everything was in order', () => {
  it('is answered yes throughout, in the order of the form, each with what proves it', () => {
    const answers = answersOf(inOrder);
    expect(answers.map(({ line }) => line)).toEqual(lines);
    for (const one of answers) {
      expect(one, one.line).toMatchObject({
        answer: 'yes',
        missing: [],
        source: `Form 990 (2023), Part VI, line ${one.line}`,
      });
      expect(one.evidence.length, one.line).toBeGreaterThan(0);
      expect(one.question).toMatch(/\?$/);
    }
    expect(answer('8a', inOrder).evidence.map(({ kind }) => kind)).toEqual(['minutes', 'resolution']);
    expect(answer('12a', inOrder).evidence.map(({ id }) => id)).toEqual(['conflict-of-interest', 'adopting']);
    expect(answer('14', inOrder).evidence.map(({ kind }) => kind)).toContain('retention-schedule');
    expect(answer('15a', inOrder).evidence.map(({ id }) => id)).toContain('board-resolution');
  });

  it('tells for line 11b to how many the return was given, and when', () => {
    expect(answer('11a', inOrder).description).toBe(
      'The complete return was given to all 2 voting members of the board, the last on 2025-05-10, before it was filed on 2025-05-10.',
    );
  });

  it.each([
    [true, 'As of 2025-06-15: on its own website, and upon request.'],
    [false, 'As of 2025-06-15: upon request.'],
  ])('tells for line 18 how the public can have them, when it was found there: %s', (isAvailable, description) => {
    const facts = { ...inOrder, inspection: { ...inOrder.inspection, isAvailable } };
    expect(answer('18', facts)).toMatchObject({ answer: 'yes', description });
  });
});

describe('one thing that is different', () => {
  it.each(changes)('%s', (_, change, expected, says) => {
    const facts = change(inOrder);
    expect(verdicts(facts)).toEqual({ ...verdicts(inOrder), ...expected });
    const missing = answersOf(facts)
      .flatMap(one => one.missing)
      .join('\n');
    expect(missing).toContain(says);
    if (says === '') expect(missing).toBe('');
  });
});

describe('while the year lasts', () => {
  const running: Change = facts => ({ ...facts, today: '2024-07-01' });

  it.each([
    ['13', withoutPolicy('whistleblower'), 'in force so far'],
    ['8b', (facts: GovernanceFacts) => ({ ...facts, committees: [] }), 'no committee'],
    [
      '12b',
      (facts: GovernanceFacts) => ({
        ...facts,
        declarations: [{ year: '2024', owed: 1, evidence: [], missing: [{ id: 'a', name: 'Ada' }] }],
      }),
      'Ask them',
    ],
  ] as const)('line %s is open where it would be no', (line, change, says) => {
    expect(answer(line, change(inOrder)).answer).toBe('no');
    const open = answer(line, running(change(inOrder)));
    expect(open.answer).toBe('unknown');
    expect(open.missing.join()).toContain(says);
  });

  it('a policy counts that is in force today', () => {
    expect(answer('13', running(inOrder)).answer).toBe('yes');
    expect(answer('13', running(adoption('whistleblower', { endedOn: '2024-07-01' })(inOrder))).answer).toBe('unknown');
    expect(answer('13', running(adoption('whistleblower', { endedOn: '2024-07-02' })(inOrder))).answer).toBe('yes');
  });
});

it('says of a declaration that is too old that it cannot be made up for', () => {
  const declarations = [{ year: '2024', owed: 1, evidence: [], missing: [{ id: 'a', name: 'Ada' }] }];
  const { missing } = answer('12b', { ...inOrder, today: '2026-01-01', declarations });
  expect(missing.join()).toContain('cannot be made up for');
});

describe('in whatever year', () => {
  const some = fc.subarray([...changes], { minLength: 0 });

  it('yes is proven by records, what is not yes says what is missing or why it is not asked', () => {
    fc.assert(
      fc.property(some, fc.constantFrom('2024-07-01', '2025-06-15'), (several, today) => {
        const facts = several.reduce<GovernanceFacts>((before, [, change]) => change(before), { ...inOrder, today });
        for (const { line, answer: verdict, evidence, missing, description } of answersOf(facts)) {
          const isPlain = line === '10a' || line === '16a';
          if (verdict === 'yes') expect(evidence.length, line).toBeGreaterThan(0);
          if (verdict === 'not-applicable') expect([missing, typeof description], line).toEqual([[], 'string']);
          if (verdict === 'unknown' || (verdict === 'no' && !isPlain)) expect(missing.length, line).toBeGreaterThan(0);
          for (const sentence of missing) expect(sentence).toMatch(/^\S.*\.$/s);
        }
      }),
    );
  });

  it('changes that concern other lines do not change a line', () => {
    let compared = 0;
    for (const one of changes) {
      for (const other of changes) {
        const touched = Object.keys(one[2]);
        if (touched.length === 0 || touched.some(line => other[2][line as Line] !== undefined)) continue;
        // What is asked only of whoever said yes before, and decisions of the board, depend on more than their own line.
        if ([one, other].some(([, , lines]) => '12a' in lines || Object.keys(lines).length === 0)) continue;
        const changed = other[1](one[1](inOrder));
        // Of two that write the same fact the later one stands alone.
        if (!isDeepStrictEqual(changed, one[1](other[1](inOrder)))) continue;
        const both = verdicts(changed);
        for (const line of touched) expect(both[line as Line], `${one[0]}; ${other[0]}`).toBe(one[2][line as Line]);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(500);
  });
});

it.each([
  [['Ada'], 'Ada'],
  [['Ada', 'Ben'], 'Ada and Ben'],
  [['Ada', 'Ben', 'Cem'], 'Ada, Ben and Cem'],
  [
    Array.from({ length: 25 }, (_, index) => `N${index}`),
    `${Array.from({ length: 20 }, (_, index) => `N${index}`).join(', ')} and 5 more`,
  ],
])('names %s', (names, expected) => {
  expect(named(names)).toBe(expected);
});
