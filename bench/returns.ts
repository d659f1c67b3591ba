/** What reading a large return costs beside its floor, and how long others wait while fifty are read at once. */
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { largeReturn } from '../test/support/largeReturn.ts';
import type { Order } from './floors/returnServer.ts';
import { type Cost, ways } from './floors/returns.ts';
import { printTable, quantile, type Row, round } from './table.ts';

const megabytes = 1.5;
const quietMilliseconds = 2000;

export async function returns(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-bench-'));
  const file = join(folder, 'return.xml');
  try {
    writeFileSync(file, largeReturn(megabytes));
    const size = `${round(statSync(file).size / 1e6, 2)} MB`;
    printTable(
      `A return of ${size}: what each reads of it, 15 times after the first`,
      Object.keys(ways).map(way => rowOf(way, file)),
    );
    const rows = [await waiting('nobody', file), await waiting('a thread', file), await waiting('itself', file)];
    printTable(`A server that answers at once, while fifty returns of ${size} are read by`, rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowOf(way: string, file: string): Row {
  const program = join(import.meta.dirname, 'floors', 'returns.ts');
  const cost: Cost = JSON.parse(execFileSync(process.execPath, [program, way, file], { encoding: 'utf8' }));
  return {
    way,
    'ms first': round(cost.first),
    'ms median': round(cost.median),
    'ms processor': round(cost.processor),
    'peak MB': round(cost.peakBytes / 1e6),
    'heap MB': round(cost.heapBytes / 1e6),
  };
}

/** Asks one thing after the other for as long as it takes. */
async function waiting(by: 'nobody' | 'a thread' | 'itself', file: string): Promise<Row> {
  const child = fork(join(import.meta.dirname, 'floors', 'returnServer.ts'));
  try {
    const [port] = await once(child, 'message');
    const ask = async () => {
      const start = performance.now();
      await (await fetch(`http://127.0.0.1:${port}/`)).text();
      return performance.now() - start;
    };
    for (let index = 0; index < 100; index++) await ask();
    let isOver = false;
    const order: Order = { by: by === 'itself' ? 'itself' : 'thread', file };
    const reading = by === 'nobody' ? pause(quietMilliseconds, [quietMilliseconds]) : once(child, 'message');
    if (by !== 'nobody') child.send(order);
    const done = reading.then(([milliseconds]) => {
      isOver = true;
      return Number(milliseconds);
    });
    const times: number[] = [];
    while (!isOver) {
      times.push(await ask());
      await pause(2);
    }
    return {
      by,
      seconds: round((await done) / 1000, 1),
      'p50 ms': round(quantile(times), 1),
      'p99 ms': round(quantile(times, 0.99), 1),
      'longest ms': round(Math.max(...times), 1),
    };
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
}

if (import.meta.main) await returns();
