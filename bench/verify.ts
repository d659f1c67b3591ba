/** What it costs to check one record, and a whole log, in Node and in a browser, with the verifier as it is served. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { verifierText } from '../local/verifierText.ts';
import { browserUnavailable, launchBrowser } from '../test/support/browser.ts';
import { logFiles, recordOf, statementOf } from '../test/support/logFiles.ts';
import { printTable, quantile, type Row, round } from './table.ts';

const entries = 10_000;
const times = 200;

/** Runs where the verifier runs: what it takes to check one record, and then the whole log, in milliseconds. */
const measure = `async (verifier, origin, key, record, proven, times) => {
  const policy = verifier.policyOf([await verifier.readKey(key)]);
  const taken = [];
  for (let time = 0; time < times; time++) {
    const start = performance.now();
    await verifier.verifyRecord(verifier.readJson(record), verifier.readJson(proven), policy);
    taken.push(performance.now() - start);
  }
  const start = performance.now();
  await verifier.verifyLog(verifier.logAt(origin + '/log', verifier.fetchBytes), policy);
  return { first: taken[0], taken, log: performance.now() - start };
}`;

interface Measured {
  readonly first: number;
  readonly taken: readonly number[];
  readonly log: number;
}

export async function verify(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-bench-'));
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    try {
      if (path === '/') response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
      else if (path === '/verifier.js')
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(verifierText());
      else response.writeHead(200).end(readFileSync(join(folder, path)));
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const text = verifierText();
    const sizes = { bytes: Buffer.byteLength(text), 'bytes gzipped': gzipSync(text).length };
    printTable('The verifier as one file', [{ file: 'verifier.js', ...sizes }]);
    const log = logFiles(join(folder, 'log'));
    log.add(Array.from({ length: entries }, (_, index) => statementOf(index)));
    const proven = JSON.stringify(log.provenOf(entries - 77));
    const record = JSON.stringify(recordOf(entries - 77, entries - 77));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const given = [origin, log.log.text, record, proven, times] as const;
    const rows = [rowOf('Node', await inNode(folder, given))];
    const missing = await browserUnavailable();
    if (missing === undefined) rows.push(rowOf('Chromium', await inBrowser(origin, given)));
    else console.log(`No browser: ${missing}`);
    printTable(`Checking one record, ${times} times, and a whole log of ${entries} entries over HTTP`, rows);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
}

async function inNode(folder: string, given: readonly unknown[]): Promise<Measured> {
  const file = join(folder, 'bench.mjs');
  writeFileSync(join(folder, 'verifier.mjs'), verifierText());
  // The same text that the browser runs.
  writeFileSync(
    file,
    `import * as verifier from './verifier.mjs';\nexport default given => (${measure})(verifier, ...given);\n`,
  );
  return (await import(file)).default(given);
}

async function inBrowser(origin: string, given: readonly unknown[]): Promise<Measured> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(origin);
    return (await page.evaluate(
      `import('/verifier.js').then(verifier => (${measure})(verifier, ...${JSON.stringify(given)}))`,
    )) as Measured;
  } finally {
    await browser.close();
  }
}

const rowOf = (where: string, { first, taken, log }: Measured): Row => ({
  where,
  'record ms first': round(first, 2),
  'record ms median': round(quantile([...taken], 0.5), 2),
  'record ms 99 %': round(quantile([...taken], 0.99), 2),
  'log ms': round(log),
});

if (import.meta.main) await verify();
