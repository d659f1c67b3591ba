/** Checks what was downloaded from a book, or what stands at an address of one, whatever of it that is. */
import { decodeText, encodeText, isSame, NotProven } from './bytes.ts';
import { type FetchBytes, Unreadable } from './fetching.ts';
import { fieldOf, isRecord, type Json, type JsonRecord, readJson } from './json.ts';
import { type ReadLog, verifyLog } from './log.ts';
import { type Policy, policyOf } from './policy.ts';
import { type Key, readKey } from './proof.ts';
import {
  type Finding,
  hasExactly,
  isProven,
  verifyEntry,
  verifyEntryAnswer,
  verifyProven,
  verifyRecord,
} from './record.ts';
import { type Told, type Trusted, tellFinding, tellLog } from './words.ts';

/** Whom somebody believes, and why. */
export interface Believed {
  readonly policy: Policy;
  readonly trusted: Trusted;
}

export interface Checking {
  readonly fetch: FetchBytes;
  /** The keys that were given; null when those of the log are to be believed. */
  readonly given: Policy | null;
  /** Where to ask for what a file does not hold, such as `https://book.example.org`; null when nobody is to be asked. */
  readonly site: string | null;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface Checked {
  readonly told: Told;
  /** Null for a whole log. */
  readonly finding: Finding | null;
}

const mostRecordBytes = 8_000_000;
/** More keys than a log ever had; the newest are told first. */
export const mostKeys = 32;

/** @throws {Unreadable} nothing is there. */
async function fetchText(address: string, { fetch }: Checking): Promise<string> {
  const bytes = await fetch(address, mostRecordBytes);
  if (bytes === null) throw new Unreadable(`${address} is not there (404).`);
  if (bytes.length > mostRecordBytes) throw new Unreadable(`${address} is longer than any record.`);
  return decodeText(bytes, address);
}

/** The keys that were given, or those that the log tells. @throws {Unreadable} nobody gave any, and nobody can be asked. */
export async function believedBy(checking: Checking): Promise<Believed> {
  const { given, site } = checking;
  if (given !== null) return { policy: given, trusted: 'given' };
  if (site === null)
    throw new Unreadable('No key was given, and no book to ask for it: a signature cannot be checked without.');
  const answer = await fetchText(new URL('/v1/log', site).href, checking);
  try {
    return { policy: await toldIn(readJson(answer)), trusted: 'told' };
  } catch (error) {
    if (!(error instanceof NotProven)) throw error;
    throw new Unreadable(`${site} does not tell the key of its log: ${error.message} Give the key yourself.`);
  }
}

/**
 * The keys that a book tells of its log. Those of witnesses it may tell as well, and they are not taken: whoever is to stand against the
 * log is not for the log to say.
 * @throws {NotProven} it tells none.
 */
async function toldIn(answer: Json): Promise<Policy> {
  const keys = isRecord(answer) ? fieldOf(answer, 'keys') : undefined;
  const logs: Key[] = [];
  for (const one of Array.isArray(keys) ? (keys as readonly Json[]).slice(0, mostKeys) : []) {
    const text = isRecord(one) ? fieldOf(one, 'key') : undefined;
    const key = await readKey(typeof text === 'string' ? text : '');
    if (!logs.some(other => isSame(other.bytes, key.bytes))) logs.push(key);
  }
  return policyOf(logs);
}

/**
 * Checks a file: a record, a proven statement or event, an entry, or a proof file.
 * @param proof the text of what proves it, where that lies in another file.
 * @throws {NotProven} @throws {Unreadable}
 */
export async function checkText(text: string, proof: string | null, checking: Checking): Promise<Checked> {
  if (isProofFile(text)) {
    throw new Unreadable('This is a proof, without the entry that it proves. Give the entry, and this as its proof.');
  }
  if (proof !== null && isProofFile(proof)) return checkEntry(encodeText(text), proof, checking);
  const value = readJson(text);
  if (isRecord(value) && isRecord(value.record) && isRecord(value.proven)) {
    if (!hasExactly(value, 'record', 'proven')) {
      throw new NotProven('This is a record with its proof, and more that nothing proves: take the other fields away.');
    }
    return checkRecord(value.record, value.proven, checking);
  }
  if (isProven(value)) {
    const { policy, trusted } = await believedBy(checking);
    return found(await verifyProven(value, policy), trusted);
  }
  if (isRecord(value) && 'entry' in value) {
    const { policy, trusted } = await believedBy(checking);
    return found(await verifyEntryAnswer(value, policy), trusted);
  }
  if (!isRecord(value)) throw new NotProven('This is no record.');
  if ('items' in value) throw new Unreadable('This is a list. Give one of the records that are on it.');
  return checkRecord(value, proof === null ? await fetchProof(value, checking) : readJson(proof), checking);
}

export const isProofFile = (text: string) => text.startsWith('c2sp.org/tlog-proof');

/** These bytes against a tlog-proof file. @throws {NotProven} @throws {Unreadable} */
export async function checkEntry(entry: Uint8Array, proof: string, checking: Checking): Promise<Checked> {
  const { policy, trusted } = await believedBy(checking);
  return found(await verifyEntry(entry, proof, policy), trusted);
}

async function checkRecord(record: JsonRecord, proven: Json, checking: Checking): Promise<Checked> {
  const { policy, trusted } = await believedBy(checking);
  return found(await verifyRecord(record, proven, policy), trusted);
}

const found = (finding: Finding, trusted: Trusted): Checked => ({ told: tellFinding(finding, trusted), finding });

/** The proven statement that a record names, from the book that is asked. */
async function fetchProof(record: JsonRecord, checking: Checking): Promise<Json> {
  const proof = fieldOf(record, 'proof');
  if (proof === undefined)
    throw new Unreadable('This is no record that names its proof. Download it again, or give the proof.');
  if (proof === null)
    throw new NotProven('The record says that nothing of it is public yet: there is nothing to prove.');
  if (proof === 'pending')
    throw new NotProven('The record was not in the log yet when it was downloaded. Download it again in a minute.');
  const url = isRecord(proof) ? fieldOf(proof, 'url') : undefined;
  if (checking.site === null)
    throw new Unreadable('The proof is not with the record, and no book was named to ask for it.');
  // Only the book itself is asked, whatever a record names.
  const address = typeof url === 'string' && URL.canParse(url, checking.site) ? new URL(url, checking.site) : null;
  if (address === null || !address.pathname.startsWith('/v1/log/records/'))
    throw new NotProven('The record names no proof.');
  return readJson(await fetchText(new URL(address.pathname, checking.site).href, checking));
}

/** Where a log begins, when that is what the address names; null for other addresses. */
export function logPrefixOf(address: string): string | null {
  const url = new URL(address);
  const path = url.pathname.replace(/\/(checkpoint)?$/, '');
  if (path === '') return `${url.origin}/log`;
  return path.endsWith('/log') && !path.startsWith('/v1/') ? `${url.origin}${path}` : null;
}

export const logAt =
  (prefix: string, fetch: FetchBytes): ReadLog =>
  (path, most) =>
    fetch(`${prefix}/${path}`, most);

/** Checks a record, a proven statement or a whole log at an address. @throws {NotProven} @throws {Unreadable} */
export async function checkAddress(address: string, asked: Omit<Checking, 'site'>): Promise<Checked> {
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? '')) {
    throw new Unreadable(
      `"${address.slice(0, 200)}" is no address such as https://book.example.org/v1/disclosures/...`,
    );
  }
  const url = new URL(address);
  const checking = { ...asked, site: url.origin };
  const prefix = logPrefixOf(address);
  if (prefix !== null) return checkLog(logAt(prefix, asked.fetch), checking);
  // The page of a record has the address of its data, but for the version.
  const path = /^\/(v1|log)\//.test(url.pathname) ? url.pathname : `/v1${url.pathname}`;
  return checkText(await fetchText(`${url.origin}${path}${url.search}`, checking), null, checking);
}

/** A whole log, every entry and tile of it. @throws {NotProven} @throws {Unreadable} */
export async function checkLog(
  read: ReadLog,
  checking: Checking,
  widths?: (path: string) => Promise<readonly number[]>,
): Promise<Checked> {
  const { policy, trusted } = await believedBy(checking);
  const { onProgress } = checking;
  let newest: string | null = null;
  const finding = await verifyLog(read, policy, {
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(widths === undefined ? {} : { widths }),
    onEntry: (_, at) => {
      newest = at;
    },
  });
  return { told: tellLog(finding, trusted, newest), finding: null };
}
