/** How the log is stored, and how far it is published: where every run begins. */
import { checkpointText, readCheckpoint, type SignedCheckpoint, verdictOn } from '../../shared/core/log/checkpoints.ts';
import { introductionOf, logKeyList } from '../../shared/core/log/keys.ts';
import { readKey, type VerifierKey, verifierKey } from '../../shared/core/log/notes.ts';
import { type Head, isSame } from '../../shared/core/log/proofs.ts';
import { handoverKey, headIn, headKey, type Seals, sealKey } from '../../shared/core/log/sequencing.ts';
import { emptyRoot } from '../../shared/core/log/tree.ts';
import { listPartition } from '../../shared/core/records.ts';
import { LogForkError, type Published } from '../../shared/ports/logStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import type { SequencerServices } from './services.ts';

export type StoredHead = Head & {
  /** 0 while none is stored. */
  readonly version: number;
};

export interface PublishedHead {
  readonly head: Head;
  readonly signed: SignedCheckpoint;
  readonly raw: Published;
}

/** A key that signs, and what the log says of it. */
export interface SigningKey {
  readonly signer: Signer;
  readonly key: VerifierKey;
  /** Of its introduction; null while it has no place. */
  readonly introduced: Seals | null;
  /** Whether the proof is kept that it was introduced under the key before it. */
  readonly isHandedOver: boolean;
}

export interface Stand {
  readonly head: StoredHead;
  readonly published: PublishedHead | undefined;
  /** The newest first. */
  readonly keys: readonly SigningKey[];
}

/** @throws {LogForkError} what is stored and what is published do not go together. */
export async function readStand(services: SequencerServices): Promise<Stand> {
  const stand = await readPublished(services);
  const { head, published } = stand;
  if (published === undefined) return stand;
  const { size, root } = published.head;
  if (size > head.size) {
    throw new LogForkError(`The published checkpoint has ${size} entries and the records only ${head.size}`);
  }
  if (size === head.size && !isSame(root, head.root)) {
    throw new LogForkError(`The published checkpoint and the records have different roots at ${size} entries`);
  }
  return stand;
}

/** The same, whether they go together or not. @throws {LogForkError} what is published is no checkpoint of this log. */
export async function readPublished({ records, store, signers, origin }: SequencerServices): Promise<Stand> {
  const own = await Promise.all(
    signers.map(async signer => ({ signer, key: verifierKey(origin, 'ed25519', await signer.publicKey()) })),
  );
  // The checkpoint before the head, which never falls behind what was published before it was read.
  const raw = await store.readCheckpoint();
  const [item, ...found] = await records.getMany([
    headKey,
    ...own.flatMap(({ key }) => [sealKey(introductionOf(key)), handoverKey(key.id)]),
  ]);
  const head =
    item === undefined ? { size: 0, root: emptyRoot, version: 0 } : { ...headIn(item.data), version: item.version };
  const keys = own.map((one, place) => ({
    ...one,
    introduced: (found[2 * place]?.data as unknown as Seals | undefined) ?? null,
    isHandedOver: found[2 * place + 1] !== undefined,
  }));
  return { head, published: raw && (await publishedIn(raw, own, { records, origin })), keys };
}

async function publishedIn(
  raw: Published,
  own: readonly { readonly key: VerifierKey }[],
  { records, origin }: Pick<SequencerServices, 'records' | 'origin'>,
): Promise<PublishedHead> {
  const signed = readCheckpoint(raw.content);
  if (signed !== null && signed.checkpoint.origin === origin) {
    const { size, root } = signed.checkpoint;
    const isOurs =
      isSignedByOne(
        signed,
        own.map(({ key }) => key),
      ) ||
      // None of those that signed is left: a key was lost, or replaced at once.
      isSignedByOne(signed, await recordedKeys(records));
    if (isOurs) return { head: { size, root }, signed, raw };
  }
  throw new LogForkError('The published checkpoint is none that a key of this log has signed');
}

/** By one of them at least, and none of theirs is wrong. */
function isSignedByOne({ note }: SignedCheckpoint, keys: readonly VerifierKey[]): boolean {
  const verdicts = keys.map(key => verdictOn(note, key).is);
  return verdicts.includes('good') && !verdicts.includes('wrong');
}

/** The keys that the book itself has introduced. Nobody changes them so often that these would not be all of them. */
async function recordedKeys(records: RecordStore): Promise<VerifierKey[]> {
  const partition = listPartition(logKeyList);
  const { items } = await records.query({ table: 'records', partition, order: 'descending', limit: 100 });
  return items.map(({ data }) => readKey(String(data.key))).filter(key => key !== null);
}

/** What the keys of the log sign. */
export const textOf = ({ size, root }: Head, origin: string) => checkpointText({ origin, size, root, extensions: [] });
