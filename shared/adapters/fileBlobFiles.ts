/** Files that are there whole or not at all, and what the faults of their disk mean. */
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UnavailableError } from '../errors.ts';
import type { Bytes } from '../ports/blobStore.ts';

/** Tells the temporary files of this process from those of an earlier one that had the same number. */
const ourMark = randomBytes(6).toString('hex');
const temporaryPattern = /^\.tmp-(\d+)-([0-9a-f]+)-/;
const digestBytes = 32;

export const temporaryName = () => `.tmp-${process.pid}-${ourMark}-${randomBytes(6).toString('hex')}`;

/** What was written, and where it stands until it gets its name. */
export interface Written extends Bytes {
  readonly temporary: string;
}

/**
 * Writes content to a temporary file of a folder, has it on the disk, and hands it over to get its name. The temporary
 * file is gone when this returns or throws; a crash leaves it behind, for {@link removeLeftovers}.
 *
 * @param trailer puts the digest behind the content, where {@link digestBehind} finds it.
 * @throws {UnavailableError} the disk is full, read-only, or fails.
 */
export async function writeAside<T>(
  folder: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  publish: (written: Written) => Promise<T>,
  trailer = false,
): Promise<T> {
  const temporary = join(folder, temporaryName());
  const hash = createHash('sha256');
  let size = 0;
  async function* hashed() {
    for await (const chunk of content) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  try {
    const handle = await open(temporary, 'wx', 0o600);
    let digest: Buffer;
    try {
      await handle.writeFile(hashed());
      digest = hash.digest();
      if (trailer) await handle.writeFile(digest);
      await handle.chmod(0o400);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return await publish({ temporary, size, sha256: digest.toString('hex') });
  } catch (error) {
    throw translated(error, folder);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Gives a temporary file its name unless something has it. A crash after this leaves a second name, removed as a leftover. */
export async function publishOnce(temporary: string, file: string): Promise<'published' | 'there already'> {
  let outcome: 'published' | 'there already' = 'published';
  try {
    await link(temporary, file);
  } catch (error) {
    if (!isAlreadyThere(error)) throw error;
    outcome = 'there already';
  }
  // Also when another writer was first: its name may not have reached the disk yet, and ours is to be durable.
  await syncFolder(dirname(file));
  return outcome;
}

export async function publishOver(temporary: string, file: string): Promise<void> {
  await rename(temporary, file);
  await syncFolder(dirname(file));
}

/** The size and the digest of content that was written with a trailer. @throws with code ENOENT when there is no such file. */
export async function digestBehind(file: string): Promise<Bytes> {
  const handle = await open(file);
  try {
    const size = (await handle.stat()).size - digestBytes;
    const { buffer } = await handle.read(Buffer.alloc(digestBytes), 0, digestBytes, Math.max(0, size));
    return { size, sha256: buffer.toString('hex') };
  } finally {
    await handle.close();
  }
}

/** Makes a folder in one that exists, for its owner only; what it is in knows it durably. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
    await syncFolder(dirname(folder));
  } catch (error) {
    if (!isAlreadyThere(error)) throw translated(error, folder);
  }
}

/** What names a file or takes its name away is durable after this. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function syncFolderSync(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Removes the temporary files of processes that are no more, in a folder and all below. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const [, pid, mark] = temporaryPattern.exec(basename(name)) ?? [];
    if (pid === undefined) continue;
    const isOfOthers = Number(pid) !== process.pid && isAlive(Number(pid));
    if (mark !== ourMark && !isOfOthers) rmSync(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** What an error of the file system means for whoever asked; any other is given back as it is. */
export function translated(error: unknown, folder: string): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new UnavailableError(`The disk of ${folder} is full`, error);
    case 'EROFS':
      return new UnavailableError(`The disk of ${folder} is read-only`, error);
    case 'EIO':
    case 'EFBIG':
      return new UnavailableError(`The disk of ${folder} fails`, error);
    default:
      return error;
  }
}

export const isMissing = (error: unknown) => codeOf(error) === 'ENOENT';
export const isAlreadyThere = (error: unknown) => codeOf(error) === 'EEXIST';

const codeOf = (error: unknown) => (error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined);
