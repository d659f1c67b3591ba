/** An officer places a legal hold. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import { type Hold, holdsKey, withHold } from '../../shared/core/archive/retention.ts';
import { changeRecord, moveRows, recordKey } from '../../shared/core/records.ts';
import { type FieldError, NotFoundError, ValidationError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { holdRow, holdsIn, presentHold, writeHolds } from './holds.ts';

export const placeHold = operation(archiveRoutes.placeHold, async ({ body, caller, now, act }, { records, newId }) => {
  if (caller.personId === null) throw new NotFoundError();
  await demandKnown(records, body.scope);
  const id = newId();
  const hold: Hold = { ...body, placedBy: caller.personId, placedAt: now, release: null };
  const { stored, writes } = changeRecord('hold', id, undefined, hold, act, body.reason);
  const inForce = await records.get(holdsKey);
  return {
    body: presentHold(stored),
    version: stored.version,
    location: `/v1/holds/${id}`,
    writes: [
      ...writes,
      ...moveRows([], [holdRow(stored)]),
      writeHolds(inForce, withHold(holdsIn(inForce), id, body.scope)),
    ],
  };
});

/** @throws {ValidationError} it names documents or bodies that the book does not know. */
async function demandKnown(records: RecordStore, scope: Hold['scope']): Promise<void> {
  const errors: FieldError[] = [];
  for (const [field, kind, ids] of [
    ['/scope/documentIds', 'document', scope.documentIds],
    ['/scope/bodyIds', 'body', scope.bodyIds],
  ] as const) {
    const unique = [...new Set(ids)];
    const items = unique.length === 0 ? [] : await records.getMany(unique.map(one => recordKey(kind, one)));
    for (const [index, one] of ids.entries()) {
      if (items[unique.indexOf(one)] === undefined) {
        errors.push({ in: 'body', field: `${field}/${index}`, message: 'Is not known to the book.' });
      }
    }
  }
  if (errors.length > 0) throw new ValidationError(errors);
}
