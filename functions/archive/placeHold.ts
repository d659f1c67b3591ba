/** An officer places a legal hold. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import { type ArchivedDocument, isDisposed } from '../../shared/core/archive/documents.ts';
import { type Hold, holdsKey, withHold } from '../../shared/core/archive/retention.ts';
import { changeRecord, moveRows, recordKey } from '../../shared/core/records.ts';
import { type FieldError, NotFoundError, ValidationError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import type { Item, RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { holdRow, holdsIn, presentHold, writeHolds } from './holds.ts';

export const placeHold = operation(archiveRoutes.placeHold, async ({ body, caller, now, act }, { records, newId }) => {
  if (caller.personId === null) throw new NotFoundError();
  const checks = await demandThere(records, body.scope);
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
      ...checks,
    ],
  };
});

/**
 * @returns the demands that what is named is still there when this is committed.
 * @throws {ValidationError} it names documents or bodies that the book does not know, or that are gone.
 */
async function demandThere(records: RecordStore, scope: Hold['scope']): Promise<Write[]> {
  const errors: FieldError[] = [];
  const checks: Write[] = [];
  for (const [field, kind, ids] of [
    ['/scope/documentIds', 'document', scope.documentIds],
    ['/scope/bodyIds', 'body', scope.bodyIds],
  ] as const) {
    const unique = [...new Set(ids)];
    const items = unique.length === 0 ? [] : await records.getMany(unique.map(one => recordKey(kind, one)));
    for (const [index, one] of ids.entries()) {
      const item = items[unique.indexOf(one)];
      const problem = problemOf(kind, item);
      if (problem !== null) errors.push({ in: 'body', field: `${field}/${index}`, message: problem });
    }
    if (kind === 'document') {
      checks.push(
        ...items.flatMap((item): Write[] =>
          item === undefined ? [] : [{ check: item.key, expect: { version: item.version } }],
        ),
      );
    }
  }
  if (errors.length > 0) throw new ValidationError(errors);
  return checks;
}

function problemOf(kind: 'document' | 'body', item: Item | undefined): string | null {
  if (item === undefined) return 'Is not known to the book.';
  const isGone = kind === 'document' && isDisposed(item.data as unknown as ArchivedDocument);
  return isGone ? 'Was disposed of: nothing is left to hold.' : null;
}
