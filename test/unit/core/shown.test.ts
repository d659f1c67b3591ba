/** How records are shown to everybody, where that follows from more than their fields. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentKinds } from '../../../shared/core/archive/documents.ts';
import { defaultRules, shownHistory, shownRules } from '../../../shared/core/archive/retention.ts';
import { type Body, bodyOn, knownFacts } from '../../../shared/core/bodies.ts';
import { addDays } from '../../../shared/core/calendar.ts';
import {
  type Content,
  correct,
  type Disclosure,
  draft,
  publish,
  revise,
  versionOfEdition,
  withdraw,
} from '../../../shared/core/disclosures.ts';

const content = (title: string): Content => ({
  ...{ title, category: 'other', summary: '', language: 'en', period: null, links: [], documents: [] },
});
const now = '2024-01-01T12:00:00.000Z';

describe('the version with which an edition became what is read', () => {
  it('is found from the record as it is, however often it was revised, scheduled, corrected and withdrawn', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(8), fc.boolean(), (revisions, corrections, isWithdrawn) => {
        let data: Disclosure = draft(content('0'));
        let version = 1;
        for (let count = 0; count < revisions; count++, version++) data = revise(data, content(`r${count}`), now);
        data = publish(data, now, now);
        version++;
        const made = new Map([[1, version]]);
        for (let count = 0; count < corrections; count++) {
          data = correct(data, content(`c${count}`), 'Wrong.', now).corrected;
          made.set(data.edition, ++version);
        }
        if (isWithdrawn) {
          data = withdraw(data, 'Gone.', now);
          version++;
        }
        for (const [edition, of] of made) expect(versionOfEdition({ id: '1', version, data }, edition)).toBe(of);
      }),
    );
  });
});

describe('the facts of a body', () => {
  it('are those that it had, or will have, on some day', () => {
    const day = fc.nat(1000).map(days => addDays('2020-01-01', days));
    fc.assert(
      fc.property(fc.uniqueArray(day, { minLength: 1, maxLength: 6 }), fc.option(day), (days, end) => {
        const sorted = days.toSorted();
        const [from = ''] = sorted;
        fc.pre(end === null || end >= from);
        const history = sorted.map((begin, index) => ({
          from: begin,
          name: `${index}`,
          purpose: '',
          parentBodyId: null,
        }));
        const body: Body = { kind: 'committee', term: { from, to: end }, publishesSeats: true, history };
        const onSomeDay = new Set<unknown>();
        for (let count = 0; count <= 1000; count++) onSomeDay.add(bodyOn(body, addDays('2020-01-01', count)));
        expect(knownFacts(body)).toEqual(history.filter(facts => onSomeDay.has(facts)));
      }),
      { numRuns: 30 },
    );
  });
});

describe('rules of retention', () => {
  it('are shown as a list of all kinds, in one order', () => {
    expect(shownRules(defaultRules).map(({ kind }) => kind)).toEqual([...documentKinds]);
    const reversed = Object.fromEntries(Object.entries(defaultRules).toReversed()) as typeof defaultRules;
    expect(shownRules(reversed)).toEqual(shownRules(defaultRules));
  });

  it('are shown as they were recorded, when there were fewer kinds', () => {
    const { other: _, ...fewer } = defaultRules;
    const [shown] = shownHistory({ history: [{ from: '2024-01-01', rules: fewer as typeof defaultRules }] });
    expect(shown?.rules.map(({ kind }) => kind)).toEqual(documentKinds.filter(kind => kind !== 'other'));
  });
});
