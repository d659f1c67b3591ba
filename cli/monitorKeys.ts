/** Keys that a log has introduced itself: a record of each is sealed in it, under a checkpoint signed by a key that is believed. */
import { decodeText, NotProven } from '../web/verifier/bytes.ts';
import { type FetchBytes, Unreadable } from '../web/verifier/fetching.ts';
import { fieldOf, isRecord, type Json, readJson } from '../web/verifier/json.ts';
import type { Policy } from '../web/verifier/policy.ts';
import { type Key, keyText, readKey } from '../web/verifier/proof.ts';
import { proofAddress, verifyProven } from '../web/verifier/record.ts';

export interface Introduced {
  readonly key: Key;
  /** Where it stands in the log. */
  readonly index: number;
}

const mostBytes = 1_000_000;
/** A book that tells more keys at once is not believed so quickly. */
const mostKeys = 8;

/** Those that the policy does not name yet. A book that tells nothing, or proves nothing, has introduced none. */
export async function introducedKeys(url: string, policy: Policy, fetch: FetchBytes): Promise<Introduced[]> {
  const { origin } = new URL(url);
  async function read(path: string): Promise<Json> {
    const bytes = await fetch(`${origin}${path}`, mostBytes);
    if (bytes === null || bytes.length > mostBytes) throw new Unreadable(`${path} cannot be read.`);
    return readJson(decodeText(bytes, path));
  }
  try {
    const answer = await read('/v1/log');
    const told = isRecord(answer) ? fieldOf(answer, 'keys') : undefined;
    const texts = (Array.isArray(told) ? (told as readonly Json[]) : []).flatMap(one => {
      const text = isRecord(one) ? fieldOf(one, 'key') : undefined;
      return typeof text === 'string' ? [text] : [];
    });
    const known = new Set(policy.logs.map(({ bytes }) => String(bytes)));
    const introduced: Introduced[] = [];
    for (const text of new Set(texts)) {
      const key = await readKey(text);
      // The same key under another name, or spelled in another way, is no other key.
      if (known.has(String(key.bytes))) continue;
      if (known.size - policy.logs.length >= mostKeys) break;
      known.add(String(key.bytes));
      const found = await verifyProven(await read(proofAddress({ kind: 'log-key', id: key.id, version: 1 })), policy);
      const content = found.sealed === null ? undefined : fieldOf(found.sealed, 'content');
      const isOurs = found.what === 'statement' && found.record?.kind === 'log-key' && found.record.id === key.id;
      if (!isOurs || !isRecord(content) || fieldOf(content, 'key') !== keyText(key) || found.origin !== key.name)
        continue;
      if (key.type === 1) introduced.push({ key, index: found.index });
    }
    return introduced;
  } catch (error) {
    if (error instanceof NotProven || error instanceof Unreadable) return [];
    throw error;
  }
}
