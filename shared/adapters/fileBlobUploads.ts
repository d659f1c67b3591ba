/**
 * The quarantine of a folder: `<upload>` is what came in one piece; `<upload>.parts/<session>/<number>` are parts, each with
 * its digest behind it; `<upload>.parts/joined` says which of them, in which order, the upload is made of.
 */
import { randomUUID } from 'node:crypto';
import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { BlobMissingError, type Part } from '../ports/blobStore.ts';
import { checkParts, checkUpload, isUuid, totalSize } from './blobLimits.ts';
import {
  digestBehind,
  isMissing,
  makeFolder,
  publishOnce,
  publishOver,
  syncFolder,
  translated,
  writeAside,
} from './fileBlobFiles.ts';
import type { Permission } from './fileBlobLinks.ts';

/** How the sending of an upload or of a part ended. Only what was `taken` is there. */
export type Receipt = 'taken' | 'there already' | 'other bytes' | 'no such session';

export type Sending = Extract<Permission, { send: unknown }>;

interface Joined {
  readonly session: string;
  readonly parts: readonly Part[];
}

/** @param folder exists already. */
export function fileBlobUploads(folder: string) {
  const wholeOf = (upload: string) => join(folder, upload);
  const partsOf = (upload: string) => join(folder, `${upload}.parts`);
  const sessionOf = (upload: string, session: string) => join(partsOf(upload), session);
  const manifestOf = (upload: string) => join(partsOf(upload), 'joined');

  async function joinedFrom(upload: string): Promise<Joined | undefined> {
    return ifThere(async () => JSON.parse(await readFile(manifestOf(upload), 'utf8')) as Joined);
  }

  async function sizeOfUpload(upload: string): Promise<number | undefined> {
    checkUpload(upload);
    const whole = await ifThere(() => stat(wholeOf(upload)));
    if (whole !== undefined) return whole.size;
    const joined = await joinedFrom(upload);
    return joined && totalSize(joined.parts);
  }

  async function receiveWhole({ upload, send }: Sending, content: AsyncIterable<Uint8Array>): Promise<Receipt> {
    if ((await sizeOfUpload(upload)) !== undefined) return 'there already';
    return writeAside(folder, content, async ({ temporary, size, sha256 }) => {
      if (size !== send.size || sha256 !== send.sha256) return 'other bytes';
      return (await publishOnce(temporary, wholeOf(upload))) === 'published' ? 'taken' : 'there already';
    });
  }

  async function receivePart(
    { upload, send }: Sending,
    { session, number }: NonNullable<Sending['part']>,
    content: AsyncIterable<Uint8Array>,
  ): Promise<Receipt> {
    const place = sessionOf(upload, session);
    try {
      if ((await joinedFrom(upload)) !== undefined) return 'no such session';
      return await writeAside(
        place,
        content,
        async ({ temporary, size, sha256 }) => {
          if (size !== send.size || sha256 !== send.sha256) return 'other bytes';
          await publishOver(temporary, join(place, String(number)));
          return 'taken';
        },
        true,
      );
    } catch (error) {
      // Never begun, or discarded, perhaps while the part was on its way.
      if (isMissing(error)) return 'no such session';
      throw error;
    }
  }

  async function listParts(upload: string, session: string): Promise<readonly Part[]> {
    checkUpload(upload);
    if (!isUuid(session) || (await joinedFrom(upload)) !== undefined) return [];
    const place = sessionOf(upload, session);
    const names = (await ifThere(() => readdir(place))) ?? [];
    const numbers = names.filter(name => /^\d+$/.test(name)).map(Number);
    const parts = numbers
      .sort((a, b) => a - b)
      .map(async number => {
        const bytes = await ifThere(() => digestBehind(join(place, String(number))));
        return bytes === undefined ? [] : [{ number, ...bytes }];
      });
    return (await Promise.all(parts)).flat();
  }

  async function* bytesOf(upload: string, { session, parts }: Joined): AsyncGenerator<Uint8Array> {
    for (const { number, size } of parts) {
      if (size === 0) continue;
      const part = await open(join(sessionOf(upload, session), String(number)));
      // The digest behind the part is not of it.
      yield* part.createReadStream({ end: size - 1 });
    }
  }

  return {
    sizeOfUpload,
    listParts,

    receive(sending: Sending, content: AsyncIterable<Uint8Array>): Promise<Receipt> {
      return sending.part === undefined ? receiveWhole(sending, content) : receivePart(sending, sending.part, content);
    },

    async beginParts(upload: string): Promise<string> {
      checkUpload(upload);
      const session = randomUUID();
      await makeFolder(partsOf(upload));
      // A crash before this line leaves an empty folder; discarding the upload removes it.
      await makeFolder(sessionOf(upload, session));
      return session;
    },

    /** Copies nothing: what is written is the list of the parts. A crash leaves it there whole or not at all. */
    async joinParts(upload: string, session: string, parts: readonly Part[]): Promise<void> {
      checkUpload(upload);
      checkParts(parts);
      if ((await joinedFrom(upload))?.session === session) return;
      const arrived = new Map((await listParts(upload, session)).map(part => [part.number, part]));
      for (const { number, size, sha256 } of parts) {
        const found = arrived.get(number);
        if (found?.size !== size || found.sha256 !== sha256)
          throw new BlobMissingError(`Part ${number} has not arrived`);
      }
      const joined: Joined = { session, parts };
      await writeAside(partsOf(upload), [Buffer.from(JSON.stringify(joined))], ({ temporary }) =>
        publishOnce(temporary, manifestOf(upload)),
      );
    },

    async readUpload(upload: string): Promise<Readable> {
      checkUpload(upload);
      const whole = await ifThere(() => open(wholeOf(upload)));
      if (whole !== undefined) return whole.createReadStream();
      const joined = await joinedFrom(upload);
      if (joined === undefined) throw new BlobMissingError(`Upload ${upload} is not there`);
      return Readable.from(bytesOf(upload, joined), { objectMode: false });
    },

    /** A crash in here leaves parts without a list or a list without all parts: discarding again removes what is left. */
    async discardUpload(upload: string): Promise<void> {
      checkUpload(upload);
      try {
        await rm(wholeOf(upload), { force: true });
        await rm(partsOf(upload), { force: true, recursive: true });
        await syncFolder(folder);
      } catch (error) {
        throw translated(error, folder);
      }
    },
  };
}

async function ifThere<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
