/** Loads what a supporter gave, for whoever may know of it. */
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Stored } from '../../shared/core/records.ts';
import type { Support } from '../../shared/core/support.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** Everybody may know of supporters that agreed to be named. @throws {NotFoundError} */
export async function loadSupport(records: RecordStore, id: string, caller: Caller): Promise<Stored<Support>> {
  const support = await readRecord<Support>(records, 'support', id);
  if (support.data.consent.given || may(caller, 'see compliance')) return support;
  throw new NotFoundError();
}
