/** `npm run witness` as an operator uses it: what is wrong is said in words; and killed at any moment it never cosigns both sides of a fork. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../../shared/core/log/checkpoints.ts';
import { keyText, readKey, type VerifierKey } from '../../../shared/core/log/notes.ts';
import { newFolder } from '../../support/book.ts';
import { cosignedHeads } from '../../support/cosignedHeads.ts';
import { type Embedded, launchEmbedded } from '../../support/embedded.ts';
import { historyOf, newKeyPair } from '../../support/witnessedLog.ts';

const log = newKeyPair('book.example.org/log', 'ed25519');
const shared = 10;
const most = 1500;
const sides = [historyOf(log, most, 'left', shared), historyOf(log, most, 'right', shared)] as const;

const kills = 20;

let folder: string;
let policy: string;
let environment: Record<string, string>;
beforeEach(() => {
  folder = newFolder();
  policy = join(folder, 'policy.txt');
  writeFileSync(policy, `log ${keyText(log.key)}\nquorum none\n`);
  environment = { MINUTEBOOK_DATA: join(folder, 'data'), MINUTEBOOK_WITNESS_NAME: 'witness.example.net', PORT: '0' };
});
afterEach(() => rmSync(folder, { recursive: true }));

const launch = () => launchEmbedded(environment, 'cli/witness.ts', policy);

/** The line for the policies of others that it prints. */
function printedKey({ output }: Embedded): VerifierKey {
  const key = readKey(/^ {2}witness witness\.example\.net (\S+) https:/m.exec(output())?.[1] ?? '');
  if (key === null) throw new Error(`It prints no key: ${output()}`);
  return key;
}

async function add(address: string, side: 0 | 1, old: number, size: number) {
  const answer = await fetch(`${address}/add-checkpoint`, { method: 'POST', body: sides[side].request(old, size) });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
}

describe('the command', { timeout: 120_000 }, () => {
  function run(args: readonly string[], more: Record<string, string> = {}) {
    const env = { ...process.env, ...environment, ...more };
    const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/witness.ts', ...args], {
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { status, stdout, stderr };
  }

  it('prints its help when asked, and when it is used wrongly', () => {
    expect(run(['--help'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^Usage: npm run witness/) });
    expect(run([])).toMatchObject({ status: 1, stderr: expect.stringMatching(/Name one policy file\.\n\nUsage:/) });
    expect(run([policy, 'more'])).toMatchObject({ status: 1, stderr: expect.stringContaining('Usage:') });
    const nameless = run([policy], { MINUTEBOOK_WITNESS_NAME: '' });
    expect(nameless).toMatchObject({ status: 1, stderr: expect.stringMatching(/^Set MINUTEBOOK_WITNESS_NAME/) });
    expect(run([policy], { MINUTEBOOK_WITNESS_NAME: 'a b' })).toMatchObject({ status: 1 });
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('names the lines of a policy that are wrong', () => {
    expect(run([join(folder, 'none.txt')]).stderr).toMatch(/none\.txt cannot be read \(ENOENT\)\.\n$/);
    writeFileSync(policy, 'quorum none\n');
    expect(run([policy]).stderr).toMatch(/names no log that could be cosigned\.\n$/);
    writeFileSync(policy, 'log x\nquorum none\n');
    expect(run([policy])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('\nLine 1: This is no verifier'),
    });
  });

  it('names a port that is taken, and a folder that is none', async () => {
    const witness = launch();
    const { port } = new URL(await witness.ready);
    try {
      expect(run([policy], { PORT: port })).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(`Port ${port}`),
      });
    } finally {
      await witness.stop();
    }
    writeFileSync(join(folder, 'file'), '');
    expect(run([policy], { MINUTEBOOK_DATA: join(folder, 'file') }).stderr).toContain('is a file');
  });

  it('keeps its key and what it cosigned, for itself only, and stops when told', async () => {
    const first = launch();
    const address = await first.ready;
    expect(await add(address, 0, 0, 20)).toMatchObject({ status: 200 });
    expect(await first.stop()).toBe(0);
    for (const name of ['witness-key.pem', 'witness.sqlite']) {
      expect(statSync(join(folder, 'data', name)).mode & 0o077).toBe(0);
    }
    const second = launch();
    const again = await second.ready;
    expect(printedKey(second)).toEqual(printedKey(first));
    expect(await add(again, 1, 0, 20)).toEqual({ status: 409, type: 'text/x.tlog.size', body: '20\n' });
    expect(await add(again, 1, 20, 20)).toMatchObject({ status: 422 });
    const hash = createHash('sha256').update('book.example.org/log').digest('hex');
    const served = await fetch(`${again}/${hash}/checkpoint`);
    expect(readCheckpoint(await served.text())?.checkpoint.size).toBe(20);
    const tooMuch = await fetch(`${again}/add-checkpoint`, { method: 'POST', body: 'x'.repeat(300_000) }).catch(
      () => null,
    );
    expect([413, undefined]).toContain(tooMuch?.status);
    expect((await fetch(`${again}/`, { method: 'HEAD' })).status).toBe(200);
    expect(await second.stop()).toBe(0);
  });
});

it(`killed ${kills} times while it is asked, it never cosigns both sides of a fork`, { timeout: 300_000 }, async () => {
  let cosigned: ReturnType<typeof cosignedHeads> | undefined;
  let witness: Embedded | undefined;
  let key: VerifierKey | undefined;
  try {
    for (let round = 0; round < kills; round++) {
      witness = launch();
      if (round % 5 === 4) {
        // Before it is ready.
        await pause(Math.random() * 400);
        await witness.kill();
        continue;
      }
      const address = await witness.ready;
      key ??= printedKey(witness);
      expect(printedKey(witness)).toEqual(key);
      cosigned ??= cosignedHeads(key, sides, shared);
      const known = cosigned;
      // What it has answered is kept.
      const { status, body } = await add(address, 0, most, most);
      expect([status, Number(body)]).toEqual([409, expect.any(Number)]);
      expect(Number(body)).toBeGreaterThanOrEqual(known.largest());
      let isKilled = false;
      const askers = ([0, 1, 0, 1] as const).map(async side => {
        for (let old = Number(body); !isKilled; ) {
          const size = Math.min(most, old + 1 + Math.floor(Math.random() * 15));
          const answer = await add(address, side, old, size).catch(() => null);
          if (answer?.status === 200) known.take(side, size, answer.body);
          if (answer?.status === 200) old = size;
          else if (answer?.status === 409) old = Number(answer.body);
          else if (answer !== null && answer.status !== 422 && answer.status !== 503) throw new Error(answer.body);
          else await pause(1);
        }
      });
      await pause(5 + Math.random() * 120);
      const killed = witness.kill();
      isKilled = true;
      await Promise.all([killed, ...askers]);
    }
    cosigned?.check();
    // How much is cosigned between two kills depends on the machine; that something was, does not.
    expect(cosigned?.largest()).toBeGreaterThan(shared);
  } finally {
    await witness?.kill();
  }
});
