/** Loads a resolution for a caller, and writes one with its texts and the rows that list it. */
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Body } from '../../shared/core/bodies.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { amendmentIn, isAmendment } from '../../shared/core/decisions/motions.ts';
import { type Resolution, resolutionRows, resolutionStateAt } from '../../shared/core/decisions/resolutions.ts';
import { type StoredText, textHash, textKey } from '../../shared/core/decisions/texts.ts';
import { electorateKey, proxyList, shardOf, votersOf } from '../../shared/core/decisions/votes.ts';
import {
  type Act,
  type Change,
  changeRecord,
  listPartition,
  moveRows,
  recordKey,
  type Stored,
} from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';
import type { JsonObject, RecordStore, Write } from '../../shared/ports/recordStore.ts';

/** True for whoever sees all that a body has before it, confidential or not. */
export const seesAllOf = (caller: Caller, bodyId: string) =>
  may(caller, 'see drafts of every body') || caller.bodies.has(bodyId);

/**
 * Who did what is shown to members; where a body does not publish who sits in it, only to those in it and to whoever sees such seats.
 * One read, or none.
 */
export async function seesWhoActs(records: RecordStore, caller: Caller, bodyId: string): Promise<boolean> {
  if (!may(caller, 'see who acted')) return false;
  if (caller.bodies.has(bodyId) || may(caller, 'see unpublished seats')) return true;
  return (await readRecord<Body>(records, 'body', bodyId)).data.publishesSeats;
}

const isInsider = (caller: Caller, { bodyId, aside }: Resolution) =>
  seesAllOf(caller, bodyId) || (aside?.to != null && caller.bodies.has(aside.to));

/**
 * Adopted: everybody. Put to the vote, or signed: members. Before, and what is confidential: the body, and the one that it was
 * referred to. An amendment is no decision by itself, so it stays with members; see `maySeeNow`.
 */
export function maySee(caller: Caller, resolution: Resolution, now: Instant): boolean {
  if (isInsider(caller, resolution)) return true;
  if (resolution.confidential !== null) return false;
  if (resolutionStateAt(resolution, now) === 'carried' && !isAmendment(resolution.motion)) return true;
  return (resolution.vote !== null || resolution.consent !== null) && may(caller, 'see votes');
}

/**
 * The whole of it: an amendment is no less confidential than the motion, and public with it once the body made it its text. One read
 * for amendments.
 */
export async function maySeeNow(
  records: RecordStore,
  caller: Caller,
  resolution: Resolution,
  now: Instant,
): Promise<boolean> {
  const amendment = amendmentIn(resolution.motion);
  if (amendment === undefined || isInsider(caller, resolution)) return maySee(caller, resolution, now);
  const motion = (await readRecord<Resolution>(records, 'resolution', amendment.resolutionId)).data;
  if (resolution.confidential !== null || motion.confidential !== null) return false;
  if (resolutionStateAt(resolution, now) === 'carried' && maySee(caller, motion, now)) return true;
  return maySee(caller, resolution, now);
}

/**
 * Whoever was entitled when the vote opened stays so, whatever becomes of the seat, and of what is confidential until the count; and
 * whoever may vote for somebody. One read, and a query where the rule takes proxies.
 */
async function takesPart(
  records: RecordStore,
  { personId }: Caller,
  { id, data }: Stored<Resolution>,
): Promise<boolean> {
  const { vote, confidential } = data;
  if (personId === null || vote === null) return false;
  if (confidential !== null && vote.result !== null) return false;
  const electorate = await records.get(electorateKey(id, shardOf(personId)));
  if (votersOf(electorate?.data).some(voter => voter.personId === personId)) return true;
  if (!vote.rule.proxies || vote.result !== null) return false;
  const partition = listPartition(proxyList(id, personId));
  return (await records.query({ table: 'records', partition, order: 'ascending', limit: 1 })).items.length > 0;
}

/** @throws {NotFoundError} there is none, or the caller may not see it: the two do not differ. */
export async function loadVisible(
  records: RecordStore,
  id: string,
  caller: Caller,
  now: Instant,
): Promise<Stored<Resolution>> {
  const resolution = await readRecord<Resolution>(records, 'resolution', id);
  const sees = await maySeeNow(records, caller, resolution.data, now);
  if (sees || (await takesPart(records, caller, resolution))) return resolution;
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
  const rows = moveRows(resolutionRows(id, before?.data), resolutionRows(id, after));
  return { stored, writes: [...writes, ...rows, ...writeText(id, before?.data, after, act)] };
}

/** A text is written beside the record when it becomes that of the motion, and stays. */
function writeText(id: string, before: Resolution | undefined, after: Resolution, { at, by }: Act): Write[] {
  const { motion, textVersion } = after;
  if (before?.textVersion === textVersion) return [];
  const amendment = before?.underAmendment ?? null;
  const { title, preamble, text } = motion;
  const written: StoredText = {
    textVersion,
    textHash: textHash(motion),
    at,
    by: amendment === null ? by : null,
    amendment,
    title,
    preamble,
    text,
  };
  const put = { key: textKey(id, textVersion), version: 1, data: written as unknown as JsonObject };
  return [{ put, expect: 'absent' }];
}

/** The resolution as it stands, to change it along with another. */
export async function readResolution(records: RecordStore, id: string): Promise<Stored<Resolution> | undefined> {
  const item = await records.get(recordKey('resolution', id));
  return item === undefined ? undefined : { id, version: item.version, data: item.data as unknown as Resolution };
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
