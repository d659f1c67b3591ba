/** Looks at a whole log as it is stored, and at everything that should be in it. */

import { fromBase64 } from '../../shared/core/log/base64.ts';
import { readCheckpoint, verdictOn } from '../../shared/core/log/checkpoints.ts';
import type { VerifierKey } from '../../shared/core/log/notes.ts';
import { type Statement, statementKey, unsealedPartition } from '../../shared/core/log/outbox.ts';
import { type Head, isSame } from '../../shared/core/log/proofs.ts';
import { readEntry, sealOf } from '../../shared/core/log/seals.ts';
import { type EventName, type Seal, type Seals, sealKey } from '../../shared/core/log/sequencing.ts';
import { bundlePath, entriesOf, tileBytes, tilePath } from '../../shared/core/log/tiles.ts';
import { emptyEdge, grow, leafHash, rootOf, sizeOf, tileWidth } from '../../shared/core/log/tree.ts';
import { type BookEvent, eventKey } from '../../shared/core/records.ts';
import type { LogStore } from '../../shared/ports/logStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** @throws {Error} the first thing that is wrong. @returns the published head, and every entry. */
export async function checkLog(
  store: LogStore,
  key: VerifierKey,
): Promise<Head & { readonly entries: readonly Uint8Array[] }> {
  const raw = await store.readCheckpoint();
  const signed = raw && readCheckpoint(raw.content);
  if (signed == null) throw new Error('There is no checkpoint');
  if (verdictOn(signed.note, key).is !== 'good') throw new Error('The checkpoint is not signed by the log');
  const { size, root } = signed.checkpoint;
  const entries: Uint8Array[] = [];
  for (let index = 0; index * tileWidth < size; index++) {
    const width = Math.min(tileWidth, size - index * tileWidth);
    const path = bundlePath({ index, width });
    const bytes = await store.read(path);
    const own = bytes && entriesOf(bytes, width);
    if (own == null) throw new Error(`${path} is missing or no bundle`);
    entries.push(...own);
  }
  const { edge, tiles } = grow(emptyEdge, entries.map(leafHash));
  if (sizeOf(edge) !== size || !isSame(rootOf(edge), root)) throw new Error('The entries are not those of the root');
  for (const tile of tiles) {
    const bytes = await store.read(tilePath(tile));
    if (bytes === undefined || Buffer.compare(bytes, tileBytes(tile.hashes)) !== 0)
      throw new Error(`${tilePath(tile)} is wrong`);
  }
  return { size, root, entries };
}

/** @throws {Error} one of the events is not sealed in the log, not once, or as another. */
export async function checkSealed(
  records: RecordStore,
  entries: readonly Uint8Array[],
  names: readonly EventName[],
): Promise<void> {
  const { items } = await records.query({
    table: 'records',
    partition: unsealedPartition,
    order: 'ascending',
    limit: 1,
  });
  if (items.length > 0) throw new Error('Events still wait to be sealed');
  const places = new Set<number>();
  const check = (name: EventName, seal: Seal | null | undefined, sealed: { readonly at: string } | undefined) => {
    const salt = fromBase64(seal?.salt ?? '');
    const bytes = seal && entries[seal.index];
    const entry = bytes && readEntry(bytes);
    if (seal == null || salt === null || entry == null || sealed === undefined) {
      throw new Error(`${JSON.stringify(name)} is not in the log`);
    }
    if (!isSame(entry.seal, sealOf(salt, sealed)) || entry.at !== sealed.at) {
      throw new Error(`${JSON.stringify(name)} is another`);
    }
    if (places.has(seal.index)) throw new Error(`${seal.index} is taken twice`);
    places.add(seal.index);
  };
  for (const name of names) {
    const keys = [eventKey(name.kind, name.id, name.version), statementKey(name), sealKey(name)];
    const [event, statement, part] = await records.getMany(keys);
    const seals = part?.data as unknown as Seals | undefined;
    check(name, seals?.event, event?.data as unknown as BookEvent | undefined);
    if (statement !== undefined) check(name, seals?.statement, statement.data as unknown as Statement);
  }
  if (places.size !== entries.length)
    throw new Error(`The log has ${entries.length} entries for ${places.size} events`);
}
