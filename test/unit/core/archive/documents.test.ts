// Who may see what of a document in which state, written out a second time; and what may be done with a document when.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccessLevel,
  type ArchivedDocument,
  accessLevels,
  changeAccess,
  type Disposal,
  isReferred,
  maySeeAll,
  publicVersions,
  type References,
  unavailability,
  unfitness,
  visibleVersions,
} from '../../../../shared/core/archive/documents.ts';
import { bodyKinds, type Caller, offices } from '../../../../shared/core/authorisation.ts';
import { StateConflictError } from '../../../../shared/errors.ts';
import { archived, callers, earlier, facts, later, now, reference, seat, seated, versionOf } from './archived.ts';

const { draft, scheduled, published, withdrawn } = reference;
const proposed: Disposal = {
  proposedAt: earlier,
  retainedUntil: '2024-01-30',
  basis: 'Five years.',
  approvals: [],
  executeAfter: null,
  executedAt: null,
};
const disposed: Disposal = { ...proposed, executeAfter: earlier, executedAt: earlier };
const damaged = [
  { version: 1, as: 'original' },
  { version: 2, as: 'text' },
] as const;

/** The states of a document with versions 1 and 2, and what refers to it in them. */
const states: Readonly<Record<string, { document?: Partial<ArchivedDocument>; references?: References }>> = {
  'no version': { document: { versions: 0, latest: null, firstSealedAt: null } },
  unreferenced: {},
  'in a draft': { references: { a: draft(1) } },
  'in a scheduled': { references: { a: scheduled(1) } },
  'in a published': { references: { a: published(1) } },
  'another published': { references: { a: published(2) } },
  'both published': { references: { a: published(1), b: published(2) } },
  'in two editions': { references: { a: published(1, 2) } },
  withdrawn: { references: { a: withdrawn(1, 2) } },
  'withdrawn, again': { references: { a: withdrawn(1), b: published(1), c: scheduled(2) } },
  proposed: { document: { disposal: proposed } },
  disposed: { document: { disposal: disposed }, references: { a: withdrawn(1) } },
  'damaged 1': { document: { damaged: [damaged[0]] } },
  'damaged 1, public': { document: { damaged: [damaged[0]] }, references: { a: published(1) } },
};

/** What each sees: `*` all, `1`, `2` or `12` those versions only, `-` nothing, as if the document did not exist. */
const matrix = `
level         state               public  stranger  member  seated  director  secretary  treasurer  auditor  administrator
public        no version          -       -         -       -       *         *          *          *        -
public        unreferenced        -       -         -       -       *         *          *          *        -
public        in a draft          -       -         -       -       *         *          *          *        -
public        in a scheduled      -       -         -       -       *         *          *          *        -
public        in a published      1       1         1       1       *         *          *          *        1
public        another published   2       2         2       2       *         *          *          *        2
public        both published      12      12        12      12      *         *          *          *        12
public        in two editions     12      12        12      12      *         *          *          *        12
public        withdrawn           -       -         -       -       *         *          *          *        -
public        withdrawn, again    1       1         1       1       *         *          *          *        1
public        proposed            -       -         -       -       *         *          *          *        -
public        disposed            -       -         -       -       *         *          *          *        -
public        damaged 1           -       -         -       -       *         *          *          *        -
public        damaged 1, public   1       1         1       1       *         *          *          *        1
members       whatever it is      -       -         *       *       *         *          *          *        *
body          whatever it is      -       -         -       *       *         *          *          *        -
officers      whatever it is      -       -         -       -       *         *          *          *        -
confidential  whatever it is      -       -         -       -       -         *          *          *        -`;

const [head = '', ...lines] = matrix.trim().split('\n');
const names = head.split(/ {2,}/).slice(2) as (keyof typeof callers)[];
const cells = lines.flatMap(line => {
  const [level = '', named = '', ...marks] = line.split(/ {2,}/);
  const all = named === 'whatever it is' ? Object.keys(states) : [named];
  return all.map(state => ({ level: level as AccessLevel, state, marks }));
});
const given = (state: string, level: AccessLevel) => {
  const { document = {}, references = {} } = states[state] ?? {};
  return { document: archived({ access: level, ...document }), references };
};
const markOf = (sees: 'all' | ReadonlySet<number> | null) => {
  if (sees === null) return '-';
  return sees === 'all' ? '*' : [...sees].sort().join('');
};

describe('the matrix of access levels, callers and states', () => {
  it('is complete, and says everything once', () => {
    const all = accessLevels.flatMap(level => Object.keys(states).map(state => `${level}: ${state}`));
    expect(cells.map(({ level, state }) => `${level}: ${state}`)).toEqual(all);
    expect(names).toEqual(Object.keys(callers));
    expect(cells.every(({ marks }) => marks.length === names.length)).toBe(true);
  });

  it.each(cells)(
    'shows a document of the level $level, $state, to exactly these: $marks',
    ({ level, state, marks }) => {
      const { document, references } = given(state, level);
      const seen = names.map(name => markOf(visibleVersions(callers[name], document, references, now)));
      expect(seen).toEqual(marks);
      const open = [...publicVersions(document, references, now)].sort().join('');
      expect(open).toBe(level === 'public' ? (marks[0] ?? '').replace('-', '') : '');
    },
  );
});

/** Whether versions 1 and 2 can be had, and stand in a draft or in something public: `x` if so, when the level is public. */
const uses = `
state               had1  had2  draft1  draft2  public1  public2
unreferenced        x     x     x       x       x        x
in a draft          x     x     x       x       x        x
in a scheduled      x     x     x       x       x        x
in a published      x     x     x       x       x        x
another published   x     x     x       x       x        x
both published      x     x     x       x       x        x
in two editions     x     x     x       x       x        x
withdrawn           x     x     x       x       x        x
withdrawn, again    x     x     x       x       x        x
proposed            x     x     -       -       -        -
disposed            -     -     -       -       -        -
damaged 1           -     x     -       x       -        x
damaged 1, public   -     x     -       x       -        x`;
const used = uses
  .trim()
  .split('\n')
  .slice(1)
  .map(line => line.split(/ {2,}/));

describe('a version', () => {
  it('is spoken of in every state that has one', () => {
    expect(['no version', ...used.map(([state]) => state)]).toEqual(Object.keys(states));
  });

  it.each(used)(
    'of a document that is "%s" can be had, drafted and made public: %s %s %s %s %s %s',
    (state, ...marks) => {
      for (const level of accessLevels) {
        const { document } = given(state ?? '', level);
        const reasons = [
          ...[1, 2].map(number => unavailability(document, number)),
          ...[false, true].flatMap(isPublic => [1, 2].map(number => unfitness(document, versionOf(number), isPublic))),
        ];
        const expected = level === 'public' ? marks : [...marks.slice(0, 4), '-', '-'];
        expect(reasons.map(reason => (reason === null ? 'x' : '-'))).toEqual(expected);
        expect(reasons).not.toContain('');
      }
    },
  );

  it('with a damaged text can be had as a file, and the other way round', () => {
    for (const [as, other] of [
      ['original', 'text'],
      ['text', 'original'],
    ] as const) {
      const document = archived({ damaged: [{ version: 1, as }] });
      expect(unavailability(document, 1, as)).toContain('not what was sealed');
      expect([unavailability(document, 1, other), unavailability(document, 2, as)]).toEqual([null, null]);
    }
    expect(unavailability(archived({ disposal: disposed }), 1, 'text')).not.toBeNull();
  });

  it.each(['encrypted', 'broken', 'unread'] as const)(
    'that is %s can be had, but stands in no disclosure',
    condition => {
      const document = archived();
      const version = versionOf(2, { condition });
      expect(unavailability(document, 2)).toBeNull();
      for (const isToBePublic of [false, true]) expect(unfitness(document, version, isToBePublic)).toContain('sound');
    },
  );
});

const anyReference = (kinds: readonly (keyof typeof reference)[]) =>
  fc
    .tuple(fc.constantFrom(...kinds), fc.uniqueArray(fc.integer({ min: 1, max: 3 })))
    .map(([kind, versions]) => reference[kind](...versions));
const anyReferences = (...kinds: (keyof typeof reference)[]): fc.Arbitrary<References> =>
  fc.dictionary(fc.string(), anyReference(kinds), { maxKeys: 5 });
const anyLevel = fc.constantFrom(...accessLevels);
const anySeat = fc
  .record({
    office: fc.constantFrom(...offices),
    bodyKind: fc.constantFrom(...bodyKinds),
    bodyId: fc.constantFrom('committee', 'board'),
    voting: fc.boolean(),
    to: fc.constantFrom(null, '2024-06-29'),
    bodyTerm: fc.constantFrom({ from: '2020-01-01', to: null }, { from: '2020-01-01', to: '2024-06-29' }),
  })
  .map(seat);
const anyCaller: fc.Arbitrary<Caller> = fc.array(anySeat, { maxLength: 3 }).map(seats => seated(...seats));
const anyDocument = fc
  .record({
    access: anyLevel,
    facts: fc.constantFrom(facts, { ...facts, bodyId: null }),
    damaged: fc.subarray([...damaged]),
    disposal: fc.constantFrom(null, proposed, disposed),
  })
  .map(archived);

describe('access', () => {
  it('is given to nobody without a seat while nothing published refers to the document, whatever the level', () => {
    const references = anyReferences('draft', 'scheduled', 'withdrawn');
    fc.assert(
      fc.property(anyDocument, references, (document, refer) => {
        for (const caller of [callers.public, callers.stranger]) {
          expect(visibleVersions(caller, document, refer, now)).toBeNull();
        }
        expect(publicVersions(document, refer, now).size).toBe(0);
      }),
    );
  });

  it('without a seat is to published versions of a public document, all of them and no other', () => {
    const references = anyReferences('draft', 'scheduled', 'published', 'withdrawn');
    fc.assert(
      fc.property(anyDocument, references, (document, refer) => {
        const open = Object.values(refer).flatMap(({ versions, publishAt, withdrawn: gone }) =>
          publishAt === now && !gone ? versions : [],
        );
        const expected = document.access === 'public' && open.length > 0 ? new Set(open) : null;
        expect(visibleVersions(callers.public, document, refer, now)).toEqual(expected);
      }),
    );
  });

  it('nests: whoever may see a level may see every wider one; a public document waits among those who publish', () => {
    const nested = accessLevels.slice(1);
    fc.assert(
      fc.property(anyCaller, fc.constantFrom(null, 'committee', 'board'), (caller, bodyId) => {
        const sees = nested.map(level => maySeeAll(caller, level, bodyId));
        expect(sees).toEqual(sees.toSorted((a, b) => Number(b) - Number(a)));
        expect(maySeeAll(caller, 'public', bodyId)).toBe(maySeeAll(caller, 'officers', bodyId));
      }),
      { numRuns: 1000 },
    );
  });

  it('to the documents of a body is given by a seat in that very body', () => {
    expect(maySeeAll(callers.seated, 'body', 'other')).toBe(false);
    expect(maySeeAll(callers.seated, 'body', null)).toBe(false);
    expect(maySeeAll(callers.director, 'body', null)).toBe(true);
    expect(maySeeAll(seated(seat({ bodyId: 'committee', to: '2024-06-29' })), 'body', 'committee')).toBe(false);
  });

  it('is open from the very moment of publication on', () => {
    const refer = { a: scheduled(1) };
    expect(publicVersions(archived(), refer, now).size).toBe(0);
    expect([...publicVersions(archived(), refer, later)]).toEqual([1]);
  });

  it('is never to a version that is withheld, whatever else refers to it, and its document never becomes public', () => {
    const original = { versions: [1], publishAt: null, withdrawn: false, withheld: true } as const;
    const refer: References = { a: published(1, 2), 'filing#original': original };
    expect([...publicVersions(archived(), refer, now)]).toEqual([2]);
    const others = accessLevels.filter(level => level !== 'public');
    for (const access of others) {
      const document = archived({ access });
      expect(() => changeAccess(document, 'public', { 'filing#original': original })).toThrow(/name contributors/);
      const another = access === 'officers' ? 'confidential' : 'officers';
      expect(changeAccess(document, another, { 'filing#original': original }).access).toBe(another);
    }
  });

  it('is taken from the public only while nothing public or scheduled refers to the document, and then takes everything back', () => {
    const references = anyReferences('draft', 'scheduled', 'published', 'withdrawn');
    fc.assert(
      fc.property(anyDocument, anyLevel, references, (document, level, refer) => {
        const mayChange =
          document.disposal !== disposed &&
          document.access !== level &&
          (document.access !== 'public' || !isReferred(refer));
        if (!mayChange) {
          expect(() => changeAccess(document, level, refer)).toThrow(StateConflictError);
          return;
        }
        const changed = changeAccess(document, level, refer);
        expect(changed).toEqual({ ...document, access: level });
        if (level !== 'public') expect(visibleVersions(callers.public, changed, refer, later)).toBeNull();
      }),
    );
  });
});
