/** The LogStore of the embedded server: a folder with the paths of C2SP tlog-tiles, for the server's own user. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { placeOf } from '../core/log/tiles.ts';
import { LogForkError, type LogStore } from '../ports/logStore.ts';
import {
  isAlreadyThere,
  isMissing,
  publishOnce,
  removeLeftovers,
  syncFolder,
  translated,
  writeAside,
} from './fileBlobFiles.ts';

/**
 * One process writes at a time. Were there two, nothing would be written over but the checkpoint, perhaps by an older one; the next run
 * of the sequencer would put that right.
 *
 * @throws {UnavailableError} the disk is full or fails.
 */
export function openFileLogStore(folder: string): LogStore {
  // Apart from the log: nobody has to look through all of it for what a crash left behind.
  const workshop = join(folder, '.workshop');
  mkdirSync(workshop, { recursive: true, mode: 0o700 });
  removeLeftovers(workshop);
  const known = new Set([folder]);
  const checkpointFile = join(folder, 'checkpoint');

  async function folderOf(file: string): Promise<string> {
    const own = dirname(file);
    if (!known.has(own)) {
      await folderOf(own);
      await mkdir(own, { mode: 0o700 }).catch(error => {
        if (!isAlreadyThere(error)) throw translated(error, folder);
      });
      // Also when it is there: a crash may have kept its name from the disk.
      await syncFolder(dirname(own));
      known.add(own);
    }
    return own;
  }

  async function contentOf(file: string): Promise<Buffer | undefined> {
    try {
      return await readFile(file);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw translated(error, folder);
    }
  }

  /** Nothing is awaited from the look to the change: so of two that replace the same one, one does. */
  function replaceNow(temporary: string, tag: string | undefined): boolean {
    let there: Buffer | undefined;
    try {
      there = readFileSync(checkpointFile);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    if ((there && tagOf(there)) !== tag) return false;
    renameSync(temporary, checkpointFile);
    return true;
  }

  return {
    async putNew(path, content) {
      const file = join(folder, checked(path));
      const own = await folderOf(file);
      const there = await contentOf(file);
      if (there === undefined) await writeAside(workshop, [content], ({ temporary }) => publishOnce(temporary, file));
      // A crash may have left it there before its name was on the disk.
      else await syncFolder(own);
      const now = there ?? (await contentOf(file));
      if (now === undefined || !now.equals(content)) throw new LogForkError(`${path} has other bytes than the log`);
    },

    read: path => contentOf(join(folder, checked(path))),

    async readCheckpoint() {
      const content = await contentOf(checkpointFile);
      return content && { content: content.toString('utf8'), tag: tagOf(content) };
    },

    async replaceCheckpoint(content, read) {
      return writeAside(workshop, [Buffer.from(content)], async ({ temporary }) => {
        const isReplaced = replaceNow(temporary, read?.tag);
        await syncFolder(folder);
        return isReplaced;
      });
    },
  };
}

const tagOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

/** @throws {RangeError} it is no path of a tile or a bundle. */
function checked(path: string): string {
  if (placeOf(path) === null) throw new RangeError(`${path} is no path of the log`);
  return path;
}
