/** What is sealed: as long for one vote as for another, and good for one ballot only. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { problemOf, saidIn, sealedText } from '../../../../shared/core/decisions/sealing.ts';
import { choices } from '../../../../shared/core/decisions/votes.ts';

const whose = { resolutionId: 'a resolution', personId: 'a person' };
const options = ['Ada', 'Ben', 'Eve'];
const election = { method: 'plurality', places: 2, options } as const;

it('comes back as it was said', () => {
  for (const choice of choices) expect(saidIn(sealedText(whose, choice, null), whose, null)).toBe(choice);
  fc.assert(
    fc.property(fc.subarray(options), chosen => {
      const said = chosen.length === 0 ? 'abstain' : chosen;
      expect(saidIn(sealedText(whose, said, election), whose, election)).toEqual(said);
    }),
  );
});

it('is as long for one vote as for another', () => {
  expect(new Set(choices.map(choice => sealedText(whose, choice, null).length)).size).toBe(1);
  const votes = ['abstain' as const, ['Ada'], ['Eve', 'Ben']];
  expect(new Set(votes.map(said => sealedText(whose, said, election).length)).size).toBe(1);
});

it('is no ballot of anybody else, in no other vote', () => {
  const text = sealedText(whose, 'yes', null);
  for (const other of [{ personId: 'another' }, { resolutionId: 'another' }, { personId: 'a person~0' }])
    expect(() => saidIn(text, { ...whose, ...other }, null)).toThrow(/somebody else/);
  expect(() => saidIn(text, whose, election)).toThrow(/other options/);
  expect(() => saidIn(`${text}0`, whose, null)).toThrow(/says nothing/);
  expect(() => saidIn(text.slice(0, -1), whose, null)).toThrow(/says nothing/);
  expect(() => saidIn(`${text.slice(0, -1)}7`, whose, null)).toThrow(/says nothing/);
});

it.each([
  ['yes', null, null],
  ['abstain', null, null],
  [['Ada'], null, /no election/],
  ['abstain', election, null],
  [['Ada', 'Eve'], election, null],
  ['yes', election, /is an election/],
  [['Ada', 'Ben', 'Eve'], election, /2 options at most/],
  [['Ada', 'Ada'], election, /once/],
  [['Zoe'], election, /of the list: Ada; Ben; Eve/],
] as const)('says what is wrong with %j', (said, of, problem) => {
  const found = problemOf(said, of);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toMatch(problem);
});
