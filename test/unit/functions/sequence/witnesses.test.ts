// Asking witnesses: only what verifies is kept, and nothing that a witness does, or leaves undone, holds up the log.
import { sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type CosignServices, cosign, type Witness, witnessesOf } from '../../../../functions/sequence/witnesses.ts';
import {
  cosignatureBytes,
  readCheckpoint,
  signedByWitness,
  verdictOn,
} from '../../../../shared/core/log/checkpoints.ts';
import { keyText, signatureLine } from '../../../../shared/core/log/notes.ts';
import { readPolicy } from '../../../../shared/core/log/policy.ts';
import type { Head } from '../../../../shared/core/log/proofs.ts';
import { answerTo, readRequest } from '../../../../shared/core/log/witness.ts';
import type { LogLine } from '../../../../shared/http/log.ts';
import type { LogStore } from '../../../../shared/ports/logStore.ts';
import { historyOf, type KeyPair, newKeyPair, writtenLog } from '../../../support/witnessedLog.ts';

const log = newKeyPair('book.example.org/log', 'ed25519');
const history = historyOf(log, 600);
const size = 600;
const folder = mkdtempSync(join(tmpdir(), 'minutebook-witnesses-'));
let store: LogStore;
beforeAll(async () => {
  store = await writtenLog(folder, history, size);
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

type Behaviour = (body: string, response: ServerResponse, request: IncomingMessage) => void;

/** A witness that does as told. */
async function witnessThat(behaves: Behaviour, own = newKeyPair('w.example.net', 'cosignature')): Promise<Witness> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    behaves(Buffer.concat(chunks).toString('utf8'), response, request);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { key: own.key, prefix: `http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix/` };
}

/** The line of a cosignature of the checkpoint in a request. */
function cosigned(body: string, by: KeyPair, seconds = 1_800_000_000): string {
  const text = readRequest(body)?.signed.note.text ?? '';
  const bytes = cosignatureBytes(seconds, sign(null, signedByWitness(text, seconds), by.privateKey));
  return signatureLine({ ...by.key, bytes });
}

/** Does what a witness should, from what it has cosigned last on. */
function honest(own: KeyPair, state: { last: Head | undefined; asked?: number }): Behaviour {
  return (body, response) => {
    state.asked = (state.asked ?? 0) + 1;
    const request = readRequest(body);
    const answer = request === null ? ({ status: 400 } as const) : answerTo(request, [log.key], state.last);
    if (answer.status === 409) {
      response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end(`${answer.size}\n`);
    } else if (answer.status === 200) {
      state.last = answer.keep;
      response.writeHead(200).end(cosigned(body, own));
    } else response.writeHead(answer.status).end();
  };
}

async function ask(witnesses: readonly Witness[], at = size, more: Partial<CosignServices> = {}) {
  const lines: LogLine[] = [];
  const now = () => new Date(1_800_000_000_000);
  const services = { store, witnesses, now, newId: () => 'r', log: (line: LogLine) => lines.push(line), ...more };
  const note = history.noteAt(at);
  const started = performance.now();
  const signatures = await cosign(history.headAt(at), note, services);
  const milliseconds = performance.now() - started;
  for (const { level, operation } of lines)
    expect({ level, operation }).toEqual({ level: 'error', operation: 'askWitness' });
  const faults = lines.map(({ internal }) => internal ?? '');
  const signed = readCheckpoint(note + signatures.map(signatureLine).join(''));
  return { signatures, faults, milliseconds, signed };
}

describe('a checkpoint', () => {
  it.each([0, 1, 255, 256, 300, 511, 600])('is cosigned by a witness that has seen %i entries', async seen => {
    const own = newKeyPair('w.example.net', 'cosignature');
    const state = { last: seen === 0 ? undefined : history.headAt(seen), asked: 0 };
    const witness = await witnessThat(honest(own, state), own);
    const { signed, faults } = await ask([witness]);
    expect(signed && verdictOn(signed.note, own.key)).toEqual({ is: 'good', time: 1_800_000_000 });
    expect(faults).toEqual([]);
    expect(state).toEqual({ last: history.headAt(size), asked: seen === 0 ? 1 : 2 });
    // From then on its size is known.
    await ask([witness]);
    expect(state.asked).toBe(seen === 0 ? 2 : 3);
  });

  it('is cosigned by all that can be asked, whatever the others do', async () => {
    const pairs = ['a', 'b', 'c'].map(name => newKeyPair(`${name}.example.net`, 'cosignature'));
    const good = await Promise.all(pairs.map(pair => witnessThat(honest(pair, { last: undefined }), pair)));
    const broken = await witnessThat((_, response) => response.destroy());
    const { signatures, faults } = await ask([broken, ...good]);
    expect(signatures.map(({ name }) => name)).toEqual(['a.example.net', 'b.example.net', 'c.example.net']);
    expect(faults).toHaveLength(1);
  });

  it('is asked for at the prefix of the witness, and with its text as it is published', async () => {
    const own = newKeyPair('w.example.net', 'cosignature');
    let asked = '';
    const witness = await witnessThat((body, response, { method, url }) => {
      asked = `${method} ${url}`;
      response.end(body.endsWith(history.noteAt(size)) ? cosigned(body, own) : '');
    }, own);
    expect((await ask([witness])).signatures).toHaveLength(1);
    expect(asked).toBe('POST /prefix/add-checkpoint');
  });

  it('takes of an answer the line that it knows, and no other', async () => {
    const own = newKeyPair('w.example.net', 'cosignature');
    const other = newKeyPair('w.example.net', 'cosignature');
    const witness = await witnessThat(
      (body, response) => response.end(cosigned(body, other) + cosigned(body, own)),
      own,
    );
    const { signatures, faults } = await ask([witness]);
    expect(signatures.map(({ id }) => id)).toEqual([own.key.id]);
    expect(faults).toEqual([]);
  });
});

describe('a witness that is wrong', () => {
  const own = newKeyPair('w.example.net', 'cosignature');
  const stranger = newKeyPair('w.example.net', 'cosignature');
  const sizeAnswer = (response: ServerResponse, text: string, type = 'text/x.tlog.size') =>
    response.writeHead(409, { 'content-type': type }).end(text);
  /** With the key of another behind the identifier of its own. */
  const forged = (body: string) => cosigned(body, { key: own.key, privateKey: stranger.privateKey });

  it.each<[string, Behaviour, RegExp]>([
    ['signs with another key', (body, response) => response.end(cosigned(body, stranger)), /does not verify/],
    ['pretends to have the key', (body, response) => response.end(forged(body)), /does not verify/],
    ['adds a false line to a good one', (body, response) => response.end(cosigned(body, own) + forged(body)), /verify/],
    [
      'cosigns another checkpoint',
      (body, response) => response.end(cosigned(body.replace(/\n600\n/, '\n599\n'), own)),
      /does not verify/,
    ],
    ['says no time', (body, response) => response.end(cosigned(body, own, 0)), /does not verify/],
    [
      'answers a whole note of its own',
      (body, response) => response.end(`\nanother text\n\n${cosigned(body, own)}`),
      /does not verify/,
    ],
    ['answers nothing', (_, response) => response.end(), /does not verify/],
    ['answers a page', (_, response) => response.end('<html><body>Welcome'), /does not verify/],
    ['leaves out the end of its line', (body, response) => response.end(cosigned(body, own).trimEnd()), /not verify/],
    [
      'never stops answering',
      (_, response) => {
        const timer = setInterval(() => response.write('x'.repeat(8000)), 1);
        response.once('close', () => clearInterval(timer));
      },
      /answered too much/,
    ],
    ['hangs up', (_, response) => response.destroy(), /fetch failed/],
    ['does not know the log', (_, response) => response.writeHead(404).end(), /404: it does not know this log/],
    ['trusts no key', (_, response) => response.writeHead(403).end(), /403: it trusts none/],
    ['does not believe the proof', (_, response) => response.writeHead(422).end(), /422: to it/],
    ['is broken', (_, response) => response.writeHead(500).end('stack trace'), /it answered 500$/m],
    [
      'answers 200 of another kind',
      (body, response) => response.writeHead(201).end(cosigned(body, own)),
      /answered 201/,
    ],
    [
      'always says another size',
      (body, response) => sizeAnswer(response, `${body.startsWith('old 7\n') ? 8 : 7}\n`),
      /3 times/,
    ],
    [
      'says the size that it was asked from',
      (_, response) => sizeAnswer(response, '0\n'),
      /the size that was asked from/,
    ],
    ['has seen more than there is', (_, response) => sizeAnswer(response, '601\n'), /has cosigned 601 entries/],
    ['says a size of another kind', (_, response) => sizeAnswer(response, '7\n', 'text/plain'), /no size with it/],
    ['says no number', (_, response) => sizeAnswer(response, 'seven\n'), /no size with it/],
    ['says a size beyond counting', (_, response) => sizeAnswer(response, '99999999999999999999\n'), /no size/],
    ['says a size without its end', (_, response) => sizeAnswer(response, '7'), /no size with it/],
  ])('and %s adds nothing, and is an error line', async (_, behaves, fault) => {
    const { signatures, faults, milliseconds } = await ask([await witnessThat(behaves, own)]);
    expect(signatures).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^Error: The witness w\.example\.net did not cosign: /);
    expect(faults[0]).toMatch(fault);
    expect(milliseconds).toBeLessThan(10_000);
  });

  it('cannot send us elsewhere', async () => {
    let reached = 0;
    const target = await witnessThat((body, response) => {
      reached++;
      response.end(cosigned(body, own));
    }, own);
    for (const status of [301, 302, 307, 308]) {
      const location = `${target.prefix}add-checkpoint`;
      const witness = await witnessThat((_, response) => response.writeHead(status, { location }).end(), own);
      expect((await ask([witness])).signatures).toEqual([]);
    }
    expect(reached).toBe(0);
  });

  it.each<[string, Behaviour]>([
    ['does not answer', () => {}],
    [
      'answers a byte now and then',
      (_, response) => {
        const timer = setInterval(() => response.write('x'), 100);
        response.once('close', () => clearInterval(timer));
      },
    ],
  ])('and %s holds up publication for three seconds, and then for a minute not at all', async (_, behaves) => {
    let asked = 0;
    const good = newKeyPair('good.example.net', 'cosignature');
    const witnesses = await Promise.all([
      witnessThat((body, response, request) => {
        asked++;
        if (asked === 1) behaves(body, response, request);
        else response.destroy();
      }, own),
      witnessThat(honest(good, { last: undefined }), good),
    ]);
    const first = await ask(witnesses);
    expect(first.signatures.map(({ name }) => name)).toEqual(['good.example.net']);
    expect(first.faults).toEqual([expect.stringContaining('again in 60 seconds at the earliest: it did not answer')]);
    expect(first.milliseconds).toBeGreaterThan(2900);
    expect(first.milliseconds).toBeLessThan(10_000);
    const second = await ask(witnesses);
    expect(second.signatures).toHaveLength(1);
    expect(second.milliseconds).toBeLessThan(2900);
    expect(asked).toBe(1);
    await ask(witnesses.slice(0, 1), size, { now: () => new Date(1_800_000_061_000) });
    expect(asked).toBe(2);
  });

  it('and a disk of ours that hangs hold up publication no longer', async () => {
    const witness = await witnessThat((_, response) => sizeAnswer(response, '7\n'), own);
    const { signatures, milliseconds } = await ask([witness], size, { store: { read: () => new Promise(() => {}) } });
    expect(signatures).toEqual([]);
    expect(milliseconds).toBeLessThan(10_000);
  });

  it('is believed again once it has lost its memory', async () => {
    const state: { last: Head | undefined } = { last: history.headAt(400) };
    const witness = await witnessThat(honest(own, state), own);
    expect((await ask([witness])).signatures).toHaveLength(1);
    state.last = undefined;
    expect((await ask([witness])).signatures).toHaveLength(1);
  });
});

describe('the address of a witness', () => {
  const { key } = newKeyPair('w.example.net', 'cosignature');
  const policyWith = (url: string) => readPolicy(`witness w ${keyText(key)} ${url}\nquorum w\n`);

  it.each([
    'https://witness.example.org',
    'https://witness.example.org:8443/w1/',
    'http://localhost:4010',
    'http://127.0.0.1:4010/witness',
    'http://[::1]:4010',
  ])('may be %s', url => {
    expect(witnessesOf(policyWith(url))).toEqual([{ key, prefix: url }]);
  });

  it.each([
    'http://witness.example.org',
    'http://127.0.0.2',
    'http://localhost.example.org',
    'http://127.0.0.1@witness.example.org',
    'https://somebody:secret@witness.example.org',
    'https://witness.example.org?w=1',
    'https://witness.example.org#w1',
    'ftp://localhost',
    'witness.example.org',
  ])('may not be %s', async url => {
    expect(() => witnessesOf(policyWith(url))).toThrow(url);
    const { signatures, faults } = await ask([{ key, prefix: url }]);
    expect(signatures).toEqual([]);
    expect(faults).toHaveLength(1);
  });

  it('may be missing: then it is not asked', () => {
    expect(witnessesOf(policyWith(''))).toEqual([]);
  });
});
