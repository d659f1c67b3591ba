/** Keeping: how long, what holds longer, how a document leaves, and whether all bytes are still what was sealed. */
import * as z from 'zod/mini';
import { documentKinds } from '../core/archive/documents.ts';
import { maxHeld, scheduleId, triggers } from '../core/archive/retention.ts';
import { exampleDocument, exampleId } from './documentExamples.ts';
import { disposal, document, kind, period, sha256 } from './documentSchemas.ts';
import { cursor, date, historyOf, id, instant, limit, line, on, pageOf, proofState, reason } from './fields.ts';
import { resource } from './route.ts';

const rule = z
  .strictObject({
    kind,
    years: z.nullable(z.int().check(z.minimum(0), z.maximum(200))).check(z.describe('For ever when null.')),
    from: z.enum(triggers).check(z.describe('From the end of the period that it is about, or from its sealing.')),
    basis: line(500).check(z.describe('Why: the statute, the policy.')),
  })
  .check(z.meta({ id: 'RetentionRule' }));

const rules = z
  .array(rule)
  .check(
    z.refine(
      (list: readonly { readonly kind: string }[]) =>
        list.length === documentKinds.length && new Set(list.map(one => one.kind)).size === documentKinds.length,
      `Needs one rule for each kind of document: ${documentKinds.join(', ')}.`,
    ),
  );

const schedule = z
  .strictObject({
    from: z.nullable(date).check(z.describe('The day from which it holds; null for the one that Minutebook brings.')),
    rules,
    history: historyOf(z.strictObject({ from: date, rules: z.array(rule) })),
    version: z.int().check(z.minimum(0), z.describe('If-Match names it; 0 while none is recorded.')),
    proof: proofState,
  })
  .check(z.meta({ id: 'RetentionSchedule' }));

const scope = z
  .strictObject({
    documentIds: z.array(id).check(z.maxLength(maxHeld)),
    bodyIds: z.array(id).check(z.maxLength(maxHeld)),
    period: period.check(z.describe('All documents about, or of, any of these days.')),
  })
  .check(
    z.refine(
      value => value.documentIds.length + value.bodyIds.length > 0 || value.period !== null,
      'Name at least one document, one body or a period.',
    ),
    z.meta({ id: 'HoldScope' }),
  );

const hold = z
  .strictObject({
    id,
    title: line(200).check(z.describe('The name of the case.')),
    reason: z.string(),
    scope,
    placedBy: id,
    placedAt: instant,
    release: z.nullable(z.strictObject({ by: id, at: instant, reason: z.string() })),
    version: z.int(),
  })
  .check(z.meta({ id: 'Hold' }));

const exampleHold = {
  id: '01890a5d-ac96-774b-bcce-b302099a8072',
  title: 'Audit of the 2023 accounts',
  reason: 'The auditors asked to keep everything.',
  scope: { documentIds: [], bodyIds: [], period: { from: '2023-01-01', to: '2023-12-31' } },
  placedBy: '01890a5d-ac96-774b-bcce-b302099a8058',
  placedAt: '2024-02-09T12:00:00.000Z',
  release: null,
  version: 1,
};
const exampleRules = documentKinds.map(one => ({
  kind: one,
  years: null,
  from: 'sealed' as const,
  basis: 'Kept for ever.',
}));
const exampleDisposal = {
  proposedAt: '2031-01-01T03:00:00.000Z',
  retainedUntil: '2030-12-31',
  basis: 'Seven years after the period.',
  approvals: [],
  executeAfter: null,
  executedAt: null,
};
const holdParams = z.strictObject({ holdId: id });
const documentParams = z.strictObject({ documentId: id });

const proves = { kind: 'retention-schedule', id: scheduleId } as const;

export const archiveRoutes = resource({
  getRetentionSchedule: {
    method: 'GET',
    path: '/v1/retention',
    summary: 'Read how long documents of each kind are kept, and why',
    query: z.strictObject({ on }),
    answer: schedule,
    status: 200,
    proves,
    example: { answer: { from: null, rules: exampleRules, history: [], version: 0, proof: null } },
  },
  updateRetentionSchedule: {
    method: 'PUT',
    path: '/v1/retention',
    summary: 'Record the schedule that holds from a day on',
    body: z.strictObject({ from: date, rules, reason }),
    answer: schedule,
    status: 200,
    command: 'updates',
    proves,
    errors: ['state-conflict'],
    example: {
      body: { from: '2024-01-01', rules: exampleRules, reason: 'Adopted by the board.' },
      answer: {
        from: '2024-01-01',
        rules: exampleRules,
        history: [{ from: '2024-01-01', rules: exampleRules }],
        version: 1,
        proof: 'pending',
      },
    },
  },
  listHolds: {
    method: 'GET',
    path: '/v1/holds',
    summary: 'List the legal holds, the latest first',
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(hold),
    status: 200,
    example: { answer: { items: [exampleHold], next: null } },
  },
  getHold: {
    method: 'GET',
    path: '/v1/holds/{holdId}',
    summary: 'Read one legal hold',
    params: holdParams,
    answer: hold,
    status: 200,
    example: { answer: exampleHold },
  },
  placeHold: {
    method: 'POST',
    path: '/v1/holds',
    summary: 'Place a legal hold: nothing that it reaches can be disposed of',
    body: z.strictObject({ title: line(200), reason, scope }),
    answer: hold,
    status: 201,
    command: 'creates',
    errors: ['state-conflict'],
    example: {
      body: { title: exampleHold.title, reason: exampleHold.reason, scope: exampleHold.scope },
      answer: exampleHold,
    },
  },
  releaseHold: {
    method: 'POST',
    path: '/v1/holds/{holdId}/release',
    summary: 'Release a legal hold',
    params: holdParams,
    body: z.strictObject({ reason }),
    answer: hold,
    status: 200,
    command: 'updates',
    errors: ['state-conflict'],
    example: { body: { reason: 'The audit is over.' }, answer: { ...exampleHold, version: 2 } },
  },
  listDisposals: {
    method: 'GET',
    path: '/v1/disposals',
    summary: 'List the documents whose disposal is proposed, the longest waiting first',
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(
      z.strictObject({ documentId: id, title: z.string(), kind, disposal }).check(z.meta({ id: 'ProposedDisposal' })),
    ),
    status: 200,
    example: {
      answer: {
        items: [{ documentId: exampleId, title: 'Old brochure', kind: 'brochure', disposal: exampleDisposal }],
        next: null,
      },
    },
  },
  approveDisposal: {
    method: 'POST',
    path: '/v1/documents/{documentId}/disposal/approve',
    summary: 'Approve the disposal of a document, as one of two officers',
    description: 'It is carried out seven days after the second approval, if nothing came up against it.',
    params: documentParams,
    answer: document,
    status: 200,
    command: 'updates',
    proves: { kind: 'document', id: '{documentId}' },
    errors: ['state-conflict'],
    example: { answer: exampleDocument },
  },
  keepDocument: {
    method: 'POST',
    path: '/v1/documents/{documentId}/disposal/keep',
    summary: 'Keep a document longer, until the end of a day',
    params: documentParams,
    body: z.strictObject({ until: date, reason }),
    answer: document,
    status: 200,
    command: 'updates',
    proves: { kind: 'document', id: '{documentId}' },
    errors: ['state-conflict'],
    example: { body: { until: '2040-12-31', reason: 'Of historical interest.' }, answer: exampleDocument },
  },
  getArchiveState: {
    method: 'GET',
    path: '/v1/archive',
    summary: 'Read whether the archive still holds what was sealed',
    description: 'Every file is read again within a period and compared with its digest.',
    answer: z
      .strictObject({
        at: z.nullable(instant).check(z.describe('When this was counted; null before the first time.')),
        files: z.int(),
        bytes: z.int(),
        good: z.int().check(z.describe('Of these, read again within the period and found as they were sealed.')),
        failed: z.int(),
        oldestCheckAt: z.nullable(instant),
        latestCheckAt: z.nullable(instant),
        periodDays: z.number(),
      })
      .check(z.meta({ id: 'ArchiveState' })),
    status: 200,
    example: {
      answer: {
        at: '2024-02-09T12:00:00.000Z',
        files: 21,
        bytes: 812_113,
        good: 21,
        failed: 0,
        oldestCheckAt: '2024-01-15T03:00:00.000Z',
        latestCheckAt: '2024-02-09T11:00:00.000Z',
        periodDays: 30,
      },
    },
  },
  listDamaged: {
    method: 'GET',
    path: '/v1/archive/damaged',
    summary: 'List the files that are not what was sealed any more',
    answer: z
      .strictObject({
        items: z.array(
          z.strictObject({
            documentId: id,
            title: z.string(),
            number: z.int(),
            as: z.enum(['original', 'text']),
            sha256,
            result: z.enum(['changed', 'missing']),
            checkedAt: z.nullable(instant),
          }),
        ),
      })
      .check(z.meta({ id: 'Damaged' })),
    status: 200,
    example: {
      answer: {
        items: [
          {
            documentId: exampleId,
            title: 'Annual Report 2023',
            number: 1,
            as: 'original',
            sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
            result: 'changed',
            checkedAt: '2024-02-09T11:00:00.000Z',
          },
        ],
      },
    },
  },
});
