/** What a round does about archived bytes: lets those go that nothing uses, and has the store protect the others as it is asked now. */
import {
  type Custody,
  custodyIn,
  forgetCustody,
  isClaimed,
  isDamaged,
  lasting,
  mayLeave,
  stronger,
  strongest,
  unused,
  writeCustody,
} from '../../shared/core/archive/custody.ts';
import { type ArchivedDocument, isDisposed } from '../../shared/core/archive/documents.ts';
import { protectionOf } from '../../shared/core/archive/retention.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { BlobMissingError } from '../../shared/ports/blobStore.ts';
import type { Item, JsonObject } from '../../shared/ports/recordStore.ts';
import type { Keeping } from './keeping.ts';

/** What a round knows. */
export interface RoundKnowledge {
  readonly services: JobServices;
  /** The documents that use the bytes, by their id. */
  readonly documents: ReadonlyMap<string, ArchivedDocument>;
  readonly keeping: Keeping;
  /** The same, as it is now. */
  readonly readKeeping: () => Promise<Keeping>;
}

/** @returns what is known of the bytes then; undefined when they are gone, or about to go. */
export async function attend(item: Item, round: RoundKnowledge): Promise<Custody | undefined> {
  const custody = custodyIn(item);
  if (custody === undefined) return undefined;
  const { now } = round.keeping;
  const gone = custody.uses.filter(use => isGone(use.documentId, round)).map(use => use.documentId);
  const next = gone.reduce(unused, custody);
  if (isClaimed(next, now)) return undefined;
  if (next.leavingSince !== null || mayLeave(next, now)) return letGo(item, next, round);
  const wanted = protectionFor(next, round, round.keeping);
  const { retainUntil, hold } = next.protection;
  const isProtected = wanted.hold === hold && wanted.retainUntil === retainUntil;
  // What is not what was sealed is not locked in its place.
  if (!isProtected && !isDamaged(next)) return protect(item, next, round);
  return next === custody || (await write(item, next, round)) === undefined ? custody : next;
}

function isGone(id: string, { documents }: RoundKnowledge): boolean {
  const document = documents.get(id);
  return document !== undefined && isDisposed(document);
}

/** A crash after the first commit leaves bytes that are claimed: a later round takes them over. */
async function letGo(item: Item, next: Custody, round: RoundKnowledge): Promise<undefined> {
  const { records, blobs } = round.services;
  const sha256 = item.key.sort;
  const claimed = await write(item, { ...next, leavingSince: round.keeping.now }, round);
  if (claimed === undefined) return;
  if ((await blobs.sizeOf(sha256)) !== undefined) await blobs.protect(sha256, { retainUntil: null, hold: false });
  await blobs.remove(sha256);
  await records.commit(forgetCustody(claimed));
}

/** The store never protects less than anybody was told: it is told less only when that is on record and still true. */
async function protect(item: Item, next: Custody, round: RoundKnowledge): Promise<Custody> {
  const { blobs } = round.services;
  const sha256 = item.key.sort;
  const protection = protectionFor(next, round, round.keeping);
  try {
    await blobs.protect(sha256, stronger(next.protection, protection));
  } catch (error) {
    // Unread, they are read in this very round, which finds them missing.
    if (error instanceof BlobMissingError) return { ...next, checkedAt: null };
    throw error;
  }
  const after = { ...next, protection };
  if ((await write(item, after, round)) === undefined) return next;
  const isReleased = next.protection.hold && !protection.hold;
  if (isReleased && !protectionFor(next, round, await round.readKeeping()).hold)
    await blobs.protect(sha256, protection);
  return after;
}

/** What all documents ask for that use the bytes. */
function protectionFor({ uses, protection }: Custody, { documents }: RoundKnowledge, on: Keeping) {
  const asked = uses.flatMap(({ documentId }) => {
    const document = documents.get(documentId);
    return document === undefined ? [] : [protectionOf(documentId, document, on)];
  });
  return lasting(protection, strongest(asked), on.now);
}

/** The item as it is then; undefined when somebody else was faster: the next round will see. */
async function write(read: Item, changed: Custody, { services }: RoundKnowledge): Promise<Item | undefined> {
  try {
    await services.records.commit(writeCustody(read.key.sort, read, changed));
    return { ...read, version: read.version + 1, data: changed as unknown as JsonObject };
  } catch (error) {
    if (error instanceof VersionConflictError) return undefined;
    throw error;
  }
}
