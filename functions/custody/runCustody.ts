/**
 * The round of the archive: forgets what was abandoned, lets go of what may go, tells the store what to protect, reads a share of
 * all bytes again, and counts.
 *
 * Each step can be broken off and done again at any point.
 */
import {
  archiveStateKey,
  type Custody,
  countArchive,
  custodyIn,
  custodyList,
  forgetCustody,
  isClaimed,
  isDamaged,
  lasting,
  mayLeave,
  shareOf,
  stronger,
  strongest,
  type Use,
  unused,
  writeCustody,
} from '../../shared/core/archive/custody.ts';
import { type ArchivedDocument, isDisposed } from '../../shared/core/archive/documents.ts';
import { protectionOf } from '../../shared/core/archive/retention.ts';
import { instant } from '../../shared/core/calendar.ts';
import { organisationId } from '../../shared/core/organisation.ts';
import { listPartition, recordKey } from '../../shared/core/records.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { allPages, readEach } from '../../shared/http/read.ts';
import { BlobMissingError } from '../../shared/ports/blobStore.ts';
import type { Item, JsonObject } from '../../shared/ports/recordStore.ts';
import { forgetAbandoned } from './abandoned.ts';
import { checkAsked } from './checkAsked.ts';
import { checkBytes } from './checkBytes.ts';
import { reviewDisposals } from './disposals.ts';
import { type Keeping, readKeeping } from './keeping.ts';

export interface Round {
  /** Every file is read again within so many days. */
  readonly periodDays: number;
  readonly hoursBetweenRounds: number;
  /** When to stop beginning with another file, in milliseconds of the clock; what is left is first in the next round. */
  readonly until?: number;
}

export async function runCustody(services: JobServices, round: Round): Promise<void> {
  const { records, now } = services;
  const organisation = await records.get(recordKey('organisation', organisationId));
  if (organisation === undefined) return;
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(...(error instanceof AggregateError ? error.errors : [error]));
  const attempt = (work: () => Promise<void>) => work().catch(note);
  await attempt(() => forgetAbandoned(services));
  await attempt(() => reviewDisposals(services, organisation));
  await attempt(() => checkAsked(services));

  const held = new Map<string, Custody>();
  const again = () => readKeeping(services, organisation);
  const keeping = await again();
  for await (const items of allPages(records, { partition: listPartition(custodyList) })) {
    const uses = items.flatMap(item => custodyIn(item)?.uses ?? []);
    const ids = uses.map(({ documentId }) => documentId);
    const documents = await readEach<ArchivedDocument>(records, 'document', ids);
    for (const item of items) {
      const custody = await attend(item, documents, keeping, again, services).catch(error => {
        note(error);
        return custodyIn(item);
      });
      if (custody !== undefined && custody.leavingSince === null) held.set(item.key.sort, custody);
    }
  }

  // What was found damaged may have been restored: it is read again in every round.
  const due = [...held].map(([sha256, custody]) => ({
    sha256,
    checkedAt: isDamaged(custody) ? null : custody.checkedAt,
  }));
  const runs = Math.max(1, (round.periodDays * 24) / round.hoursBetweenRounds);
  for (const { sha256 } of shareOf(due, runs, instant(now()), round.periodDays)) {
    if (round.until !== undefined && now().getTime() > round.until) break;
    await attempt(async () => {
      const custody = await checkBytes(sha256, services);
      if (custody !== undefined) held.set(sha256, custody);
    });
  }
  const state = countArchive([...held.values()], instant(now()), round.periodDays);
  const put = { key: archiveStateKey, version: 1, data: state as unknown as JsonObject };
  await records.commit([{ put, expect: 'any' }]);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} steps of the round failed`);
}

type Documents = ReadonlyMap<string, ArchivedDocument>;

/** Lets bytes go that nothing uses any more, or has the store protect them as their documents need it now. */
async function attend(
  item: Item,
  documents: Documents,
  keeping: Keeping,
  again: () => Promise<Keeping>,
  { records, blobs, now }: JobServices,
): Promise<Custody | undefined> {
  const sha256 = item.key.sort;
  const custody = custodyIn(item);
  if (custody === undefined) return undefined;
  const gone = [...documents].filter(([, document]) => isDisposed(document)).map(([id]) => id);
  const next = gone.filter(id => custody.uses.some(use => use.documentId === id)).reduce(unused, custody);
  const at = instant(now());
  if (isClaimed(next, at)) return undefined;
  if (next.leavingSince !== null || mayLeave(next, at)) {
    const read = await write(item, { ...next, leavingSince: at });
    if (read === undefined) return undefined;
    // A crash from here on leaves bytes that are leaving: a later round removes them.
    if ((await blobs.sizeOf(sha256)) !== undefined) await blobs.protect(sha256, { retainUntil: null, hold: false });
    await blobs.remove(sha256);
    await records.commit(forgetCustody(read));
    return undefined;
  }
  const wanted = (on: Keeping) =>
    lasting(next.protection, strongest(next.uses.flatMap(use => protectionFor(use, on))), on.now);
  const protection = wanted(keeping);
  const { retainUntil, hold } = next.protection;
  const isProtected = protection.hold === hold && protection.retainUntil === retainUntil;
  if (next === custody && isProtected) return custody;
  // What is not what was sealed is not locked in its place.
  if (isProtected || isDamaged(next)) return (await write(item, next)) === undefined ? custody : next;
  // Never less than anybody was told: weaker only once that is on record, and nobody else had counted on more by then.
  try {
    await blobs.protect(sha256, stronger(next.protection, protection));
  } catch (error) {
    // Then they are read in this round, which finds them missing.
    if (error instanceof BlobMissingError) return { ...custody, checkedAt: null };
    throw error;
  }
  const written = await write(item, { ...next, protection });
  if (written === undefined) return custody;
  if (hold && !protection.hold && !wanted(await again()).hold) await blobs.protect(sha256, protection);
  return { ...next, protection };

  function protectionFor({ documentId }: Use, on: Keeping) {
    const document = documents.get(documentId);
    return document === undefined ? [] : [protectionOf(documentId, document, on)];
  }

  /** Undefined when somebody else was faster: the next round will see. */
  async function write(read: Item, changed: Custody): Promise<Item | undefined> {
    try {
      await records.commit(writeCustody(sha256, read, changed));
      return { ...read, version: read.version + 1, data: changed as unknown as JsonObject };
    } catch (error) {
      if (error instanceof VersionConflictError) return undefined;
      throw error;
    }
  }
}
