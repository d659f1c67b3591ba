/** How many public reads the embedded server answers in a second, beside a bare `node:http` with the same bytes. */
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, launchEmbedded } from '../test/support/embedded.ts';
import { printTable, type Row, round } from './table.ts';

const connections = 10;
const seconds = 5;

interface Load {
  readonly requests: { readonly average: number };
  readonly latency: { readonly p50: number; readonly p97_5: number; readonly p99: number };
  readonly errors: number;
  readonly non2xx: number;
}

export async function embedded(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'minutebook-bench-'));
  const server = launchEmbedded({ MINUTEBOOK_DATA: data, ...(await freePorts()) });
  try {
    const address = await server.ready;
    const list = (await (await fetch(`${address}/v1/disclosures`)).json()) as { items: { id: string }[] };
    const rows: Row[] = [];
    for (const [what, path] of [
      ['list of disclosures', '/v1/disclosures'],
      ['one disclosure', `/v1/disclosures/${list.items[0]?.id}`],
      ['home page', '/'],
    ] as const) {
      const body = await (await fetch(address + path)).text();
      const floor = await atFloor(body);
      const reached = await load(address + path);
      rows.push(row(`${what}, floor`, body, floor, floor), row(what, body, reached, floor));
    }
    printTable(`Embedded server: ${connections} connections for ${seconds} seconds each`, rows);
  } finally {
    await server.stop();
    rmSync(data, { recursive: true });
  }
}

function row(what: string, body: string, { requests, latency, errors, non2xx }: Load, floor: Load): Row {
  if (errors + non2xx > 0) throw new Error(`${what}: ${errors} errors and ${non2xx} answers that are not 2xx`);
  return {
    what,
    bytes: Buffer.byteLength(body),
    'requests/s': round(requests.average),
    'p50 ms': latency.p50,
    'p99 ms': latency.p99,
    'of the floor': round(requests.average / floor.requests.average, 2),
  };
}

async function atFloor(body: string): Promise<Load> {
  const child = fork(join(import.meta.dirname, 'floors', 'http.ts'));
  try {
    child.send(body);
    const [port] = await once(child, 'message');
    return await load(`http://127.0.0.1:${port}/`);
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
}

/** In a process of its own, so that it does not slow what it measures more than it must. One second of warming first. */
async function load(url: string): Promise<Load> {
  await autocannon(url, 1);
  return autocannon(url, seconds);
}

async function autocannon(url: string, duration: number): Promise<Load> {
  const program = createRequire(import.meta.url).resolve('autocannon');
  const child = spawn(process.execPath, [program, '--json', '-c', `${connections}`, '-d', `${duration}`, url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  await once(child, 'close');
  return JSON.parse(output);
}

if (import.meta.main) await embedded();
