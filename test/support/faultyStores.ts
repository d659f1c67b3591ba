/** Stores that fail on request: before they do what they are asked, after they have done it, or in the middle of a stream. */
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

export class InjectedFault extends Error {}

export const faultModes = ['before', 'after', 'in the middle of'] as const;
export type FaultMode = (typeof faultModes)[number];

type Method = (...args: never[]) => Promise<unknown>;

interface Stores {
  readonly records: RecordStore;
  readonly blobs: BlobStore;
}

/** The same stores, with every call going through `around`, which is told its name. */
function wrapped<Store extends object>(store: Store, around: (name: string, call: () => Promise<unknown>) => unknown) {
  return new Proxy(store, {
    get: (target, property) => {
      const method = Reflect.get(target, property) as Method;
      return (...args: never[]) => around(String(property), () => method.apply(target, args));
    },
  });
}

/** Stores of which the n-th call of all fails, and what it was; nothing when there were fewer. */
export function failingAt({ records, blobs }: Stores, n: number, mode: FaultMode) {
  let count = 0;
  const failed: { call?: string } = {};
  const around = async (name: string, call: () => Promise<unknown>) => {
    if (++count !== n) return call();
    failed.call = name;
    const fault = new InjectedFault(`${mode} ${name}`);
    if (mode === 'before') throw fault;
    const result = await call();
    if (!(result instanceof Readable)) throw fault;
    if (mode === 'in the middle of') return breakingOff(result, fault);
    result.destroy();
    throw fault;
  };
  return { failed, records: wrapped(records, around), blobs: wrapped(blobs, around) };
}

/** Gives half of the first chunk, then fails. */
function breakingOff(stream: Readable, fault: Error): Readable {
  async function* content() {
    for await (const chunk of stream) {
      yield (chunk as Buffer).subarray(0, chunk.length / 2);
      throw fault;
    }
  }
  return Readable.from(content(), { objectMode: false });
}

/** Stores that take their time before and after every call, so that whatever runs at once meets in every order. */
export function dawdling({ records, blobs }: Stores, milliseconds: number): Stores {
  const around = async (_: string, call: () => Promise<unknown>) => {
    if (Math.random() < 0.5) await pause(Math.random() * milliseconds);
    const result = await call();
    if (Math.random() < 0.5) await pause(Math.random() * milliseconds);
    return result;
  };
  return { records: wrapped(records, around), blobs: wrapped(blobs, around) };
}
