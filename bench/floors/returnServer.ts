/** A server that answers at once, and reads fifty returns when its parent says so: `thread`, or `itself` where it answers. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { closeReturnReader, openReturn } from '../../shared/examination/returnReader.ts';
import { readBytes } from '../../shared/examination/returnReading.ts';

export interface Order {
  readonly by: 'thread' | 'itself';
  readonly file: string;
}

const server = createServer((_request, response) => response.end('{}'));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));

process.on('message', async ({ by, file }: Order) => {
  const bytes = readFileSync(file);
  const start = performance.now();
  const all = Array.from({ length: 50 }, () => bytes);
  if (by === 'thread') await Promise.all(all.map(one => openReturn(async () => Readable.from([one]), one.length)));
  else {
    for (const one of all) {
      readBytes(one);
      await turn();
    }
  }
  await closeReturnReader();
  process.send?.(performance.now() - start);
});
process.once('disconnect', () => process.exit());
