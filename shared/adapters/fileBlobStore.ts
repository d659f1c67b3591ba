/** The BlobStore in a folder: `archive/<first two digits>/<sha256>`, `quarantine/…` and the key that signs addresses. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { BlobDamagedError, BlobMissingError, type BlobStore, type Bytes } from '../ports/blobStore.ts';
import { checkBytes, checkDigest, checkPart, checkRange, checkUpload, checkValidity, isUuid } from './blobLimits.ts';
import {
  isMissing,
  makeFolder,
  publishOnce,
  removeLeftovers,
  syncFolder,
  syncFolderSync,
  translated,
  type Written,
  writeAside,
} from './fileBlobFiles.ts';
import { blobLinks, loadLinkKey, type Permission } from './fileBlobLinks.ts';
import { fileBlobUploads, type Receipt, type Sending } from './fileBlobUploads.ts';

/** The grants and links of this store are relative addresses: `local/blobGateway.ts` answers there, through what is added here. */
export interface FileBlobStore extends BlobStore {
  /** What an address (path and query) lets its holder do now; undefined when it is forged, changed or not valid now. */
  permissionOf(address: string): Permission | undefined;
  /** Takes what a grant lets somebody send; nothing is left of what breaks off. @throws {UnavailableError} */
  receive(sending: Sending, content: AsyncIterable<Uint8Array>): Promise<Receipt>;
  /** Archived bytes with their size. Whoever opens them closes them. @throws {BlobMissingError} */
  open(sha256: string): Promise<{ readonly file: FileHandle; readonly size: number }>;
}

export interface FileBlobStoreOptions {
  /** Unix time in milliseconds, by which addresses end. */
  readonly now?: () => number;
}

/**
 * Opens the folder, or creates it for its owner only. What an earlier process left half written when it was killed is removed.
 *
 * `protect` only checks that the bytes are there. A file system has no lock that its owner could not open: archived files
 * are read-only, which keeps out accidents and nobody who means it. Whoever needs more keeps a copy elsewhere.
 *
 * @throws {BookFileError} its key is damaged.
 * @throws {UnavailableError} the disk is full, read-only, or fails.
 */
export function openFileBlobStore(folder: string, { now = Date.now }: FileBlobStoreOptions = {}): FileBlobStore {
  const archive = join(folder, 'archive');
  const quarantine = join(folder, 'quarantine');
  const links = prepare(folder, [archive, quarantine], now);
  const uploads = fileBlobUploads(quarantine);
  const shelfOf = (sha256: string) => join(archive, sha256.slice(0, 2));
  const fileOf = (sha256: string) => join(shelfOf(sha256), sha256);

  async function sizeOf(sha256: string): Promise<number | undefined> {
    checkDigest(sha256);
    try {
      return (await stat(fileOf(sha256))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async function openArchived(sha256: string): Promise<{ file: FileHandle; size: number }> {
    checkDigest(sha256);
    try {
      const file = await open(fileOf(sha256));
      return { file, size: (await file.stat()).size };
    } catch (error) {
      if (isMissing(error)) throw new BlobMissingError(`${sha256} is not in the archive`);
      throw translated(error, archive);
    }
  }

  /** True when the bytes are there already. What has their name and another size was changed by somebody else. */
  async function holds({ size, sha256 }: Bytes): Promise<boolean> {
    const found = await sizeOf(sha256);
    if (found === undefined || found === size) return found === size;
    throw new BlobDamagedError(`${sha256} is archived with ${found} bytes instead of ${size}`);
  }

  async function shelve(
    shelf: string,
    content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    accept: (written: Written) => void,
  ): Promise<Bytes> {
    await makeFolder(shelf);
    return writeAside(shelf, content, async written => {
      accept(written);
      const { temporary, size, sha256 } = written;
      await publishOnce(temporary, join(shelf, sha256));
      return { size, sha256 };
    });
  }

  return {
    permissionOf: links.permissionOf,
    receive: uploads.receive,
    open: openArchived,

    async grantUpload(upload, bytes, validity) {
      checkUpload(upload);
      checkBytes(bytes);
      checkValidity(validity);
      return { method: 'PUT', url: links.sign({ upload, send: bytes }, validity), headers: {} };
    },

    async grantPart(upload, session, { number, size, sha256 }, validity) {
      checkUpload(upload);
      if (!isUuid(session)) throw new TypeError('A session is named by a UUID');
      checkPart({ number, size, sha256 });
      checkValidity(validity);
      const sending = { upload, send: { size, sha256 }, part: { session, number } };
      return { method: 'PUT', url: links.sign(sending, validity), headers: {} };
    },

    beginParts: uploads.beginParts,
    listParts: uploads.listParts,
    joinParts: uploads.joinParts,
    sizeOfUpload: uploads.sizeOfUpload,
    readUpload: uploads.readUpload,
    discardUpload: uploads.discardUpload,

    async scan(upload) {
      checkUpload(upload);
      return 'none';
    },

    async seal(upload, bytes) {
      checkUpload(upload);
      checkBytes(bytes);
      if (await holds(bytes)) return;
      // Always copied, and read to the end before it gets its name: so nothing that happens to the upload later matters.
      await shelve(shelfOf(bytes.sha256), await uploads.readUpload(upload), ({ size, sha256 }) => {
        if (size === bytes.size && sha256 === bytes.sha256) return;
        throw new BlobDamagedError(`Upload ${upload} is ${sha256} with ${size} bytes instead of ${bytes.sha256}`);
      });
    },

    async put(content) {
      const bytes = { size: content.length, sha256: digestOf(content) };
      if (!(await holds(bytes))) await shelve(shelfOf(bytes.sha256), [content], () => {});
      return bytes;
    },

    sizeOf,

    async read(sha256, range): Promise<Readable> {
      if (range !== undefined) checkRange(range);
      const { file, size } = await openArchived(sha256);
      if (range === undefined) return file.createReadStream();
      if (range.first < size) return file.createReadStream({ start: range.first, end: range.last });
      await file.close();
      throw new RangeError(`${sha256} has ${size} bytes; there is none at ${range.first}`);
    },

    async link(sha256, delivery, validity) {
      checkDigest(sha256);
      checkValidity(validity);
      return links.sign({ fetch: sha256, delivery }, validity);
    },

    async protect(sha256) {
      if ((await sizeOf(sha256)) === undefined) throw new BlobMissingError(`${sha256} is not in the archive`);
    },

    async remove(sha256) {
      if ((await sizeOf(sha256)) === undefined) return;
      try {
        await rm(fileOf(sha256), { force: true });
        await syncFolder(shelfOf(sha256));
      } catch (error) {
        throw translated(error, archive);
      }
    },
  };
}

function prepare(folder: string, within: readonly string[], now: () => number) {
  try {
    for (const each of [folder, ...within]) {
      mkdirSync(each, { recursive: true, mode: 0o700 });
      chmodSync(each, 0o700);
      syncFolderSync(dirname(each));
    }
    removeLeftovers(folder);
    return blobLinks(loadLinkKey(folder), now);
  } catch (error) {
    throw translated(error, folder);
  }
}

const digestOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
