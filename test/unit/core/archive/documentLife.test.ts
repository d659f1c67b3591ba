// What may be done with a document when: its versions, what is said of it, what a check found, and on which lists it stands.
import { describe, expect, it } from 'vitest';
import { documentLists, documentRows, reviewStateOn } from '../../../../shared/core/archive/documentLists.ts';
import {
  addVersion,
  type Disposal,
  demandRoom,
  describe as describeAnew,
  isReclassified,
  maxVersions,
  newDocument,
  noteCheck,
  unavailability,
} from '../../../../shared/core/archive/documents.ts';
import { listPartition } from '../../../../shared/core/records.ts';
import { StateConflictError } from '../../../../shared/errors.ts';
import { archived, earlier, facts, later, versionOf } from './archived.ts';

const proposed: Disposal = {
  proposedAt: earlier,
  retainedUntil: '2024-01-30',
  basis: 'Five years.',
  approvals: [],
  executeAfter: null,
  executedAt: null,
};
const disposed: Disposal = { ...proposed, executeAfter: earlier, executedAt: earlier };

describe('a version', () => {
  it('is numbered from 1 without gaps, and the latest is what the document shows', () => {
    const { number: _number, ...sealed } = versionOf(1);
    let document = newDocument(facts, 'public');
    for (let number = 1; number <= maxVersions; number++) {
      const added = addVersion(document, { ...sealed, name: `policy-${number}.pdf` });
      expect(added.version).toEqual({ ...sealed, name: `policy-${number}.pdf`, number });
      document = added.after;
      expect(document.latest).toMatchObject({ number, name: `policy-${number}.pdf`, sealedAt: sealed.sealedAt });
      expect(document.versions).toBe(number);
      expect(document.firstSealedAt).toBe(sealed.sealedAt);
    }
    expect(() => addVersion(document, sealed)).toThrow(StateConflictError);
  });

  it('does not change when the document was first sealed, but for the first', () => {
    const { number: _number, ...sealed } = versionOf(1);
    const once = addVersion(newDocument(facts, 'public'), sealed).after;
    const twice = addVersion(once, { ...sealed, sealedAt: later }).after;
    expect([once.firstSealedAt, twice.firstSealedAt, twice.latest?.sealedAt]).toEqual([earlier, earlier, later]);
  });

  it('shows neither who sent it nor its text on lists', () => {
    const { after } = addVersion(newDocument(facts, 'public'), versionOf(1));
    expect(Object.keys(after.latest ?? {}).toSorted()).toEqual(
      ['condition', 'name', 'number', 'pages', 'sealedAt', 'sha256', 'size', 'type'].toSorted(),
    );
  });

  it.each([
    ['on its way out', proposed],
    ['gone', disposed],
  ])('is not added to a document that is %s', (_what, disposal) => {
    expect(() => demandRoom(archived({ disposal }))).toThrow(StateConflictError);
    expect(() => addVersion(archived({ disposal }), versionOf(3))).toThrow(StateConflictError);
  });
});

describe('describing a document anew', () => {
  const other = { ...facts, title: 'Another title' };

  it('changes what is said of it and nothing else', () => {
    const document = archived({ damaged: [{ version: 1, as: 'text' }], keepUntil: '2040-12-31', disposal: proposed });
    expect(describeAnew(document, other)).toEqual({ ...document, facts: other });
  });

  it.each([
    ['kind', { kind: 'report' }],
    ['body', { bodyId: null }],
    ['period', { period: { from: '2024-01-01', to: '2024-12-31' } }],
  ] as const)(
    'as one of another %s drops its disposal: what was approved was so of another document',
    (_what, more) => {
      const after = { ...facts, ...more };
      expect([isReclassified(facts, after), isReclassified(after, facts)]).toEqual([true, true]);
      const document = archived({ disposal: { ...proposed, executeAfter: earlier } });
      expect(describeAnew(document, after)).toEqual({ ...document, facts: after, disposal: null });
    },
  );

  it('in everything else leaves its class as it is, and the same period is the same however it is written', () => {
    const period = { from: '2024-01-01', to: '2024-12-31' };
    const review = { ownerId: 'ann', next: '2025-01-01' };
    const before = { ...facts, period };
    const after = { ...before, title: 'Other', language: 'fr', replaces: 'id', review };
    expect(isReclassified(before, { ...after, period: { to: period.to, from: period.from } })).toBe(false);
  });

  it('is refused when it is gone', () => {
    expect(() => describeAnew(archived({ disposal: disposed }), other)).toThrow(StateConflictError);
  });
});

describe('a check', () => {
  it('that finds a version changed keeps it from being served until it is found good again', () => {
    const [first, second] = [
      { version: 1, as: 'original' },
      { version: 2, as: 'original' },
    ] as const;
    const once = noteCheck(noteCheck(archived(), second, false), first, false);
    expect(once.damaged).toEqual([first, second]);
    expect(noteCheck(once, second, false)).toEqual(once);
    const restored = noteCheck(once, first, true);
    expect(restored.damaged).toEqual([second]);
    expect([unavailability(restored, 1) === null, unavailability(restored, 2) === null]).toEqual([true, false]);
    expect(noteCheck(restored, second, true)).toEqual(archived());
  });

  it('tells the file of a version and its text apart', () => {
    const both = noteCheck(
      noteCheck(archived(), { version: 1, as: 'original' }, false),
      { version: 1, as: 'text' },
      false,
    );
    expect(both.damaged).toHaveLength(2);
    const restored = noteCheck(both, { version: 1, as: 'original' }, true);
    expect(restored.damaged).toEqual([{ version: 1, as: 'text' }]);
  });
});

describe('the rows of a document', () => {
  const review = { ownerId: 'ann', next: '2024-12-31' };
  const listsOf = (more: Parameters<typeof archived>[0]) =>
    documentRows('id', archived(more)).map(({ key }) => key.partition);
  const kind = listPartition(documentLists.ofKind('policy'));
  const [reviews, disposals] = [listPartition(documentLists.reviews), listPartition(documentLists.disposals)];

  it.each([
    ['at rest', {}, [kind]],
    ['to be reviewed', { facts: { ...facts, review } }, [kind, reviews]],
    ['on its way out', { disposal: proposed }, [kind, disposals]],
    ['both', { facts: { ...facts, review }, disposal: proposed }, [kind, reviews, disposals]],
    ['gone', { facts: { ...facts, review }, disposal: disposed }, [kind]],
  ])('stand on the lists of what is to be done about it: %s', (_what, more, lists) => {
    expect(listsOf(more)).toEqual(lists);
  });

  it('are none for a document that is not there yet', () => {
    expect(documentRows('id', undefined)).toEqual([]);
  });

  it('say when a document went, and sort reviews by day and proposals by age', () => {
    const [row] = documentRows('id', archived({ disposal: disposed }));
    expect(row?.card).toMatchObject({ id: 'id', title: facts.title, disposedAt: earlier });
    const rows = documentRows('id', archived({ facts: { ...facts, review }, disposal: proposed }));
    expect(rows.map(({ key }) => key.sort)).toEqual(['id', '2024-12-31#id', `${earlier}#id`]);
  });
});

it.each([
  ['2024-06-29', 'overdue'],
  ['2024-06-30', 'due'],
  ['2024-08-29', 'due'],
  ['2024-08-30', 'later'],
] as const)('a review of %s is %s on 30 June, when 60 days are notice', (next, state) => {
  expect(reviewStateOn(next, '2024-06-30', '2024-08-29')).toBe(state);
});
