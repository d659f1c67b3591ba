/** Erasing personal data from what was recorded, so that nobody can show it, nor prove a guess of it; the log stays whole. */
import type { Item, JsonObject, Write } from '../../ports/recordStore.ts';
import type { BookEvent } from '../records.ts';
import { unsealedKey } from './outbox.ts';
import { type Seals, sealKey } from './sequencing.ts';

/** True when the event tells a value of one of the fields. */
export const tellsOf = (event: BookEvent, fields: readonly string[]) =>
  event.changes.some(({ field, from, to }) => fields.includes(field) && (from !== null || to !== null));

/** The event without the values of these fields; it says that they were erased. */
export function withoutValues(event: BookEvent, fields: readonly string[]): BookEvent {
  const gone = event.changes.map(({ field }) => field).filter(field => fields.includes(field));
  return {
    ...event,
    changes: event.changes.filter(({ field }) => !fields.includes(field)),
    erased: [...new Set([...(event.erased ?? []), ...gone])],
  };
}

/** So many writes take the values out of an event, at most. */
export const writesToErase = 3;

/**
 * Takes the values out of an event, and the salt from its seal: without it a seal says nothing of what was sealed. What waits to be sealed
 * is sealed without the values.
 * @param event its seals, and its row on the list of what is to be sealed, as they were read.
 */
export function eraseValues(
  event: Item,
  { seals, row }: { readonly seals: Item | undefined; readonly row: Item | undefined },
  fields: readonly string[],
): Write[] {
  const data = withoutValues(event.data as unknown as BookEvent, fields);
  const rewritten = over(event, data as unknown as JsonObject);
  if (seals === undefined) {
    const unsealed: Write = { check: sealKey(data.record), expect: 'absent' };
    // Who has read the event as it was, and seals it just now, conflicts.
    return [
      rewritten,
      unsealed,
      row === undefined ? { check: unsealedKey(data.id), expect: 'absent' } : over(row, row.data),
    ];
  }
  const { event: seal, statement } = seals.data as unknown as Seals;
  const left: Seals = { event: { ...seal, salt: null }, statement };
  return [rewritten, over(seals, left as unknown as JsonObject)];
}

const over = ({ key, version }: Item, data: JsonObject): Write => ({
  put: { key, version: version + 1, data },
  expect: { version },
  forgets: true,
});
