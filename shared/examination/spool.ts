/** Temporary copies of files that have to be read from anywhere, not from front to back. */
import { realpathSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sink } from './arrival.ts';

/** What the names of all spool folders begin with: the reader may read there, and nowhere else. */
export const spoolPrefix = (): string => join(realpathSync(tmpdir()), 'minutebook-spool-');

export interface Spool {
  readonly path: string;
  readonly sink: Sink;
  /** Removes the copy. */
  remove(): Promise<void>;
}

/** A crash leaves the copy in the temporary folder of the machine, in a folder that only its owner can read. */
export async function openSpool(): Promise<Spool> {
  const folder = await mkdtemp(spoolPrefix());
  const path = join(folder, 'file');
  const file = await open(path, 'wx', 0o600);
  return {
    path,
    sink: {
      push: async chunk => {
        // One write may take only a part.
        for (let done = 0; done < chunk.length; ) done += (await file.write(chunk, done)).bytesWritten;
      },
    },
    remove: async () => {
      await file.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
