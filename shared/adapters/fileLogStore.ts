/** The LogStore of the embedded server: a folder that any web server could serve. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { placeOf } from '../core/log/tiles.ts';
import { LogForkError, type LogStore } from '../ports/logStore.ts';
import {
  isMissing,
  makeFolder,
  publishOnce,
  publishOver,
  removeLeftovers,
  translated,
  writeAside,
} from './fileBlobFiles.ts';

/**
 * One process writes at a time: the server holds its data folder. Even so nothing that is there is ever written over but the checkpoint.
 *
 * @throws {UnavailableError} the disk is full or fails.
 */
export function openFileLogStore(folder: string): LogStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeLeftovers(folder);
  const known = new Set([folder]);
  const checkpointFile = join(folder, 'checkpoint');

  async function folderOf(file: string): Promise<string> {
    const own = dirname(file);
    if (!known.has(own)) {
      await folderOf(own);
      await makeFolder(own);
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

  async function readCheckpoint() {
    const content = await contentOf(checkpointFile);
    return content && { content: content.toString('utf8'), tag: tagOf(content) };
  }

  return {
    async putNew(path, content) {
      const file = join(folder, checked(path));
      const there = await contentOf(file);
      if (there === undefined) {
        await writeAside(await folderOf(file), [content], ({ temporary }) => publishOnce(temporary, file));
      }
      const now = there ?? (await contentOf(file));
      if (now === undefined || !now.equals(content)) throw new LogForkError(`${path} has other bytes than the log`);
    },

    read: path => contentOf(join(folder, checked(path))),

    readCheckpoint,

    async replaceCheckpoint(content, read) {
      return writeAside(folder, [Buffer.from(content)], async ({ temporary }) => {
        // Nothing is awaited between this and the rename but the disk, and no other process writes here.
        if ((await readCheckpoint())?.tag !== read?.tag) return false;
        await publishOver(temporary, checkpointFile);
        return true;
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
