// Keys of the log: each is introduced by an entry of the log before it signs anything, and the one before it vouches for it for ever.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sequence } from '../../../../functions/sequence/sequence.ts';
import { sealingRecordStore } from '../../../../shared/adapters/sealingRecordStore.ts';
import { fromBase64 } from '../../../../shared/core/log/base64.ts';
import { readCheckpoint, verdictOn } from '../../../../shared/core/log/checkpoints.ts';
import { introductionOf, logKeyList } from '../../../../shared/core/log/keys.ts';
import { keyText } from '../../../../shared/core/log/notes.ts';
import { statementKey } from '../../../../shared/core/log/outbox.ts';
import { readProofFile } from '../../../../shared/core/log/proofFiles.ts';
import { isIncluded } from '../../../../shared/core/log/proofs.ts';
import { entryBytes, sealOf } from '../../../../shared/core/log/seals.ts';
import { type Handover, handoverKey, type Seals, sealKey } from '../../../../shared/core/log/sequencing.ts';
import { leafHash } from '../../../../shared/core/log/tree.ts';
import { eventKey, listPartition } from '../../../../shared/core/records.ts';
import { Keeper, newKey, openOnFiles, removeFolder, servicesOf, type TestKey } from '../../../support/sequenced.ts';

const [first, second] = [newKey(), newKey()];
let place: ReturnType<typeof openOnFiles>;
let keeper: Keeper;

beforeEach(() => {
  place = openOnFiles();
  keeper = new Keeper(sealingRecordStore(place.records));
});

afterEach(() => {
  place.close();
  removeFolder(place.folder);
});

const run = (...keys: TestKey[]) => sequence(servicesOf(place, keys));
const handoverOf = async ({ key }: TestKey) =>
  (await place.records.get(handoverKey(key.id)))?.data as unknown as Handover | undefined;
const isSignedBy = async ({ key }: TestKey) => {
  const signed = readCheckpoint((await place.store.readCheckpoint())?.content ?? '');
  return signed !== null && verdictOn(signed.note, key).is === 'good';
};

describe('a key of the log', () => {
  it('is introduced by the first entries of a new log, which the first checkpoint contains', async () => {
    await keeper.enter('person');
    await run(first);
    const seals = (await place.records.get(sealKey(introductionOf(first.key))))?.data as unknown as Seals;
    expect([seals.event.index, seals.statement?.index]).toEqual([0, 1]);
    const event = await place.records.get(eventKey('log-key', first.key.id, 1));
    expect(event?.data).toMatchObject({ operation: 'introduceLogKey', by: null });
    const said = await place.records.get(statementKey(introductionOf(first.key)));
    expect(said?.data.content).toEqual({ key: keyText(first.key) });
    await keeper.check(place, [first]);
    expect(await handoverOf(first)).toBeUndefined();
  });

  it('is introduced once, however often it signs', async () => {
    for (let count = 0; count < 3; count++) {
      await keeper.enter('person');
      await run(first);
    }
    await Promise.all([run(second, first), run(second, first)].map(one => one.catch(() => {})));
    await run(second, first);
    await keeper.check(place, [second, first]);
    const range = { table: 'records', partition: listPartition(logKeyList), order: 'ascending', limit: 10 } as const;
    expect((await place.records.query(range)).items.map(({ data }) => data.id)).toEqual([first.key.id, second.key.id]);
  });

  it('is introduced before anything else that waits, so that a flood does not keep it from signing', async () => {
    await Promise.all(Array.from({ length: 2500 }, () => keeper.enter('person')));
    expect(await run(first)).toMatchObject({ isMoreWaiting: true });
    expect(await isSignedBy(first)).toBe(true);
    expect(await run(first)).toMatchObject({ isMoreWaiting: false });
    await keeper.check(place, [first]);
  });

  it('signs together with the one before it what introduces it, and that proof is kept', async () => {
    await keeper.enter('person');
    await run(first);
    expect(await isSignedBy(second)).toBe(false);
    await run(second, first);
    expect([await isSignedBy(first), await isSignedBy(second)]).toEqual([true, true]);
    const handover = await handoverOf(second);
    // Whoever knows the old key only verifies from the file, and from the statement, that the log says so itself.
    const proof = readProofFile(handover?.proof ?? '');
    const statement = (await place.records.get(statementKey(introductionOf(second.key))))?.data;
    const seals = (await place.records.get(sealKey(introductionOf(second.key))))?.data as unknown as Seals;
    const seal = sealOf(fromBase64(seals.statement?.salt ?? '') ?? new Uint8Array(), statement ?? {});
    const leaf = leafHash(entryBytes({ at: String(statement?.at), seal }));
    if (proof === null) throw new Error('There is no handover');
    const { checkpoint, note } = proof.signed;
    expect(verdictOn(note, first.key).is).toBe('good');
    expect(isIncluded(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root)).toBe(true);

    // The old key is taken away; the log goes on, and the proof stays as it was.
    await keeper.enter('person');
    await run(second);
    expect([await isSignedBy(first), await isSignedBy(second)]).toEqual([false, true]);
    await keeper.check(place, [second, first]);
    expect(await handoverOf(second)).toEqual(handover);
    expect(await handoverOf(first)).toBeUndefined();
  });

  it('takes the place of one that was lost, and is introduced; nothing hands over to it', async () => {
    await run(first);
    await run(second);
    expect([await isSignedBy(first), await isSignedBy(second)]).toEqual([false, true]);
    expect(await place.records.get(sealKey(introductionOf(second.key)))).toBeDefined();
    expect(await handoverOf(second)).toBeUndefined();
  });

  it('is refused where a checkpoint is published that none of the keys of the book has signed', async () => {
    await run(first);
    const elsewhere = openOnFiles();
    await sequence(servicesOf(elsewhere, [second]));
    const foreign = await elsewhere.store.readCheckpoint();
    elsewhere.close();
    removeFolder(elsewhere.folder);
    await place.store.replaceCheckpoint(String(foreign?.content), await place.store.readCheckpoint());
    await expect(run(first)).rejects.toThrow('none that a key of this log has signed');
    await expect(run(second, first)).rejects.toThrow();
  });
});
