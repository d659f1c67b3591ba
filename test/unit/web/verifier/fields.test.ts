/** A record beside what was sealed of it: nothing sealed may be changed or left out, and what was not sealed is named. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFields } from '../../../../web/verifier/fields.ts';
import type { Json, JsonRecord } from '../../../../web/verifier/json.ts';

const sealed: JsonRecord = {
  title: 'A resolution',
  person: { id: '7' },
  attachments: [{ number: 1, sha256: 'aa' }],
  vote: { result: { count: { yes: 3 } }, tie: null },
};
const shown: JsonRecord = {
  id: '1',
  title: 'A resolution',
  person: { id: '7', name: 'Somebody' },
  attachments: [{ number: 1, sha256: 'aa', document: { title: 'Paper' } }],
  vote: { mine: null, result: { count: { yes: 3 }, explanation: [] }, tie: null },
  version: 4,
  proof: null,
};

describe('the fields of a record', () => {
  it('may be more than were sealed: those are named, wherever they are', () => {
    expect(compareFields(shown, sealed).sort()).toEqual(
      ['attachments.0.document', 'person.name', 'version', 'vote.mine', 'vote.result.explanation'].sort(),
    );
  });

  it.each<[string, JsonRecord, RegExp]>([
    ['a field left out', { ...shown, title: undefined as never }, /leaves out "title"/],
    ['a field left out within', { ...shown, person: { name: 'Somebody' } }, /leaves out "person.id"/],
    ['another value', { ...shown, title: 'Another' }, /"title" of the record is not/],
    ['another value within', { ...shown, person: { id: '8' } }, /"person.id"/],
    ['something where nothing was', { ...shown, vote: { result: { count: { yes: 3 } }, tie: {} } }, /"vote.tie"/],
    ['nothing where something was', { ...shown, vote: null }, /"vote" of the record/],
    ['a list that is longer', { ...shown, attachments: [{ number: 1, sha256: 'aa' }, {}] }, /"attachments" of/],
    ['a list that is shorter', { ...shown, attachments: [] }, /"attachments" of/],
    ['another item', { ...shown, attachments: [{ number: 1, sha256: 'bb' }] }, /"attachments.0.sha256"/],
    ['an object for a list', { ...shown, attachments: { 0: { number: 1, sha256: 'aa' } } }, /"attachments" of/],
  ])('are not those that were sealed with %s', (_, record, why) => {
    expect(() => compareFields(JSON.parse(JSON.stringify(record)), sealed)).toThrow(why);
  });

  const history = [
    { from: '2020-01-01', name: 'First', purpose: '' },
    { from: '2024-01-01', name: 'Second', purpose: '' },
  ];

  it('are those of their day, where a history of them was sealed', () => {
    for (const facts of history)
      expect(compareFields({ ...facts, history, version: 2 }, { history })).toEqual(['version']);
    const other = { from: '2020-01-01', name: 'Second', purpose: '', history };
    expect(() => compareFields(other, { history })).toThrow('"name" of the record is not what was sealed');
    const { from: _, ...dayless } = other;
    expect(() => compareFields(dayless, { history })).toThrow('leaves out "from"');
    expect(() => compareFields({ ...other, from: '2021-01-01' }, { history })).toThrow('"from" of the record');
    const usual = { from: null, name: 'Usual', history };
    expect(() => compareFields(usual, { history })).toThrow('"from" of the record');
    expect(compareFields(usual, { history }, true)).toEqual(['from', 'name']);
    expect(() => compareFields({ ...usual, from: 7 }, { history }, true)).toThrow('"from" of the record');
    expect(compareFields({ from: null, name: 'Usual', history: [] }, { history: [] })).toEqual(['from', 'name']);
  });

  it('are covered by themselves, and one that is changed anywhere is found', () => {
    const records = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
    fc.assert(
      fc.property(records, fc.jsonValue(), fc.nat(), (record, value, choice) => {
        const whole = JSON.parse(JSON.stringify(record)) as JsonRecord;
        fc.pre(!('history' in whole));
        expect(compareFields(whole, whole)).toEqual([]);
        const names = Object.keys(whole);
        const name = names[choice % names.length] as string;
        // An object may show more than was sealed; anything else has to be the same.
        fc.pre(JSON.stringify(whole[name]) !== JSON.stringify(value) && !JSON.stringify(whole[name]).includes('{'));
        fc.pre(!(Object.is(whole[name], -0) || Object.is(value, -0)));
        const changed = Object.fromEntries([...Object.entries(whole), [name, value as Json]]);
        expect(() => compareFields(changed, whole)).toThrow();
      }),
    );
  });
});
