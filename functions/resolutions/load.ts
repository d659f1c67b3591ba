/** Loads a resolution for a caller, and writes one with the rows that list it. */
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import {
  electorateKey,
  type Resolution,
  resolutionRows,
  resolutionStateAt,
  shardOf,
} from '../../shared/core/decisions/resolutions.ts';
import { type Act, type Change, changeRecord, moveRows, type Stored } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';
import type { Item, RecordStore } from '../../shared/ports/recordStore.ts';

/** Adopted: everybody. Put to the vote: members. Before: the body. */
export function maySee(caller: Caller, resolution: Resolution, now: Instant): boolean {
  if (resolutionStateAt(resolution, now) === 'carried') return true;
  if (resolution.vote !== null) return may(caller, 'see votes');
  return may(caller, 'see drafts of every body') || caller.bodies.has(resolution.bodyId);
}

/** Whoever was entitled when the vote opened stays so, whatever becomes of the seat. One read. */
async function isEntitled(
  records: RecordStore,
  { personId }: Caller,
  { id, data }: Stored<Resolution>,
): Promise<boolean> {
  if (personId === null || data.vote === null) return false;
  return votersIn(await records.get(electorateKey(id, shardOf(personId)))).includes(personId);
}

/** The people of one shard of an electorate. */
export const votersIn = (electorate: Item | undefined) => (electorate?.data.people ?? []) as readonly string[];

/** @throws {NotFoundError} there is none, or the caller may not see it: the two do not differ. */
export async function loadVisible(
  records: RecordStore,
  id: string,
  caller: Caller,
  now: Instant,
): Promise<Stored<Resolution>> {
  const resolution = await readRecord<Resolution>(records, 'resolution', id);
  if (maySee(caller, resolution.data, now) || (await isEntitled(records, caller, resolution))) return resolution;
  throw new NotFoundError();
}

/** The record after a change, and everything that has to be committed for it. */
export function writeResolution(
  id: string,
  before: Stored<Resolution> | undefined,
  after: Resolution,
  act: Act,
  reason: string | null = null,
): Change<Resolution> {
  const { stored, writes } = changeRecord('resolution', id, before, after, act, reason);
  if (writes.length === 0) return { stored, writes };
  return { stored, writes: [...writes, ...moveRows(resolutionRows(id, before?.data), resolutionRows(id, after))] };
}

interface ChangeInput {
  readonly params: { readonly resolutionId: string };
  readonly caller: Caller;
  readonly now: Instant;
  readonly expected: number;
}

/** The resolution that a command is about, at the version that the caller read. */
export async function loadExpected(records: RecordStore, input: ChangeInput): Promise<Stored<Resolution>> {
  const before = await loadVisible(records, input.params.resolutionId, input.caller, input.now);
  expectVersion(before, input.expected);
  return before;
}
