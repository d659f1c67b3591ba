/** What a monitor remembers of a log: the last state that it checked, and whatever the log has shown that cannot be. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, publishOver, writeAside } from '../shared/adapters/fileBlobFiles.ts';
import { NotProven } from '../web/verifier/bytes.ts';
import { readPolicy } from '../web/verifier/policy.ts';
import { readCheckpoint } from '../web/verifier/proof.ts';
import { UsageError } from './believing.ts';

export interface Known {
  /** Where the log begins. */
  readonly url: string;
  /** Whom the monitor believes, as a policy file: those keys stay, whatever the log tells later. */
  readonly policy: string;
  readonly trusted: 'given' | 'told';
  /** The last checkpoint, with its signatures. */
  readonly checkpoint: string;
  readonly checkedAt: string;
  /** The latest time that an entry says. */
  readonly newest: string | null;
  /** How many entries each of the last days had, by their date in UTC. */
  readonly days: Readonly<Record<string, number>>;
}

/** Rates are told over so many days. */
export const mostDays = 60;

const fileIn = (folder: string) => join(folder, 'monitor.json');

/** Undefined at the first time. @throws {UsageError} what is there cannot be read; it is left as it is. */
export async function readKnown(folder: string): Promise<Known | undefined> {
  const file = fileIn(folder);
  try {
    const known = JSON.parse(await readFile(file, 'utf8')) as Partial<Known> | null;
    if (known !== null && isWhole(known)) {
      readCheckpoint(known.checkpoint);
      await readPolicy(known.policy);
      return known;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (!(error instanceof SyntaxError || error instanceof NotProven)) throw error;
  }
  throw new UsageError(`${file} is not what a monitor writes. Put back a copy of it, or take it away to begin anew.`);
}

const isTime = (text: unknown) => typeof text === 'string' && !Number.isNaN(Date.parse(text));

function isWhole(known: Partial<Known>): known is Known {
  const { url, policy, trusted, checkpoint, checkedAt, newest, days } = known;
  return (
    [url, policy, checkpoint].every(text => typeof text === 'string') &&
    (trusted === 'given' || trusted === 'told') &&
    isTime(checkedAt) &&
    (newest === null || isTime(newest)) &&
    Object.values(days ?? { none: null }).every(count => typeof count === 'number')
  );
}

/** Durable when it resolves; a crash leaves what was there before. */
export async function writeKnown(folder: string, known: Known): Promise<void> {
  await putFile(folder, fileIn(folder), `${JSON.stringify(known, null, 2)}\n`);
}

async function putFile(folder: string, file: string, content: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await makeFolder(folder);
  await writeAside(folder, [Buffer.from(content)], ({ temporary }) => publishOver(temporary, file));
}

/** What a log says anew every time must not fill the disk. */
const mostEvidence = 200;

/** Kept for ever: `fork` when the log has shown two histories, `refused` for what could not be believed otherwise. */
export async function keepEvidence(
  folder: string,
  kind: 'fork' | 'refused',
  text: string,
  at: string,
): Promise<string> {
  const name = `${kind}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.txt`;
  const file = join(folder, name);
  const isThere = await readFile(file).then(
    () => true,
    () => false,
  );
  const kept = (await readdir(folder).catch(() => [])).filter(one => one.startsWith(`${kind}-`));
  if (!isThere && kept.length < mostEvidence) await putFile(folder, file, `Seen at ${at}\n${text}`);
  return file;
}

/** Where it is kept that the log has shown two histories. */
export async function forksIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter(name => name.startsWith('fork-')).map(name => join(folder, name));
}
