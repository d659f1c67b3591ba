/** Reads one return in a process of its own: `node returns.ts WAY FILE`. Prints what that took, as JSON. */
import { readFileSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { XMLParser } from 'fast-xml-parser';
import { decode } from '../../shared/core/returns/decoding.ts';
import { readReturn } from '../../shared/core/returns/readReturn.ts';
import { readBytes } from '../../shared/examination/returnReading.ts';
import { quantile } from '../table.ts';

export interface Cost {
  readonly first: number;
  readonly median: number;
  /** Of the processor, on average. */
  readonly processor: number;
  readonly peakBytes: number;
  readonly heapBytes: number;
}

const text = (bytes: Uint8Array): string => {
  const decoded = decode(bytes);
  if ('problems' in decoded) throw new Error('It is no text');
  return decoded.text;
};

/** What is done with the bytes; the first does nothing, the second what nobody who uses the parser can do without. */
export const ways: Readonly<Record<string, (bytes: Uint8Array) => unknown>> = {
  'nothing, only its bytes': bytes => bytes,
  'fast-xml-parser alone (floor)': bytes =>
    new XMLParser({ parseTagValue: false, processEntities: false }).parse(text(bytes)),
  'what it says': bytes => readReturn(text(bytes)),
  'what it says, and its public copy': bytes => readBytes(bytes),
};

function measure(way: (bytes: Uint8Array) => unknown, bytes: Uint8Array): Cost {
  const results: unknown[] = [];
  const once = () => {
    const start = performance.now();
    results[0] = way(bytes);
    return performance.now() - start;
  };
  const first = once();
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const heapBytes = getHeapStatistics().total_heap_size;
  const before = process.cpuUsage();
  const times = Array.from({ length: 15 }, once);
  const { user, system } = process.cpuUsage(before);
  return { first, median: quantile(times), processor: (user + system) / 1000 / times.length, peakBytes, heapBytes };
}

if (import.meta.main) {
  const [, , name = '', file = ''] = process.argv;
  const way = ways[name];
  if (way === undefined) throw new Error(`Nobody knows how to read "${name}"`);
  console.log(JSON.stringify(measure(way, readFileSync(file))));
}
