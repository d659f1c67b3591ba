/** `npm run token` as a shell sees it: standard output, standard error, exit code. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DemoIssuer, startDemoIssuer } from '../../../local/demoIssuer.ts';
import { verified } from '../../support/demoIssuerClient.ts';

const people = ['ada', 'ben'].map(name => ({ email: `${name}@example.org`, name, seats: [] }));

let dataFolder: string;
let demo: DemoIssuer;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'demo-issuer-'));
  demo = await startDemoIssuer({ port: 0, host: '127.0.0.1', dataFolder, people: async () => people });
});

afterEach(async () => {
  await demo.close();
  await rm(dataFolder, { recursive: true });
});

it('prints the token and nothing else', async () => {
  const { code, stdout, stderr } = await runTokenScript(['ben@example.org']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^[\w.-]+\n$/);
  expect((await verified(demo, stdout.trimEnd())).payload.email).toBe('ben@example.org');
});

it('looks beside the port that Minutebook itself was given', async () => {
  const port = String(Number(new URL(demo.issuer).port) - 1);
  const { code } = await runTokenScript(['ben@example.org'], { MINUTEBOOK_ISSUER_PORT: undefined, PORT: port });
  expect(code).toBe(0);
});

it.each([[[]], [['nobody@example.org']]])('lists the people when given %j', async args => {
  const { code, stdout, stderr } = await runTokenScript(args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^[^\n]*choose one of ada@example\.org, ben@example\.org\.\n$/);
});

it('says to start Minutebook when it is not running', async () => {
  await demo.close();
  const { code, stdout, stderr } = await runTokenScript(['ada@example.org']);
  expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: 'Start Minutebook first: npm start\n' });
});

it('says so when something else has the port', async () => {
  const other = createServer((_request, response) => response.end('hello'));
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { code, stdout, stderr } = await runTokenScript(['ada@example.org'], { MINUTEBOOK_ISSUER_PORT: String(port) });
  other.closeAllConnections();
  other.close();
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^What answers on port \d+ is not the demo issuer[^\n]*\n$/);
});

function runTokenScript(args: readonly string[], environment: Record<string, string | undefined> = {}) {
  const env = { ...process.env, MINUTEBOOK_ISSUER_PORT: new URL(demo.issuer).port, ...environment };
  return new Promise<{ code: number; stdout: string; stderr: string }>(resolve => {
    execFile(process.execPath, ['local/token.ts', ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
