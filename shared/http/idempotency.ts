/** Idempotency keys: a command that is sent twice is carried out once, and answered twice with the same answer. */
import { createHmac } from 'node:crypto';
import { sha256 } from '../core/digest.ts';
import { replaceItem } from '../core/records.ts';
import { AlreadyExistsError, IdempotencyKeyReusedError } from '../errors.ts';
import type { JsonObject, Key, RecordStore, Write } from '../ports/recordStore.ts';
import type { Call, Response } from './call.ts';

/** How long a key is remembered. */
export const rememberedSeconds = 24 * 60 * 60;

export interface Keyed {
  /** The answer that the key was given before, when it was. */
  readonly answered: Response | null;
  /** The write that makes the key's answer known, for the same commit as the change. */
  readonly remember: (response: Response) => Write;
}

/**
 * Looks a key up for the caller who sent it.
 * @throws {IdempotencyKeyReusedError} the key was sent before, with another request.
 */
export async function lookUpKey(key: string, call: Call, request: string, records: RecordStore): Promise<Keyed> {
  const owner = `${call.identity?.issuer}\n${call.identity?.subject}`;
  const at: Key = { table: 'expiring', partition: `idempotency#${sha256(`${owner}\n${key}`)}`, sort: 'answer' };
  // With the key itself, which the store does not hold: else whoever reads the store could try out what a request may have said.
  const fingerprint = createHmac('sha256', key).update(request).digest('hex');
  const nowSeconds = Math.floor(call.startedAt.getTime() / 1000);
  const found = await records.get(at);
  const known = found !== undefined && (found.expiresAt ?? 0) > nowSeconds ? found : undefined;
  if (known !== undefined && known.data.fingerprint !== fingerprint) throw new IdempotencyKeyReusedError();
  if (known?.data.response === null) {
    throw new AlreadyExistsError('This was carried out already; its answer is shown only once. Send a new request.');
  }
  const isSecret = call.operation?.implementation.route.answeredOnce === true;
  return {
    answered: (known?.data.response as unknown as Response | undefined) ?? null,
    remember: response => {
      const data = { fingerprint, response: isSecret ? null : (response as unknown as JsonObject) };
      return replaceItem(at, found, data, nowSeconds + rememberedSeconds);
    },
  };
}
