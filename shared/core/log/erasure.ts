/** Erasing personal data from what was recorded, so that nobody can show it, nor prove a guess of it; the log stays whole. */
import type { Item, JsonObject, Write } from '../../ports/recordStore.ts';
import { type BookEvent, eventKey } from '../records.ts';
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

/**
 * Takes the values out of an event, and the salt from its seal: without it a seal says nothing of what was sealed.
 * @param event and its seals as they were read.
 */
export function eraseValues(event: Item, seals: Item, fields: readonly string[]): Write[] {
  const data = withoutValues(event.data as unknown as BookEvent, fields);
  const { event: seal, statement } = seals.data as unknown as Seals;
  const { kind, id, version } = data.record;
  const left: Seals = { event: { ...seal, salt: null }, statement };
  return [
    over(event, eventKey(kind, id, version), data as unknown as JsonObject),
    over(seals, sealKey(data.record), left as unknown as JsonObject),
  ];
}

const over = ({ version }: Item, key: Item['key'], data: JsonObject): Write => ({
  put: { key, version: version + 1, data },
  expect: { version },
});
