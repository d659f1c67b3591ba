// Witnesses and logs of others: a witness that we did not write cosigns our log, and readers that we did not write believe ours.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cosign, type Witness } from '../../../../functions/sequence/witnesses.ts';
import { openFileLogStore } from '../../../../shared/adapters/fileLogStore.ts';
import { openFileSigner } from '../../../../shared/adapters/fileSigner.ts';
import { openSqliteRecordStore } from '../../../../shared/adapters/sqliteRecordStore.ts';
import { readCheckpoint, verdictOn } from '../../../../shared/core/log/checkpoints.ts';
import { keyText, signatureLine } from '../../../../shared/core/log/notes.ts';
import { type Policy, policyText, quorumOf } from '../../../../shared/core/log/policy.ts';
import { grownByOthers, missingReader, readByOthers } from '../../../support/logReader.ts';
import { missingWitness, startOtherWitness } from '../../../support/logWitness.ts';
import { listeningWitness, ownKey, witnessServices } from '../../../support/ownWitness.ts';
import { type History, historyOf, newKeyPair } from '../../../support/witnessedLog.ts';

const log = newKeyPair('book.example.org/log', 'ed25519');
const logKey = keyText(log.key);
const root = mkdtempSync(join(tmpdir(), 'minutebook-others-'));
afterAll(() => rmSync(root, { recursive: true }));

const sizes = [1, 2, 255, 256, 257, 300, 512, 600];

/** Grows a log in a folder, has it cosigned at each size, and publishes it as the sequencer does. */
async function grown(history: History, witness: Witness) {
  const folder = mkdtempSync(join(root, 'log-'));
  const store = openFileLogStore(folder);
  const faults: string[] = [];
  const services = {
    ...{ store, witnesses: [witness] },
    now: () => new Date(),
    newId: () => 'r',
    log: ({ internal = '' }: { internal?: string }) => faults.push(internal),
  };
  return {
    folder,
    faults,
    /** @returns how many cosigned. */
    async publish(size: number): Promise<number> {
      await history.write(store, size);
      const note = history.noteAt(size);
      const signatures = await cosign(history.headAt(size), note, services);
      writeFileSync(join(folder, 'checkpoint'), note + signatures.map(signatureLine).join(''));
      return signatures.length;
    },
  };
}

describe.skipIf(missingWitness !== '')(`a witness of others${missingWitness}`, () => {
  it('cosigns our log from its first entry on, at every size that it grows to', async () => {
    const witness = await startOtherWitness(logKey);
    try {
      const { folder, faults, publish } = await grown(historyOf(log, 600), witness);
      for (const size of sizes) {
        expect(await publish(size)).toBe(1);
        if (missingReader === '') {
          expect(readByOthers(folder, logKey, keyText(witness.key))).toBe(`${size} entries, 0 proof files\n`);
        }
      }
      expect(faults).toEqual([]);
    } finally {
      await witness.stop();
    }
  });

  it('tells us by which size it goes on, and does not cosign when we fork', async () => {
    const witness = await startOtherWitness(logKey);
    try {
      const honest = await grown(historyOf(log, 600), witness);
      const before = await grown(historyOf(log, 600), { ...witness, prefix: `${witness.prefix}/` });
      const forked = await grown(historyOf(log, 600, 'fork', 20), witness);
      expect(await honest.publish(40)).toBe(1);
      // Asked as if for the first time: it answers 409 and its size.
      expect(await before.publish(50)).toBe(1);
      expect(await forked.publish(60)).toBe(0);
      expect(forked.faults).toEqual([expect.stringContaining('422: to it this is no continuation')]);
      expect(await forked.publish(50)).toBe(0);
      expect(await honest.publish(60)).toBe(1);
    } finally {
      await witness.stop();
    }
  });

  it('does not cosign a log that it was not told of', async () => {
    const witness = await startOtherWitness(keyText(newKeyPair('another.example.org/log', 'ed25519').key));
    try {
      const { faults, publish } = await grown(historyOf(log, 10), witness);
      expect(await publish(10)).toBe(0);
      expect(faults).toEqual([expect.stringContaining('404: it does not know this log')]);
    } finally {
      await witness.stop();
    }
  });
});

describe.skipIf(missingReader !== '')(`our witness, as others use it${missingReader}`, () => {
  const closing: (() => void)[] = [];
  afterAll(() => {
    for (const close of closing) close();
  });

  /** Each with a key of its own, and no memory. */
  async function ownWitness() {
    const folder = mkdtempSync(join(root, 'witness-'));
    const records = openSqliteRecordStore(join(folder, 'witness.sqlite'));
    const signer = await openFileSigner(join(folder, 'key.pem'));
    const { services, lines } = witnessServices(records, signer, [log]);
    const { server, prefix } = await listeningWitness(services);
    closing.push(() => {
      server.close();
      server.closeAllConnections();
      records.close();
    });
    return { key: await ownKey(signer), prefix, lines };
  }

  it('cosigns so that they accept the log', async () => {
    const { key, prefix, lines } = await ownWitness();
    const { folder, faults, publish } = await grown(historyOf(log, 600), { key, prefix });
    for (const size of sizes) {
      expect(await publish(size)).toBe(1);
      expect(readByOthers(folder, logKey, keyText(key))).toBe(`${size} entries, 0 proof files\n`);
    }
    const other = newKeyPair(key.name, 'cosignature').key;
    expect(() => readByOthers(folder, logKey, keyText(other))).toThrow(/cosignature/);
    expect([...faults, ...lines]).toEqual([]);
  });

  it('cosigns a log of Tessera, which publishes nothing that does not meet the policy that we wrote', async () => {
    const [a, b] = [await ownWitness(), await ownWitness()];
    const folder = mkdtempSync(join(root, 'tessera-'));
    const file = join(folder, 'policy.txt');
    const policy: Policy = {
      logs: [{ key: log.key, url: null }],
      witnesses: [
        { name: 'a', key: a.key, url: a.prefix },
        { name: 'b', key: b.key, url: b.prefix },
        { name: 'down', key: newKeyPair('down.example.net', 'cosignature').key, url: 'http://127.0.0.1:1' },
      ],
      groups: [{ name: 'two', threshold: 2, members: ['a', 'b', 'down'] }],
      quorum: 'two',
    };
    writeFileSync(file, policyText(policy));
    expect(await grownByOthers(join(folder, 'log'), log, file, 20)).toBe('20 entries published\n');
    const signed = readCheckpoint(readFileSync(join(folder, 'log', 'checkpoint'), 'utf8'));
    if (signed === null) throw new Error('There is no checkpoint');
    const cosigners = policy.witnesses.map(({ key }) => key).filter(key => verdictOn(signed.note, key).is === 'good');
    expect(signed.checkpoint.size).toBe(20);
    expect(quorumOf(policy, cosigners)).toEqual({ isMet: true, there: 2, of: 3, needed: 2, missing: 0 });
    expect([...a.lines, ...b.lines]).toEqual([]);
  });
});
