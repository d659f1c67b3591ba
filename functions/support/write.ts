/** Checks what is said of support, and writes it with its rows. */

import type { Input } from '../../shared/contract/route.ts';
import type { supportRoutes } from '../../shared/contract/support.ts';
import { type Act, type Change, changeRecord, moveRows, type Stored } from '../../shared/core/records.ts';
import { type Support, supportRows } from '../../shared/core/support.ts';
import { type FieldError, ValidationError } from '../../shared/errors.ts';
import type { Asked } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { findPaper } from '../documents/findPaper.ts';

type Body = Input<typeof supportRoutes.createSupport>['body'];

const wrong = (field: string, message: string): FieldError => ({ in: 'body', field, message });

/**
 * Up to two reads.
 * @throws {ValidationError} it lies in the future, or its evidence is not in the archive.
 */
export async function supportFrom(
  records: RecordStore,
  body: Body,
  { caller, now }: Pick<Asked, 'caller' | 'now'>,
): Promise<{ readonly support: Support; readonly checks: readonly Write[] }> {
  const today = await readToday(records, now);
  const { evidence } = body.consent;
  const found = evidence === null ? undefined : await findPaper(records, evidence, caller, now);
  const isUnknown = evidence !== null && found === undefined;
  const errors = [
    ...(body.on > today ? [wrong('/on', 'Lies in the future.')] : []),
    ...((body.consent.on ?? today) > today ? [wrong('/consent/on', 'Lies in the future.')] : []),
    ...(isUnknown ? [wrong('/consent/evidence', 'The archive has no such version of a document.')] : []),
  ];
  if (errors.length > 0) throw new ValidationError(errors);
  const consent = { ...body.consent, evidence: found?.paper ?? null };
  return { support: { ...body, consent }, checks: found === undefined ? [] : [found.check] };
}

export function writeSupport(
  id: string,
  before: Stored<Support> | undefined,
  after: Support,
  act: Act,
): Change<Support> {
  const { stored, writes } = changeRecord('support', id, before, after, act);
  if (writes.length === 0) return { stored, writes };
  return { stored, writes: [...writes, ...moveRows(supportRows(before), supportRows(stored))] };
}
