/** Where a whole log is copied from: the folder of a book on this machine, or an address. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readKeys } from '../functions/log/readKeys.ts';
import { readCheckpoint } from '../shared/core/log/checkpoints.ts';
import { type Policy, policyText, readPolicy } from '../shared/core/log/policy.ts';
import type { RecordStore } from '../shared/ports/recordStore.ts';
import { fetchBytes, Unreadable } from '../web/verifier/fetching.ts';

export interface LogSource {
  /** What to call it in a message. */
  readonly place: string;
  /** A file of the log; null when there is none, and one byte more than that at most. @throws {Unreadable} */
  read(path: string, mostBytes: number): Promise<Uint8Array | null>;
  /** The keys and witnesses by which it is to be verified, as whoever keeps it says (C2SP tlog-policy). */
  readPolicy(): Promise<string>;
}

const mostPolicyBytes = 200_000;

/** @param address of the book, for the policy. */
export function sourceIn(folder: string, records: RecordStore, address: string | null): LogSource {
  const read = async (path: string) => {
    const file = join(folder, path);
    return existsSync(file) ? readFile(file) : null;
  };
  return {
    place: folder,
    read,
    async readPolicy() {
      const checkpoint = await read('checkpoint');
      const signed = readCheckpoint(checkpoint?.toString('utf8') ?? '') ?? undefined;
      const keys = (await readKeys(records, signed)).filter(({ isSigning }) => isSigning);
      const file = process.env.MINUTEBOOK_LOG_POLICY?.trim() ?? '';
      const asked: Policy = readPolicy(file === '' ? 'quorum none\n' : await readFile(file, 'utf8'));
      const url = address === null ? null : `${address}/log`;
      return policyText({ ...asked, logs: keys.map(({ verifierKey }) => ({ key: verifierKey, url })) });
    },
  };
}

/** @param address where the log begins, such as `https://book.example.org/log`. @throws {Unreadable} it is no such address. */
export function sourceAt(address: string): LogSource {
  const url = URL.parse(address.replace(/\/+$/, ''));
  const isHere = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere)) || url.search || url.hash) {
    throw new Unreadable(`Name the address of a log, such as https://book.example.org/log, not ${address}.`);
  }
  const at = (path: string) => `${url.href.replace(/\/+$/, '')}/${path}`;
  return {
    place: url.href,
    read: (path, mostBytes) => fetchBytes(at(path), mostBytes),
    async readPolicy() {
      const bytes = await fetchBytes(at('policy'), mostPolicyBytes);
      if (bytes === null || bytes.length > mostPolicyBytes) throw new Unreadable(`${at('policy')} is no policy.`);
      return Buffer.from(bytes).toString('utf8');
    },
  };
}
