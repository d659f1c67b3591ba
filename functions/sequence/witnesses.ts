/** Asks witnesses to cosign a checkpoint (C2SP tlog-witness), and keeps only what verifies. */
import { toBase64 } from '../../shared/core/log/base64.ts';
import { readSize, verdictOn } from '../../shared/core/log/checkpoints.ts';
import { keyText, readNote, type Signature, type VerifierKey } from '../../shared/core/log/notes.ts';
import type { Policy } from '../../shared/core/log/policy.ts';
import { consistencyPlan, type Head, proofOf } from '../../shared/core/log/proofs.ts';
import type { Hash } from '../../shared/core/log/tree.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import type { LogStore } from '../../shared/ports/logStore.ts';
import { hashReader } from './hashes.ts';

export interface Witness {
  readonly key: VerifierKey;
  /** Before `/add-checkpoint`; over http on this machine only. */
  readonly prefix: string;
}

/** What asking takes. */
export interface CosignServices extends Omit<JobServices, 'records' | 'blobs'> {
  readonly store: Pick<LogStore, 'read'>;
  readonly witnesses: readonly Witness[];
}

/** Publication waits no longer for a witness, or for all of them. */
const patienceMilliseconds = 3000;

/** A witness that let publication wait in vain is left alone so long. */
const restMilliseconds = 60_000;

/**
 * The witnesses of a policy that can be asked: those with a URL.
 * @throws {RangeError} a URL is not one that a witness may be asked at; the message names it.
 */
export function witnessesOf({ witnesses }: Policy): Witness[] {
  return witnesses.flatMap(({ key, url }) => {
    if (url === null) return [];
    addressOf(url);
    return [{ key, prefix: url }];
  });
}

/**
 * @param note the checkpoint of that head, with the log's own signatures.
 * @returns what verifies, each by another witness. Those that did not cosign are each an error line.
 */
export async function cosign(head: Head, note: string, services: CosignServices): Promise<Signature[]> {
  const patience = AbortSignal.timeout(patienceMilliseconds);
  const answers = await Promise.all(
    services.witnesses.map(async witness => {
      const known = knownOf(witness, note);
      if (services.now().getTime() < known.restsUntil) return [];
      try {
        // Whatever hangs, be it our own store: nobody waits longer.
        return await Promise.race([askWitness(witness, head, note, services, patience), ended(patience)]);
      } catch (error) {
        const isLate = patience.aborted;
        if (isLate) known.restsUntil = services.now().getTime() + restMilliseconds;
        const rest = isLate ? `; it is asked again in ${restMilliseconds / 1000} seconds at the earliest` : '';
        const fault = new Error(`The witness ${witness.key.name} did not cosign${rest}: ${said(error)}`);
        logFaults(fault, 'askWitness', services);
        return [];
      }
    }),
  );
  return answers.flat();
}

/** What this process remembers of a witness. It is no more than a guess: the witness itself says what it has cosigned. */
interface Known {
  /** What it has cosigned last. */
  size: number;
  /** Unix time in milliseconds. */
  restsUntil: number;
}

const knownWitnesses = new Map<string, Known>();

function knownOf({ key, prefix }: Witness, note: string): Known {
  const name = [note.split('\n', 1)[0], keyText(key), prefix].join('\n');
  const known = knownWitnesses.get(name) ?? { size: 0, restsUntil: 0 };
  knownWitnesses.set(name, known);
  return known;
}

/** It may say once that it has another size than was believed, and once more when others asked meanwhile. */
const mostAttempts = 3;

async function askWitness(
  witness: Witness,
  head: Head,
  note: string,
  services: CosignServices,
  patience: AbortSignal,
): Promise<Signature[]> {
  const known = knownOf(witness, note);
  const address = addressOf(witness.prefix);
  for (let attempt = 1; attempt <= mostAttempts; attempt++) {
    const old = Math.min(known.size, head.size);
    const hashes = await consistency(old, head.size, services);
    const body = `old ${old}\n${hashes.map(hash => `${toBase64(hash)}\n`).join('')}\n${note}`;
    const answer = await fetch(address, { method: 'POST', body, signal: patience, redirect: 'error' });
    const text = await limited(answer);
    if (answer.status === 200) {
      const own = verified(note, text, witness.key);
      known.size = head.size;
      return [own];
    }
    if (answer.status !== 409) throw new Error(`it answered ${answer.status}${reasons[answer.status] ?? ''}`);
    const size = sizeIn(answer, text);
    if (size === old) throw new Error('it answered 409, and says the size that was asked from');
    known.size = size;
    if (size > head.size) throw new Error(`it has cosigned ${size} entries, and this checkpoint has ${head.size}`);
  }
  throw new Error(`it said another size ${mostAttempts} times`);
}

/** What the specification means by them. */
const reasons: Readonly<Record<number, string>> = {
  400: ': it could not read the request',
  403: ': it trusts none of the keys that signed the checkpoint',
  404: ': it does not know this log',
  422: ': to it this is no continuation of what it has cosigned',
  429: ': it is asked too much',
};

/** @throws {Error} it says no size. */
function sizeIn(answer: Response, text: string): number {
  const type = answer.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  const size = type === 'text/x.tlog.size' && text.endsWith('\n') ? readSize(text.slice(0, -1)) : null;
  if (size === null) throw new Error('it answered 409, and no size with it');
  return size;
}

/** The line of the answer that is by that key, and good. @throws {Error} there is none. */
function verified(note: string, answer: string, key: VerifierKey): Signature {
  const signed = readNote(note + answer);
  // The text has to be the one that was sent: blank lines in the answer would make another.
  const isOurs = signed !== null && signed.text === readNote(note)?.text;
  const verdict = isOurs ? verdictOn(signed, key) : undefined;
  const own = signed?.signatures.find(({ name, id }) => name === key.name && id === key.id);
  if (verdict?.is !== 'good' || verdict.time === 0 || own === undefined) {
    throw new Error('what it answered does not verify by its key');
  }
  return own;
}

/** Room for some cosignatures of other kinds, which are long. */
const mostAnswerBytes = 20_000;

async function limited(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > mostAnswerBytes) throw new Error('it answered too much');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** From the tiles as they are served. */
async function consistency(from: number, to: number, { store }: CosignServices): Promise<Hash[]> {
  const plan = consistencyPlan(from, to);
  const hashOf = await hashReader(plan.flat(), to, store);
  return proofOf(plan, hashOf);
}

const local: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** @throws {RangeError} what is asked there could be read and changed on its way, or it is no prefix of addresses. */
function addressOf(prefix: string): URL {
  const url = URL.parse(prefix);
  const isPrivate = url?.protocol === 'https:' || (url?.protocol === 'http:' && local.includes(url.hostname));
  if (url === null || !isPrivate || url.username !== '' || url.password !== '' || /[?#]/.test(prefix)) {
    throw new RangeError(
      `A witness is asked at an address such as https://witness.example.org, over http on this machine only, not at ${prefix}`,
    );
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/add-checkpoint`;
  return url;
}

const ended = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

/** What went wrong, in one line; fetch says it in the cause. */
function said(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it did not answer in time';
  const { code } = (error.cause ?? {}) as NodeJS.ErrnoException;
  const cause = error.cause instanceof Error ? ` (${code ?? error.cause.message})` : '';
  return `${error.message}${cause}`.slice(0, 300);
}
