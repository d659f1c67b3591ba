// A checkpoint whose cosignatures are missing or old is published again with new ones, and with nothing else.
import { sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sequence } from '../../../../functions/sequence/sequence.ts';
import { sealingRecordStore } from '../../../../shared/adapters/sealingRecordStore.ts';
import {
  cosignatureBytes,
  readCheckpoint,
  signedByWitness,
  verdictOn,
} from '../../../../shared/core/log/checkpoints.ts';
import { signatureLine } from '../../../../shared/core/log/notes.ts';
import { readRequest } from '../../../../shared/core/log/witness.ts';
import { Keeper, newKey, openOnFiles, removeFolder, servicesOf } from '../../../support/sequenced.ts';
import { newKeyPair } from '../../../support/witnessedLog.ts';

const keys = [newKey()];
const minute = 60_000;
const start = Date.parse('2026-03-01T12:00:00.000Z');
let clock = start;
let place: ReturnType<typeof openOnFiles>;
let keeper: Keeper;
const witnesses = ['one', 'two'].map(name => ({
  ...newKeyPair(`witness.example/${name}`, 'cosignature'),
  isUp: true,
  asked: 0,
  server: undefined as Server | undefined,
  prefix: '',
}));

beforeEach(async () => {
  clock = start;
  place = openOnFiles();
  keeper = new Keeper(sealingRecordStore(place.records));
  for (const witness of witnesses) {
    Object.assign(witness, { isUp: true, asked: 0 });
    witness.server = createServer(async (request, response) => {
      witness.asked++;
      const asked = readRequest(await text(request));
      if (asked === null || !witness.isUp) {
        response.writeHead(503).end();
        return;
      }
      const seconds = clock / 1000;
      const message = signedByWitness(asked.signed.note.text, seconds);
      const bytes = cosignatureBytes(seconds, sign(null, message, witness.privateKey));
      response.end(signatureLine({ ...witness.key, bytes }));
    }).listen(0, '127.0.0.1');
    await once(witness.server, 'listening');
    witness.prefix = `http://127.0.0.1:${(witness.server.address() as AddressInfo).port}`;
  }
  await keeper.enter('person');
});

afterEach(() => {
  for (const { server } of witnesses) server?.close();
  place.close();
  removeFolder(place.folder);
});

const run = () => sequence(servicesOf(place, keys, { witnesses, now: () => new Date(clock) }));
const published = async () => (await place.store.readCheckpoint())?.content ?? '';
const cosignedAt = async () => {
  const signed = readCheckpoint(await published());
  return witnesses.map(({ key }) => {
    const verdict = signed && verdictOn(signed.note, key);
    return verdict?.is === 'good' ? (verdict.time ?? 0) * 1000 - start : null;
  });
};
const bodyOf = (note: string) => note.split('\n\n')[0];

it('asks nobody while all cosignatures are there and younger than an hour', async () => {
  await run();
  expect(await cosignedAt()).toEqual([0, 0]);
  const before = await published();
  clock += 59 * minute;
  await run();
  expect(await published()).toBe(before);
  expect(witnesses.map(({ asked }) => asked)).toEqual([1, 1]);
});

it('asks a witness again that was not there, and only that one', async () => {
  for (const witness of witnesses.slice(1)) witness.isUp = false;
  await run();
  expect(await cosignedAt()).toEqual([0, null]);
  const before = await published();
  clock += minute;
  await run();
  // It still does not answer: nothing is published only for the log's own signature.
  expect(await published()).toBe(before);
  for (const witness of witnesses) witness.isUp = true;
  clock += 10 * minute;
  await run();
  expect(await cosignedAt()).toEqual([0, 11 * minute]);
  expect(witnesses.map(({ asked }) => asked)).toEqual([1, 3]);
  expect(bodyOf(await published())).toBe(bodyOf(before));
});

it('renews cosignatures after an hour, over the same tree, and keeps those that are not renewed', async () => {
  await run();
  const before = await published();
  clock += 61 * minute;
  for (const witness of witnesses.slice(1)) witness.isUp = false;
  await run();
  expect(await cosignedAt()).toEqual([61 * minute, 0]);
  expect(bodyOf(await published())).toBe(bodyOf(before));
  await keeper.check(place, keys);
});
