// What our witness answers by HTTP, status by status as C2SP tlog-witness has them, and what it keeps.
import { createHash, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answer } from '../../../../functions/witness/answer.ts';
import { cosignedKey, type WitnessServices } from '../../../../functions/witness/services.ts';
import { openFileSigner } from '../../../../shared/adapters/fileSigner.ts';
import { openSqliteRecordStore } from '../../../../shared/adapters/sqliteRecordStore.ts';
import { toBase64 } from '../../../../shared/core/log/base64.ts';
import { checkpointText, readCheckpoint, signedByLog, verdictOn } from '../../../../shared/core/log/checkpoints.ts';
import { keyText, noteText, type VerifierKey } from '../../../../shared/core/log/notes.ts';
import { mostRequestBytes } from '../../../../shared/core/log/witness.ts';
import type { LogLine } from '../../../../shared/http/log.ts';
import type { Signer } from '../../../../shared/ports/signer.ts';
import { ownKey, witnessServices } from '../../../support/ownWitness.ts';
import { historyOf, newKeyPair } from '../../../support/witnessedLog.ts';

const log = newKeyPair('book.example.org/log', 'ed25519');
const newer = newKeyPair('book.example.org/log', 'ed25519');
const other = newKeyPair('another.example.org/log', 'ed25519');
const stranger = newKeyPair('book.example.org/log', 'ed25519');
const history = historyOf(log, 100);
const forked = historyOf(log, 100, 'fork', 20);

const root = mkdtempSync(join(tmpdir(), 'minutebook-witness-'));
const records = openSqliteRecordStore(join(root, 'witness.sqlite'));
afterAll(() => {
  records.close();
  rmSync(root, { recursive: true });
});

let signer: Signer;
let key: VerifierKey;
beforeAll(async () => {
  signer = await openFileSigner(join(root, 'key.pem'));
  key = await ownKey(signer);
});

let services: WitnessServices;
let lines: LogLine[];
beforeEach(async () => {
  ({ services, lines } = witnessServices(records, signer, [log, newer, other]));
  for (const { name } of [log.key, other.key]) await records.commit([{ remove: cosignedKey(name), expect: 'any' }]);
});

const request = (method: string, path: string, body: string | Uint8Array = '', own = services) =>
  answer({ method, path, body: Buffer.from(body) }, own);
const add = (body: string | Uint8Array, own = services) => request('POST', '/add-checkpoint', body, own);
const size = async () => (await records.get(cosignedKey(log.key.name)))?.data.size;

describe('POST /add-checkpoint', () => {
  it('answers 200 and a cosignature with the time, once the tree is kept', async () => {
    const clock = { ...services, now: () => new Date('2026-03-01T12:00:00.900Z') };
    for (const [old, now] of [
      [0, 20],
      [20, 20],
      [20, 64],
      [64, 100],
    ] as const) {
      const { status, headers, body } = await add(history.request(old, now), clock);
      expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
      const signed = readCheckpoint(history.noteAt(now) + body);
      expect(signed && verdictOn(signed.note, key)).toEqual({ is: 'good', time: Date.UTC(2026, 2, 1, 12) / 1000 });
      expect(body.trimEnd().split('\n')).toHaveLength(1);
      expect(await size()).toBe(now);
    }
  });

  it('answers 200 for the empty tree, and then for any', async () => {
    expect((await add(history.request(0, 0))).status).toBe(200);
    expect(await size()).toBe(0);
    expect((await add(history.request(0, 0))).status).toBe(200);
    expect((await add(history.request(0, 7))).status).toBe(200);
  });

  it('answers 409 and the size that it cosigned last, as text/x.tlog.size', async () => {
    await add(history.request(0, 20));
    for (const [old, now] of [
      [0, 64],
      [19, 64],
      [21, 64],
      [0, 0],
      [7, 7],
      [64, 64],
    ] as const) {
      const { status, headers, body } = await add(history.request(old, now));
      expect([status, headers['content-type'], body]).toEqual([409, 'text/x.tlog.size', '20\n']);
    }
    expect((await add(history.request(0, 0))).body).toBe('20\n');
    expect(await size()).toBe(20);
  });

  it('answers 409 and 0 to whoever believes that it has cosigned something', async () => {
    expect(await add(history.request(7, 20))).toMatchObject({ status: 409, body: '0\n' });
    expect(await size()).toBeUndefined();
  });

  it('answers 404 for a log that it does not know', async () => {
    const unknown = historyOf(newKeyPair('unknown.example.org/log', 'ed25519'), 10);
    expect((await add(unknown.request(0, 10))).status).toBe(404);
    expect((await add(unknown.request(7, 5))).status).toBe(404);
  });

  it('answers 403 without a signature by a key that it trusts for that log, or with a wrong one', async () => {
    const note = (old: number, text: string) => `old ${old}\n\n${text}`;
    expect((await add(note(0, history.noteAt(10, stranger)))).status).toBe(403);
    expect((await add(note(0, history.noteAt(10).replace('\n10\n', '\n11\n')))).status).toBe(403);
    // The key of a log is none of another log.
    const asOther = historyOf({ key: other.key, privateKey: log.privateKey }, 10);
    expect((await add(asOther.request(0, 10))).status).toBe(403);
    const both = history.noteAt(10) + history.noteAt(11, newer).split('\n\n')[1];
    expect((await add(note(0, both))).status).toBe(403);
    expect(await size()).toBeUndefined();
  });

  it('takes each key that it trusts for a log, and overlooks those that it does not know', async () => {
    expect((await add(`old 0\n\n${history.noteAt(10, newer)}`)).status).toBe(200);
    const both = history.noteAt(10, stranger) + history.noteAt(10).split('\n\n')[1];
    expect((await add(`old 10\n\n${both}`)).status).toBe(200);
  });

  it('answers 400 when the old size is larger, and to what is no request', async () => {
    await add(history.request(0, 20));
    expect((await add(`old 21\n\n${history.noteAt(20)}`)).status).toBe(400);
    expect((await add(`old 21\n\n${history.noteAt(7)}`)).status).toBe(400);
    expect((await add('')).status).toBe(400);
    expect((await add('{"old":0}')).status).toBe(400);
    expect((await add(history.request(20, 64).replace('\n', '\r\n'))).status).toBe(400);
    const noText = Buffer.from(history.request(20, 64));
    noText[noText.length - 2] = 0xff;
    expect((await add(noText)).status).toBe(400);
    expect(
      (await add(history.request(20, 64).replaceAll('\n\n', `\n${`${'A'.repeat(43)}=\n`.repeat(64)}\n`))).status,
    ).toBe(400);
    expect(await size()).toBe(20);
  });

  it('answers 422 to what does not continue what it cosigned last', async () => {
    expect((await add(history.request(0, 20).replace('\n\n', `\n${'A'.repeat(43)}=\n\n`))).status).toBe(422);
    await add(history.request(0, 25));
    const proof = forked.proof(25, 64).map(toBase64).join('\n');
    expect((await add(forked.request(25, 64))).status).toBe(422);
    expect((await add(forked.request(25, 25))).status).toBe(422);
    expect((await add(`old 25\n${proof}\n\n${history.noteAt(64)}`)).status).toBe(422);
    expect((await add(`old 25\n\n${history.noteAt(64)}`)).status).toBe(422);
    expect(await size()).toBe(25);
  });

  it('answers 413 to more than any request has', async () => {
    expect((await add('x'.repeat(mostRequestBytes + 1))).status).toBe(413);
  });

  it('signs no more than its key takes', async () => {
    const noteOf = (extension: string) => {
      const text = checkpointText({ origin: log.key.name, ...history.headAt(10), extensions: [extension] });
      return noteText({ text, signatures: [{ ...log.key, bytes: sign(null, signedByLog(text), log.privateKey) }] });
    };
    expect((await add(`old 0\n\n${noteOf('x'.repeat(4096))}`)).status).toBe(400);
    expect((await add(`old 0\n\n${noteOf('x'.repeat(3500))}`)).status).toBe(200);
  });

  it('answers nothing that it signed when it cannot be kept, and says that it fails', async () => {
    const failing = {
      ...services,
      records: { ...records, commit: () => Promise.reject(new Error('the disk is gone')) },
    };
    const { status, body } = await add(history.request(0, 20), failing);
    expect(status).toBe(500);
    expect(body).not.toContain('—');
    expect(lines).toEqual([expect.objectContaining({ level: 'error', operation: 'witness' })]);
    expect(await size()).toBeUndefined();
  });

  it('answers no cosignature that does not verify', async () => {
    const broken = { ...services, signer: { ...signer, sign: async () => new Uint8Array(64) } };
    expect((await add(history.request(0, 20), broken)).status).toBe(500);
    expect(await size()).toBeUndefined();
  });

  it('decides anew when others were faster', async () => {
    let isFirst = true;
    const overtaken: WitnessServices = {
      ...services,
      signer: {
        ...signer,
        sign: async message => {
          if (isFirst) {
            isFirst = false;
            expect((await add(forked.request(0, 30))).status).toBe(200);
          }
          return signer.sign(message);
        },
      },
    };
    expect(await add(history.request(0, 20), overtaken)).toMatchObject({ status: 409, body: '30\n' });
    expect(await size()).toBe(30);
  });

  it('answers 503 when others are always faster', async () => {
    const overtaken: WitnessServices = {
      ...services,
      signer: {
        ...signer,
        sign: async message => {
          await add(history.request(0, 0));
          return signer.sign(message);
        },
      },
    };
    const { status, headers } = await add(history.request(0, 0), overtaken);
    expect([status, headers['retry-after']]).toEqual([503, '1']);
  });
});

describe('GET /HASH/checkpoint', () => {
  const path = `/${createHash('sha256').update('book.example.org/log').digest('hex')}/checkpoint`;

  it('answers what was cosigned last, with the signatures of the log and the cosignature that was answered', async () => {
    const note = history.noteAt(20) + history.noteAt(20, stranger).split('\n\n')[1];
    const { body: line } = await add(`old 0\n\n${note}`);
    const { status, headers, body } = await request('GET', path);
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(body).toBe(history.noteAt(20) + line);
    expect((await request('HEAD', path)).status).toBe(200);
  });

  it('answers 404 where nothing was cosigned, and for logs that are not known', async () => {
    expect((await request('GET', path)).status).toBe(404);
    expect((await request('GET', `/${'0'.repeat(64)}/checkpoint`)).status).toBe(404);
  });
});

describe('other requests', () => {
  it('are told who it is', async () => {
    const { status, body } = await request('GET', '/');
    expect(status).toBe(200);
    expect(body).toContain(keyText(key));
    expect(body).toContain('  another.example.org/log\n');
    expect((await request('GET', '/witness')).body).toBe(body);
  });

  it('are the same below /witness, where it shares its address with a book', async () => {
    expect((await request('POST', '/witness/add-checkpoint', history.request(0, 20))).status).toBe(200);
    expect((await request('POST', '/witness/witness/add-checkpoint', '')).status).toBe(404);
    expect((await request('POST', '/witnessadd-checkpoint', '')).status).toBe(404);
  });

  it.each([
    ['GET', '/add-checkpoint', 405, 'POST'],
    ['POST', `/${'0'.repeat(64)}/checkpoint`, 405, 'GET'],
    ['POST', '/', 405, 'GET'],
    ['POST', '/sign-subtree', 404, undefined],
    ['GET', `/${'A'.repeat(64)}/checkpoint`, 404, undefined],
    ['GET', '/../witness.sqlite', 404, undefined],
  ])('%s %s is answered with %i', async (method, path, status, allow) => {
    const reply = await request(method, path);
    expect([reply.status, reply.headers.allow]).toEqual([status, allow]);
  });
});
