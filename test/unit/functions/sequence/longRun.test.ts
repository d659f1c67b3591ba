// A log that is published some hundred times: each of its checkpoints stays true.
import { afterAll, expect, it } from 'vitest';
import { sequence } from '../../../../functions/sequence/sequence.ts';
import { sealingRecordStore } from '../../../../shared/adapters/sealingRecordStore.ts';
import { readCheckpoint, verdictOn } from '../../../../shared/core/log/checkpoints.ts';
import { isSame } from '../../../../shared/core/log/proofs.ts';
import { bundlePath, entriesOf, tileBytes, tilePath } from '../../../../shared/core/log/tiles.ts';
import { emptyEdge, grow, leafHash, rootOf, tileWidth } from '../../../../shared/core/log/tree.ts';
import { Keeper, newKey, openOnFiles, removeFolder, servicesOf } from '../../../support/sequenced.ts';
import { chance } from '../../../support/sequencerFaults.ts';

const place = openOnFiles();
afterAll(() => {
  place.close();
  removeFolder(place.folder);
});

it('verifies every checkpoint that it published in a long run from scratch, with the files that belong to it', {
  timeout: 240_000,
}, async () => {
  const keys = [newKey()];
  const [key] = keys;
  const keeper = new Keeper(sealingRecordStore(place.records));
  const checkpoints: string[] = [];
  const next = chance(20_260_101);
  for (let round = 0; round < 200; round++) {
    const many = next() < 0.05 ? 60 : Math.ceil(next() * 4);
    await Promise.all(Array.from({ length: many }, () => keeper.enter(next() < 0.5 ? 'person' : 'log-key')));
    await sequence(servicesOf(place, keys));
    const published = await place.store.readCheckpoint();
    if (published !== undefined) checkpoints.push(published.content);
  }
  const { entries } = await keeper.check(place, keys);
  expect(new Set(checkpoints).size).toBe(200);
  for (const content of checkpoints) {
    const signed = readCheckpoint(content);
    if (signed === null || key === undefined) throw new Error('What was published is no checkpoint');
    expect(verdictOn(signed.note, key.key).is).toBe('good');
    const { size, root } = signed.checkpoint;
    const { edge, tiles } = grow(emptyEdge, entries.slice(0, size).map(leafHash));
    expect(isSame(rootOf(edge), root)).toBe(true);
    // Partial tiles of every published size are there.
    for (const tile of tiles)
      expect(await place.store.read(tilePath(tile))).toEqual(Buffer.from(tileBytes(tile.hashes)));
    const width = size % tileWidth;
    const bundle = await place.store.read(bundlePath({ index: Math.floor(size / tileWidth), width: width || 1 }));
    if (width > 0) expect(entriesOf(bundle ?? new Uint8Array(), width)).not.toBeNull();
  }
});
