/** What is said in public of records: all that is meant for everybody, and nothing else, whatever their state. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStated, publicFormOf } from '../../../../shared/core/log/publicForms.ts';
import { type RecordKind, recordKinds } from '../../../../shared/core/records.ts';
import type { JsonObject } from '../../../../shared/ports/recordStore.ts';

/** Texts that begin with `open` are for everybody, those that begin with `closed` for nobody but those who are in the book. */
const facts = { name: 'open name', purpose: 'open purpose', parentBodyId: 'open parent' };
const seat = {
  bodyId: 'open body',
  personId: 'open person',
  office: 'open office',
  title: 'open title',
  voting: true,
  weight: 3,
  group: 'open group',
  term: { from: '2024-01-01', to: null },
};
const body = {
  kind: 'committee',
  term: { from: '2024-01-01', to: null },
  publishesSeats: false,
  history: [{ ...facts, from: '2024-01-01' }],
};
const cited = {
  documentId: 'open-document',
  version: 2,
  title: 'open cited',
  name: 'open file',
  sha256: 'open digest',
};
const content = {
  title: 'open title',
  category: 'open category',
  summary: 'open summary',
  language: 'open language',
  period: { from: '2024-01-01', to: '2024-12-31' },
  links: [{ title: 'open link', url: 'https://open.example' }],
  documents: [cited],
};
const disclosure = {
  content,
  edition: 1,
  correction: null,
  publishAt: '2024-02-01T00:00:00.000Z',
  enteredAt: '2024-01-31T00:00:00.000Z',
  withdrawal: null,
  formerlyCited: [{ documentId: 'closed former', version: 1 }],
};
const document = {
  facts: {
    title: 'open title',
    kind: 'open kind',
    language: 'open language',
    period: null,
    bodyId: 'open body',
    replaces: 'open replaced',
    review: { ownerId: 'closed owner', next: 'closed day' },
  },
  access: 'public',
  versions: 2,
  latest: { number: 2, name: 'closed name', type: 'closed type', sha256: 'closed digest', sealedAt: 'closed time' },
  firstSealedAt: 'closed first',
  damaged: [{ version: 1, as: 'closed rendition' }],
  keepUntil: 'closed until',
  disposal: {
    proposedAt: 'closed proposal',
    retainedUntil: 'closed retention',
    basis: 'closed basis',
    approvals: [{ by: 'closed officer', at: 'closed approval' }],
    executeAfter: 'closed after',
    executedAt: 'open disposed',
  },
};
const rule = { name: 'open rule', majorities: [] };
const count = { count: { yes: 2, groups: [{ name: 'open group' }] }, standings: [{ option: 'open option', votes: 2 }] };
const resolution = {
  bodyId: 'open body',
  motion: {
    title: 'open title',
    preamble: 'open preamble',
    text: 'open text',
    language: 'open language',
    effectiveOn: 'open day',
    attachments: [{ documentId: 'closed document', version: 7, sha256: 'open digest' }],
    followUp: { personId: 'closed person', due: 'open due' },
    election: { method: 'open method', places: 1, options: ['open option'] },
    effects: [
      {
        kind: 'amends',
        resolutionId: 'closed other',
        replacement: { title: 'open new title', preamble: '', text: '' },
      },
      { kind: 'approves-minutes', meetingId: 'open meeting' },
    ],
  },
  textVersion: 4,
  draftedBy: 'closed author',
  mover: { by: 'closed mover', at: 'open moved' },
  seconder: { by: 'closed seconder', at: 'open seconded' },
  aside: null,
  confidential: null,
  underAmendment: null,
  vote: {
    openedAt: 'open opening',
    openedBy: 'closed opener',
    closesAt: 'open closing',
    rule,
    ruleWhenRecused: { ...rule, name: 'open other rule' },
    inOffice: 3,
    people: 3,
    fixed: 5,
    groups: [{ name: 'closed groups' }],
    meetingId: 'open vote meeting',
    sealKey: { kid: 'closed key' },
    shutAt: 'closed shutting',
    tie: count,
    casting: { by: 'closed chair', at: 'open cast', choice: 'yes' },
    result: {
      ...count,
      countedAt: 'open counting',
      decidedBy: 'rule',
      outcome: { carried: true, reasons: [{ kind: 'open reason' }] },
      election: { elected: ['open option'], reasons: 'closed election' },
    },
  },
  consent: {
    openedAt: 'open consent',
    openedBy: 'closed consent opener',
    basis: 'open basis',
    source: 'open source',
    quorum: 'closed quorum',
    textHash: 'open hash',
    expiresAt: 'open expiry',
    objectionsUntil: 'open until',
    timeZone: 'closed zone',
    signatures: [{ by: 'closed signatory', at: 'closed signature', textHash: 'closed signed' }],
    objection: { by: 'closed objector', at: 'closed objection', reason: 'closed objecting' },
    wakeAt: 'closed waking',
    decided: {
      at: 'open decision',
      carried: true,
      signatories: ['closed member'],
      reasons: [{ kind: 'open consent reason' }],
    },
  },
  adoption: { at: 'open adoption', from: 'open from', number: 'open number', withoutEffect: [0] },
  done: { by: 'closed doer', at: 'open done', note: 'closed note' },
  later: [{ kind: 'amends', resolutionId: 'closed later', number: 'open later', from: 'open later day' }],
};
const rules = { fixedSeats: 3, groups: [], notice: { source: 'open notice' }, rules: { ordinary: rule } };
const kept = { years: null, from: 'sealed', basis: 'open basis' };

const whole: Partial<Record<RecordKind, object>> = {
  organisation: { history: [{ legalName: 'open name', mission: 'open mission', from: '2024-01-01' }] },
  body,
  seat,
  disclosure,
  document,
  resolution,
  rulebook: { history: [{ ...rules, from: '2024-01-01' }] },
  'retention-schedule': { history: [{ from: '2024-01-01', rules: { articles: kept } }] },
};

const formOf = (kind: RecordKind, data: object) => publicFormOf(kind, data as JsonObject);
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];
const marked = (value: unknown, mark: string) => new Set(textsIn(value).filter(text => text.startsWith(mark)));

describe('what is said in public', () => {
  it.each(Object.entries(whole) as [RecordKind, object][])(
    'of a %s is all that is open, and nothing that is closed',
    (kind, data) => {
      const form = formOf(kind, data);
      expect(marked(form, 'open')).toEqual(marked(data, 'open'));
      expect(JSON.stringify(form)).not.toContain('closed');
    },
  );

  it.each<[string, RecordKind, object]>([
    ['a draft', 'disclosure', { ...disclosure, publishAt: null }],
    ...['members', 'body', 'officers', 'confidential'].map(
      access => [`a document for ${access}`, 'document', { ...document, access }] as [string, RecordKind, object],
    ),
    ['a document without a version', 'document', { ...document, versions: 0, latest: null }],
    ['a resolution that is not adopted', 'resolution', { ...resolution, adoption: null }],
    ['a confidential resolution', 'resolution', { ...resolution, confidential: { reason: 'x', reviewOn: 'y' } }],
  ])('is nothing of %s', (_, kind, data) => {
    expect(formOf(kind, data)).toBeNull();
  });

  it('is nothing of people, uploads, holds and whatever else is for some only', () => {
    const closed = recordKinds.filter(kind => !isStated(kind));
    expect(closed).toEqual(expect.arrayContaining(['person', 'upload', 'retrieval', 'hold', 'recusal', 'declaration']));
    for (const kind of closed) expect(formOf(kind, { history: [], publishAt: '2024', access: 'public' })).toBeNull();
  });

  it('of a withdrawn disclosure is a tombstone: no summary, no links, no documents', () => {
    const withdrawal = { at: '2024-03-01T00:00:00.000Z', reason: 'open withdrawal' };
    const form = formOf('disclosure', { ...disclosure, withdrawal });
    expect(form).toMatchObject({
      title: 'open title',
      summary: null,
      links: [],
      documents: [],
      withdrawnAt: withdrawal.at,
    });
    expect(marked(form, 'open')).toEqual(new Set(['open title', 'open category', 'open language', 'open withdrawal']));
  });

  it('of a dissolved body leaves out facts that were to hold after its end', () => {
    const later = { ...facts, name: 'closed name', from: '2025-01-01' };
    const form = formOf('body', {
      ...body,
      term: { from: '2024-01-01', to: '2024-12-31' },
      history: [...body.history, later],
    });
    expect(form).toMatchObject({ dissolved: '2024-12-31', history: body.history });
  });

  it('of a document says nothing new when a version is added, its files are damaged or its disposal is proposed', () => {
    const { executedAt: _, ...proposed } = document.disposal;
    const present = { ...document, disposal: { ...proposed, executedAt: null } };
    const before = formOf('document', { ...present, versions: 1, disposal: null, damaged: [], keepUntil: null });
    expect(formOf('document', present)).toEqual(before);
    expect(formOf('document', document)).toEqual({ ...before, disposedAt: 'open disposed' });
  });

  it('of a resolution leaves out what is not there', () => {
    const bare = {
      ...resolution,
      motion: { ...resolution.motion, followUp: null, election: null, attachments: [], effects: [] },
      ...{ mover: null, seconder: null, done: null, vote: null, consent: null, later: [] },
    };
    const none = { followUp: null, done: null, election: null, mover: null, seconder: null, vote: null, consent: null };
    expect(formOf('resolution', bare)).toMatchObject({ ...none, attachments: [], effects: [], later: [] });
    const { vote } = resolution;
    expect(formOf('resolution', { ...bare, vote: { ...vote, tie: null, casting: null } })).toMatchObject({
      vote: { tie: null, casting: null, result: { elected: ['open option'], number: 'open number' } },
    });
  });

  /** Any part of a record may be missing, as it is while a record comes to be. */
  it('is never anything closed, in whatever state a record is', () => {
    const kinds = Object.entries(whole) as [RecordKind, object][];
    const nullable = [
      'vote',
      'consent',
      'adoption',
      'done',
      'mover',
      'withdrawal',
      'publishAt',
      'disposal',
      'confidential',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.subarray(nullable),
        fc.constantFrom('public', 'members', 'confidential'),
        fc.string({ minLength: 12 }),
        ([kind, data], missing, access, secret) => {
          const marker = `closed ${secret}`;
          const told = JSON.parse(JSON.stringify(data), (field, value) =>
            missing.includes(field) ? null : typeof value === 'string' && value.startsWith('closed') ? marker : value,
          );
          const form = formOf(kind, kind === 'document' ? { ...told, access } : told);
          expect(textsIn(form)).not.toContain(marker);
        },
      ),
    );
  });
});
