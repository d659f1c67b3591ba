/** What is said of a document has to fit the rest of the book. */
import { type AccessLevel, type Facts, maySeeAll } from '../../shared/core/archive/documents.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import { recordKey } from '../../shared/core/records.ts';
import { type FieldError, ValidationError } from '../../shared/errors.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** @throws {ValidationError} it names a body, a person or a document that the book does not know. One read, or none. */
export async function demandKnown(records: RecordStore, facts: Facts): Promise<void> {
  const named = [
    { field: '/bodyId', key: facts.bodyId === null ? null : recordKey('body', facts.bodyId) },
    { field: '/replaces', key: facts.replaces === null ? null : recordKey('document', facts.replaces) },
    { field: '/review/ownerId', key: facts.review === null ? null : recordKey('person', facts.review.ownerId) },
  ].flatMap(({ field, key }) => (key === null ? [] : [{ field, key }]));
  if (named.length === 0) return;
  const items = await records.getMany(named.map(({ key }) => key));
  const errors = named.filter((_, index) => items[index] === undefined).map(({ field }) => unknown(field));
  if (errors.length > 0) throw new ValidationError(errors);
}

const unknown = (field: string): FieldError => ({ in: 'body', field, message: 'Is not known to the book.' });

/** @throws {ValidationError} the level needs a body, or hides the document from the caller. */
export function demandLevel(caller: Caller, access: AccessLevel, bodyId: string | null): void {
  const wrong = (field: string, message: string) => new ValidationError([{ in: 'body', field, message }]);
  if (access === 'body' && bodyId === null) {
    throw wrong('/bodyId', 'A document with the access level "body" needs a body.');
  }
  if (!maySeeAll(caller, access, bodyId)) throw wrong('/access', 'Choose a level that you may see yourself.');
}
