/** Addresses that whoever has them may use, for a while and for one thing: signed with a key that never leaves the folder. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fchmodSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bytes, Delivery, Validity } from '../ports/blobStore.ts';
import { isAlreadyThere, isMissing, syncFolderSync, temporaryName } from './fileBlobFiles.ts';
import { BookFileError } from './sqliteFile.ts';

/** What the holder of an address may do, as it was signed. */
export type Permission =
  | {
      readonly send: Bytes;
      readonly upload: string;
      readonly part?: { readonly session: string; readonly number: number };
    }
  | { readonly fetch: string; readonly delivery: Delivery };

export interface BlobLinks {
  /** An address relative to that of the book. The same arguments give the same. */
  sign(permission: Permission, validity: Validity): string;
  /** What this address (path and query) permits now; undefined when it is forged, changed, expired or not yet valid. */
  permissionOf(address: string): Permission | undefined;
}

const keyBytes = 32;

export function blobLinks(key: Buffer, now: () => number): BlobLinks {
  const signatureOf = (path: string, fields: Fields) =>
    createHmac('sha256', key)
      .update(JSON.stringify([path, ...Object.entries(fields).sort(byName)]))
      .digest();

  return {
    sign(permission, { at, seconds }) {
      const path = pathOf(permission);
      const from = Math.floor(Date.parse(at) / 1000);
      const fields = { ...fieldsOf(permission), from: String(from), until: String(from + seconds) };
      const signature = signatureOf(path, fields).toString('base64url');
      return `${path}?${new URLSearchParams({ ...fields, signature })}`;
    },

    permissionOf(address) {
      const [path = '', query = ''] = address.split('?');
      const { signature = '', ...fields } = Object.fromEntries(new URLSearchParams(query));
      const [given, expected] = [Buffer.from(signature, 'base64url'), signatureOf(path, fields)];
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      // From here on the fields are those that were signed.
      const seconds = now() / 1000;
      if (seconds < Number(fields.from) || seconds >= Number(fields.until)) return undefined;
      return permissionFrom(path, fields);
    },
  };
}

/**
 * Reads the key of a folder, making it when it is not there yet. Removing the file ends all addresses given out so far.
 *
 * @throws {BookFileError} the file is there and is no key.
 */
export function loadLinkKey(folder: string): Buffer {
  const file = join(folder, 'link.key');
  let key = readKey(file);
  if (key === undefined) {
    makeKey(file);
    key = readKey(file);
  }
  if (key?.length === keyBytes) return key;
  throw new BookFileError(
    `${file} is damaged. Delete it to get a new key; every address of a file given out then ends.`,
  );
}

function readKey(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A crash in here leaves no key, or the whole of one; a temporary file is removed at the next opening. */
function makeKey(file: string): void {
  const temporary = join(dirname(file), temporaryName());
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(descriptor, randomBytes(keyBytes));
    fchmodSync(descriptor, 0o600);
    fsyncSync(descriptor);
    linkSync(temporary, file);
    syncFolderSync(dirname(file));
  } catch (error) {
    // Another process made the key meanwhile: that one it is.
    if (!isAlreadyThere(error)) throw error;
  } finally {
    closeSync(descriptor);
    rmSync(temporary, { force: true });
  }
}

type Fields = Readonly<Record<string, string>>;

const byName = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : 1);

function pathOf(permission: Permission): string {
  return 'send' in permission ? `/quarantine/${permission.upload}` : `/archive/${permission.fetch}`;
}

/** All that matters beside the path, which also tells the method: what is in quarantine is sent, what is in the archive fetched. */
function fieldsOf(permission: Permission): Fields {
  if ('fetch' in permission) return { ...permission.delivery };
  const { send, part } = permission;
  return {
    size: String(send.size),
    sha256: send.sha256,
    ...(part === undefined ? {} : { session: part.session, part: String(part.number) }),
  };
}

function permissionFrom(path: string, fields: Fields): Permission {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const { size, sha256 = '', session, part, type = '', disposition = '', cacheControl = '' } = fields;
  if (path.startsWith('/archive/')) return { fetch: name, delivery: { type, disposition, cacheControl } };
  return {
    upload: name,
    send: { size: Number(size), sha256 },
    ...(session === undefined ? {} : { part: { session, number: Number(part) } }),
  };
}
