/** The keys of the log, as records of the book: which keys were ever its own stands in the log itself. */
import type { Write } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { type Act, changeRecord, moveRows, rowKey } from '../records.ts';
import { keyText, type VerifierKey } from './notes.ts';

/** The record of kind `log-key`, named by the identifier of the key. */
export interface LogKey {
  /** `book.example.org/log+0aca0475+AfOJ...` */
  readonly key: string;
}

/** All of them, in the order in which they were introduced. */
export const logKeyList = 'log-keys';

/** What the list shows of a key. */
export interface LogKeyCard extends LogKey {
  readonly id: string;
  readonly recordedAt: Instant;
}

/** The event by which a key became one of the log, and the statement of it. */
export const introductionOf = ({ id }: VerifierKey) => ({ kind: 'log-key', id, version: 1 }) as const;

/** The record of a key that the book has not known, its event and its row. */
export function introduceKey(key: VerifierKey, act: Act): Write[] {
  const data: LogKey = { key: keyText(key) };
  const card: LogKeyCard = { ...data, id: key.id, recordedAt: act.at };
  const row = { key: rowKey(logKeyList, `${act.at}#${key.id}`), card: { ...card } };
  return [...changeRecord('log-key', key.id, undefined, data, act).writes, ...moveRows([], [row])];
}
