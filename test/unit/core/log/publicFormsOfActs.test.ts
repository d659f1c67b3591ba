// What is sealed for everybody of meetings, ballots, returns and supporters, and what never is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ballot } from '../../../../shared/core/decisions/votes.ts';
import { withOutbox } from '../../../../shared/core/log/outbox.ts';
import { isStated, publicFormOf } from '../../../../shared/core/log/publicForms.ts';
import type { Meeting } from '../../../../shared/core/meetings/meetings.ts';
import { changeRecord, type RecordKind, type Stored } from '../../../../shared/core/records.ts';
import type { RecordedReturn, ReturnFile } from '../../../../shared/core/returns/recorded.ts';
import { figureNames } from '../../../../shared/core/returns/returns.ts';
import type { Support } from '../../../../shared/core/support.ts';
import type { JsonObject } from '../../../../shared/ports/recordStore.ts';

const formOf = (kind: RecordKind, data: object) => publicFormOf(kind, data as JsonObject);
const time = '2024-02-09T17:00:00.000Z';
const later = '2024-02-09T19:00:00.000Z';

/** A word that stands nowhere by chance, for each place that is private. */
const secret = (place: string) => `zq-${place}-qz`;
const isSilent = (form: object | null) => expect(JSON.stringify(form)).not.toMatch(/zq-.*-qz/);

const notice: NonNullable<Meeting['notice']> = {
  givenAt: time,
  by: secret('noticed by'),
  check: { source: secret('source') } as never,
  waiver: secret('waiver'),
};
const meeting: Meeting = {
  bodyId: 'body',
  title: 'Board meeting',
  kind: 'regular',
  startsAt: time,
  endsAt: later,
  timeZone: 'America/New_York',
  place: secret('place'),
  remote: secret('remote'),
  isPublic: true,
  agenda: [{ title: secret('item'), description: secret('text'), resolutionId: secret('resolution'), documents: [] }],
  guests: [secret('guest')],
  seriesId: secret('series'),
  notice,
  cancelled: null,
  held: null,
  revisedAt: time,
};
const cancelled = { at: later, by: secret('cancelled by'), reason: 'The speaker is ill.' };
const held = { openedAt: time, closedAt: null };

describe('of a meeting', () => {
  const said = {
    ...{ bodyId: 'body', title: 'Board meeting', kind: 'regular', startsAt: time, endsAt: later },
    ...{ timeZone: 'America/New_York', cancelled: null },
  };

  it.each([
    ['only scheduled', { notice: null }, null],
    ['for the body only', { isPublic: false }, null],
    ['for the body only, and held', { isPublic: false, held }, null],
    ['cancelled before anybody was told', { notice: null, cancelled }, null],
    ['noticed', {}, { ...said, state: 'noticed' }],
    ['under way', { held }, { ...said, state: 'open' }],
    ['over', { held: { ...held, closedAt: later } }, { ...said, state: 'adjourned' }],
    ['cancelled', { cancelled }, { ...said, state: 'cancelled', cancelled: { at: later, reason: cancelled.reason } }],
  ])('that is %s, exactly what everybody may know is said', (_, change: Partial<Meeting>, form) => {
    expect(formOf('meeting', { ...meeting, ...change })).toEqual(form);
  });
});

const ballot: Ballot = {
  resolutionId: 'resolution',
  personId: secret('voter'),
  said: 'yes',
  sealed: null,
  by: secret('voter'),
  at: time,
};

describe('of a ballot', () => {
  it.each([
    ['open', {}, { choice: 'yes', at: time, byProxy: false }],
    ['in an election', { said: ['A', 'B'] }, { choice: ['A', 'B'], at: time, byProxy: false }],
    ['cast by a proxy', { by: secret('proxy') }, { choice: 'yes', at: time, byProxy: true }],
    ['secret', { said: null, sealed: secret('sealed') }, null],
    ['void', { said: null }, null],
  ])('that is %s, exactly what everybody may know is said', (_, change: Partial<Ballot>, form) => {
    expect(formOf('ballot', { ...ballot, ...change })).toEqual(form);
  });
});

const support: Support = {
  supporter: 'A foundation',
  kind: 'grant',
  amount: { amount: 1_234_567, currency: 'USD' },
  purpose: 'Anything.',
  period: null,
  on: '2024-02-09',
  consent: {
    given: true,
    on: '2024-02-08',
    shows: { as: 'recorded' },
    evidence: { documentId: secret('evidence'), version: 1, sha256: secret('hash') },
  },
  note: secret('note'),
};

describe('of a supporter', () => {
  const said = { supporter: 'A foundation', kind: 'grant', purpose: 'Anything.', period: null, on: '2024-02-09' };
  const agreed = (change: Partial<Support['consent']>) => ({ ...support, consent: { ...support.consent, ...change } });
  const range = { as: 'range', from: 1_000_000, to: 2_000_000 } as const;

  it.each([
    ['agreed to all', {}, { ...said, amount: support.amount, named: true }],
    [
      'agreed to a range',
      { shows: range },
      { ...said, amount: { from: 1_000_000, to: 2_000_000, currency: 'USD' }, named: true },
    ],
    ['agreed to the name only', { shows: { as: 'nothing' } }, { ...said, amount: null, named: true }],
    ['did not agree', { given: false }, null],
  ] as const)('who %s, exactly what everybody may know is said', (_, change, form) => {
    expect(formOf('support', agreed(change))).toEqual(form);
  });

  it('keeps the amount out of a range, and out of silence', () => {
    for (const shows of [range, { as: 'nothing' } as const]) {
      expect(JSON.stringify(formOf('support', agreed({ shows })))).not.toContain('1234567');
    }
  });
});

const paper = { documentId: secret('original'), version: 1, sha256: secret('original hash') };
const file: ReturnFile = {
  ...{ schema: '2023v4.0', schemaKnown: true, filedAt: time, initial: false, final: false, state: 'VA' },
  original: paper,
  copy: { documentId: 'copy', version: 1, sha256: 'hash', name: 'copy.xml', size: 3 },
  parts: 1,
  isWhole: true,
};
const address = { lines: ['1 Main St'], city: 'Town', region: 'VA', postalCode: '1', country: 'US' };
const recorded: RecordedReturn = {
  ...{ filingId: 'us-irs-return~2023-12-31', submission: 1, form: '990', amended: false, ein: '012345678' },
  ...{ period: { from: '2023-01-01', to: '2023-12-31' }, name: 'Test Society', postcard: null, recordedAt: time },
  figures: { totalRevenue: { value: 17, source: 'Line 12' }, employees: { value: 3, source: 'Line 5' } },
  file,
  recordedBy: secret('reader'),
};
const postcardOf = (officer: typeof address): RecordedReturn['postcard'] => ({
  ...{ legalName: 'Test Society', otherNames: [], address, website: null, terminated: false },
  officer: { name: 'An Officer', address: officer },
  receiptsNormallyAtMost50000: true,
});

describe('of a return', () => {
  it('the figures are said as the API shows them, and which copy tells the rest', () => {
    const form = formOf('return', recorded) as Record<string, Record<string, unknown>>;
    const { amounts, counts, ...rest } = form;
    expect(Object.keys({ ...amounts, ...counts }).sort()).toEqual([...figureNames].sort());
    expect(amounts).toMatchObject({ totalRevenue: { amount: 1700, currency: 'USD', source: 'Line 12' } });
    expect(counts).toMatchObject({ employees: { count: 3, source: 'Line 5' }, volunteers: null });
    const { figures, file: _, recordedBy, ...facts } = recorded;
    expect(rest).toEqual({
      ...facts,
      content: {
        ...{ schema: '2023v4.0', schemaKnown: true, filedAt: time, initial: false, final: false, state: 'VA' },
        complete: true,
      },
      publicCopy: { ...file.copy, url: '/v1/documents/copy/versions/1/file' },
    });
  });

  it.each([
    ["the organisation's own, is said", address, { name: 'An Officer', address }, 0],
    ['private, is not', { ...address, city: secret('city') }, { name: 'An Officer' }, 1],
  ])('on a postcard, the address of an officer that is %s', (_, officer, shown, withheld) => {
    const form = formOf('return', { ...recorded, form: '990-N', file: null, postcard: postcardOf(officer) });
    expect(form).toMatchObject({ content: null, publicCopy: null, postcard: { legalName: 'Test Society' } });
    expect(form?.postcard).toHaveProperty('officer', shown);
    expect(form?.withheld).toHaveLength(withheld);
    isSilent(form);
  });
});

describe('what is private', () => {
  const bool = fc.boolean();

  it('is in no statement, whatever state a record is in', () => {
    const states = fc.record({ a: bool, b: bool, c: bool, d: bool });
    fc.assert(
      fc.property(states, ({ a, b, c, d }) => {
        isSilent(
          formOf('meeting', {
            ...meeting,
            isPublic: a,
            notice: b ? notice : null,
            cancelled: c ? cancelled : null,
            held: d ? held : null,
          }),
        );
        isSilent(formOf('ballot', { ...ballot, said: a ? 'no' : null, sealed: b ? secret('jwe') : null }));
        const shows = b ? ({ as: 'recorded' } as const) : ({ as: 'nothing' } as const);
        isSilent(formOf('support', { ...support, consent: { ...support.consent, given: a, shows } }));
        const postcard = a ? postcardOf({ ...address, lines: [secret('lane')] }) : null;
        isSilent(formOf('return', { ...recorded, postcard, file: b ? file : null }));
      }),
    );
  });

  it('is all there is of some kinds', () => {
    const silent: readonly RecordKind[] = [
      ...(['person', 'upload', 'retrieval', 'hold', 'recusal', 'proxy', 'declaration'] as const),
      ...(['attendance', 'minutes', 'calendar-address', 'compliance', 'obligation', 'fiscal-year'] as const),
      ...(['filing', 'copy-request', 'policy'] as const),
    ];
    for (const kind of silent) {
      expect(isStated(kind)).toBe(false);
      expect(formOf(kind, { name: secret('name'), history: [], content: {}, text: '' })).toBeNull();
    }
  });
});

describe('what is meant for everybody no more', () => {
  const act = { operation: 'updateSupport', by: 'somebody', at: time, eventId: '01890a5d-ac96-774b-bcce-b302099a8071' };
  const refused: Support = { ...support, consent: { ...support.consent, given: false } };
  const stored = (data: Support, version: number): Stored<Support> => ({ id: 's', version, data });
  const movedTo = (before: Support, after: Support) =>
    withOutbox(changeRecord('support', 's', stored(before, 4), after, act).writes).flatMap(write =>
      'remove' in write ? [`- ${write.remove.sort}`] : 'put' in write ? [`+ ${write.put.key.sort}`] : [],
    );

  it('is led to by nothing any more; what was sealed stays where it is', () => {
    expect(movedTo(support, refused)).toContain('- stated');
    expect(movedTo(support, refused).filter(one => one.includes('statement'))).toEqual([]);
    expect(movedTo(refused, support)).toEqual(expect.arrayContaining(['+ statement#0000000005', '+ stated']));
  });

  it('is left alone where nothing was said, or where it goes on being said', () => {
    const other = { ...refused, purpose: 'Something else.' };
    expect(movedTo(refused, other).filter(one => one.includes('state'))).toEqual([]);
    expect(movedTo(support, { ...support, note: 'Another.' }).filter(one => one.includes('state'))).toEqual([]);
  });
});

it('is far shorter than what an item of the store holds, at its longest', () => {
  const long = (length: number) => '\u20ac'.repeat(length);
  const figures = Object.fromEntries(figureNames.map(name => [name, { value: 999_999_999_999, source: long(100) }]));
  const longest = [
    formOf('meeting', { ...meeting, title: long(200), cancelled: { ...cancelled, reason: long(2000) } }),
    formOf('ballot', { ...ballot, said: Array.from({ length: 100 }, () => long(200)) }),
    formOf('support', { ...support, supporter: long(200), purpose: long(500) }),
    formOf('return', { ...recorded, name: long(300), figures, postcard: postcardOf(address) }),
  ];
  for (const form of longest) expect(Buffer.byteLength(JSON.stringify(form))).toBeLessThan(100_000);
});
