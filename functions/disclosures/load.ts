/** Loads a disclosure for a caller, and writes one with its rows and its place in the catalogue. */
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { type Catalogue, catalogueKey, emptyCatalogue, recount, rowsOf } from '../../shared/core/disclosureLists.ts';
import { type Disclosure, isPublic } from '../../shared/core/disclosures.ts';
import { type Act, changeRecord, moveRows, replaceItem, type Stored } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import type { Decision } from '../../shared/http/operation.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';
import type { JsonObject, RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { writeReferences } from './documents.ts';
import { type PresentedDisclosure, presentDisclosure } from './present.ts';

/** @throws {NotFoundError} there is none, or the caller may not see it yet: the two do not differ. */
export async function loadVisible(
  records: RecordStore,
  id: string,
  caller: Caller,
  now: Instant,
): Promise<Stored<Disclosure>> {
  const disclosure = await readRecord<Disclosure>(records, 'disclosure', id);
  if (!isPublic(disclosure.data, now) && !may(caller, 'see unpublished disclosures')) throw new NotFoundError();
  return disclosure;
}

/** The record after a change, and everything that has to be committed for it. */
export async function writeDisclosure(
  records: RecordStore,
  id: string,
  before: Stored<Disclosure> | undefined,
  after: Disclosure,
  act: Act,
  reason: string | null = null,
): Promise<{ readonly stored: Stored<Disclosure>; readonly writes: readonly Write[] }> {
  const { stored, writes } = changeRecord('disclosure', id, before, after, act, reason);
  if (writes.length === 0) return { stored, writes };
  const rows = moveRows(rowsOf(id, before?.data), rowsOf(id, after));
  const counted = before?.data.publishAt != null || after.publishAt !== null;
  const references = await writeReferences(records, id, before?.data, after);
  return { stored, writes: [...writes, ...rows, ...references, ...(counted ? [await writeCatalogue()] : [])] };

  async function writeCatalogue(): Promise<Write> {
    const item = await records.get(catalogueKey);
    const catalogue = (item?.data as unknown as Catalogue | undefined) ?? emptyCatalogue;
    const next = recount(catalogue, id, before?.data, after, act.at);
    return replaceItem(catalogueKey, item, next as unknown as JsonObject);
  }
}

/** What a command on one disclosure is given. */
interface ChangeInput {
  readonly params: { readonly disclosureId: string };
  readonly caller: Caller;
  readonly now: Instant;
  readonly expected: number;
  readonly act: Act;
}

interface Decided {
  readonly after: Disclosure;
  readonly reason?: string;
  readonly writes?: readonly Write[];
}

/** A command on one disclosure: load what the caller may see, at the version the caller read; decide; write. */
export async function changeDisclosure(
  records: RecordStore,
  { params, caller, now, expected, act }: ChangeInput,
  decide: (before: Disclosure) => Decided | Promise<Decided>,
): Promise<Decision<PresentedDisclosure>> {
  const before = await loadVisible(records, params.disclosureId, caller, now);
  expectVersion(before, expected);
  const { after, reason = null, writes: more = [] } = await decide(before.data);
  const { stored, writes } = await writeDisclosure(records, params.disclosureId, before, after, act, reason);
  return { body: presentDisclosure(stored, now), version: stored.version, writes: [...writes, ...more] };
}
