/** The secretary says which document of the archive is the policy on a topic, from a day on. */
import { governanceRoutes } from '../../shared/contract/governance.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant, PlainDate } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { designate, type Policy, type PolicyText, policyRow } from '../../shared/core/governance/policies.ts';
import { changeRecord, moveRows, recordKey, stored } from '../../shared/core/records.ts';
import { type FieldError, PreconditionFailedError, ValidationError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { type FoundPaper, findPaper } from '../documents/findPaper.ts';
import { presentPolicy } from './present.ts';

export const designatePolicy = operation(
  governanceRoutes.designatePolicy,
  async ({ params, body, caller, now, expected, act }, { records }) => {
    const { topic } = params;
    const item = await records.get(recordKey('policy', topic));
    const before = item === undefined ? undefined : stored<Policy>(topic, item);
    if ((before?.version ?? 0) !== expected) throw new PreconditionFailedError();
    const { text, checks } =
      body.text === null ? { text: null, checks: [] } : await demandText(records, body.text, body.from, caller, now);
    const after = designate(before?.data, body.from, text);
    const { stored: made, writes } = changeRecord('policy', topic, before, after, act, body.reason);
    return {
      body: presentPolicy(made),
      version: made.version,
      writes: [...writes, ...moveRows(before === undefined ? [] : [policyRow(before)], [policyRow(made)]), ...checks],
    };
  },
);

/**
 * The text, bound to its bytes, and the demand that the document is still what was read. Two reads.
 * @throws {ValidationError} the archive has no such version, it is no policy, or the resolution did not adopt it by that day.
 */
async function demandText(
  records: RecordStore,
  { documentId, version, resolutionId }: Omit<PolicyText, 'sha256'>,
  from: PlainDate,
  caller: Caller,
  now: Instant,
): Promise<{ text: PolicyText; checks: readonly Write[] }> {
  const found = await findPaper(records, { documentId, version }, caller, now);
  const errors = [
    ...(found?.document.facts.kind === 'policy' ? [] : [wrongPaper(found)]),
    ...(resolutionId === null ? [] : await adoptionProblems(records, resolutionId, from)),
  ];
  if (found === undefined || errors.length > 0) throw new ValidationError(errors);
  return { text: { ...found.paper, resolutionId }, checks: [found.check] };
}

const wrong = (field: string, message: string): FieldError => ({ in: 'body', field, message });

const wrongPaper = (found: FoundPaper | undefined) =>
  found === undefined
    ? wrong('/text/version', 'The archive has no such version of a document.')
    : wrong('/text/documentId', 'The document is not of the kind "policy". Describe it as one first.');

/** What was adopted stays adopted: nothing has to be demanded of it when this is committed. */
async function adoptionProblems(records: RecordStore, resolutionId: string, from: PlainDate): Promise<FieldError[]> {
  const item = await records.get(recordKey('resolution', resolutionId));
  const adoption = (item?.data as unknown as Resolution | undefined)?.adoption ?? null;
  if (adoption?.number == null) {
    return [wrong('/text/resolutionId', 'No such resolution was adopted. Name one of the register of a body.')];
  }
  if (adoption.from <= from) return [];
  return [wrong('/from', `The resolution holds from ${adoption.from} on. Name that day, or a later one.`)];
}
