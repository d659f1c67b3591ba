/** Faults at the calls of a sequencer: at random, at the n-th of all, or the end of the whole process there. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { SequencerServices } from '../../functions/sequence/services.ts';

export class InjectedFault extends Error {}

type Method = (...args: unknown[]) => Promise<unknown>;
type Call = () => Promise<unknown>;

/** The same services, with every call to records, files and keys going through `around`, which is told its name. */
export function around(services: SequencerServices, wrap: (name: string, call: Call) => Promise<unknown>) {
  const wrapped = <Outside extends object>(outside: Outside, what: string): Outside =>
    new Proxy(outside, {
      get: (target, property) => {
        const method = Reflect.get(target, property) as Method;
        return (...args: unknown[]) => wrap(`${what}.${String(property)}`, () => method.apply(target, args));
      },
    });
  return {
    ...services,
    records: wrapped(services.records, 'records'),
    store: wrapped(services.store, 'store'),
    signers: services.signers.map(signer => wrapped(signer, 'signer')),
  };
}

/** Numbers from 0 to 1 that are the same for the same seed. */
export function chance(seed: number): () => number {
  let count = 0;
  return () => createHash('sha256').update(`${seed}/${count++}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** Calls fail before or after they did what they should, and some take their time, so that runs overtake one another. */
export const failingAtRandom = (services: SequencerServices, next: () => number, rate: () => number) =>
  around(services, async (name, call) => {
    const fate = next();
    if (next() < 0.15) await pause(next() ** 3 * 30);
    if (fate < rate()) throw new InjectedFault(`before ${name}`);
    const result = await call();
    if (fate > 1 - rate()) throw new InjectedFault(`after ${name}`);
    return result;
  });

/** @returns what the n-th call was, from 1; undefined when there were fewer. */
export function failingAt(services: SequencerServices, n: number, mode: 'before' | 'after') {
  let count = 0;
  const failed: { call?: string } = {};
  const faulty = around(services, async (name, call) => {
    if (++count !== n) return call();
    failed.call = name;
    if (mode === 'before') throw new InjectedFault(`before ${name}`);
    await call();
    throw new InjectedFault(`after ${name}`);
  });
  return { services: faulty, failed };
}
