/** Where the bytes of documents are kept: a quarantine for what is being uploaded, an archive for what is sealed. */
import type { Readable } from 'node:stream';

/** What bytes are, to the last one: their number and their SHA-256 in lower-case hexadecimal. */
export interface Bytes {
  readonly size: number;
  readonly sha256: string;
}

/**
 * Leave to send bytes straight to the store, with one HTTP request: exactly this method, address and these headers.
 * The address may be relative to that of the book. Whoever has a grant can use it: it is a secret of its uploader.
 */
export interface Grant {
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A part that has arrived, counted from 1. */
export interface Part extends Bytes {
  readonly number: number;
}

/** From when on, and for how long, a grant or a link is good. `at` is RFC 3339. */
export interface Validity {
  readonly at: string;
  readonly seconds: number;
}

/** How the store is to answer whoever follows a link. */
export interface Delivery {
  /** The media type, such as `application/pdf`. */
  readonly type: string;
  /** The whole `Content-Disposition` header. */
  readonly disposition: string;
  /** The whole `Cache-Control` header. */
  readonly cacheControl: string;
}

/** What the scanner for malware says of an upload: `none` where there is no scanner, `pending` until it has looked. */
export type Verdict = 'none' | 'pending' | 'clean' | 'infected';

/** How the store itself keeps bytes from being removed, where it can. */
export interface Protection {
  /** RFC 3339; null when no time is set. A time that was set can only move later. */
  readonly retainUntil: string | null;
  /** Set for as long as nothing may remove them, whatever the time: for ever, or until a hold is released. */
  readonly hold: boolean;
}

/** The bytes are not there. */
export class BlobMissingError extends Error {}

/** The bytes that are there are not those that were named: the store, or somebody beside it, changed them. */
export class BlobDamagedError extends Error {}

/**
 * Bytes under the name of their own digest, which therefore never change.
 *
 * A write is durable when its promise resolves, and happens whole or not at all. All methods retry network faults and
 * throttling themselves and let faults that remain pass through; every method may be called again with the same arguments after
 * any error. No method believes a digest that it was told: the store or the adapter computes it from the bytes.
 */
export interface BlobStore {
  /**
   * Lets somebody send an upload in one piece. The store takes exactly those bytes, once: a second time it answers 412, other
   * bytes 400, after the time 403. Costs no request.
   */
  grantUpload(upload: string, bytes: Bytes, validity: Validity): Promise<Grant>;

  /** Begins an upload in parts; the session that it returns is needed for all that follows. */
  beginParts(upload: string): Promise<string>;

  /** As {@link grantUpload}, for one part; the same bytes may come again. Costs no request. */
  grantPart(upload: string, session: string, part: Part, validity: Validity): Promise<Grant>;

  /** The parts that have arrived, by number. Empty when there is no such session any more. */
  listParts(upload: string, session: string): Promise<readonly Part[]>;

  /** Makes one upload of these parts. Done again, it does nothing. @throws {BlobMissingError} one of them is not there. */
  joinParts(upload: string, session: string, parts: readonly Part[]): Promise<void>;

  /** The size of an upload that has arrived whole; undefined until then. */
  sizeOfUpload(upload: string): Promise<number | undefined>;

  /** @throws {BlobMissingError} */
  readUpload(upload: string): Promise<Readable>;

  scan(upload: string): Promise<Verdict>;

  /** Removes an upload, whole or in parts. Done again, it does nothing. */
  discardUpload(upload: string, session: string | null): Promise<void>;

  /**
   * Puts an upload into the archive under its digest; does nothing when these bytes are there already. The upload stays.
   * @throws {BlobMissingError} there is no such upload.
   * @throws {BlobDamagedError} the upload is not these bytes. Nothing was put there.
   */
  seal(upload: string, bytes: Bytes): Promise<void>;

  /** Puts bytes of our own making into the archive, such as the text of a document; does nothing when they are there already. */
  put(content: Uint8Array): Promise<Bytes>;

  /** The size of what is archived under that digest; undefined when nothing is. */
  sizeOf(sha256: string): Promise<number | undefined>;

  /**
   * The bytes as they are on the store now: it is for the reader to check them.
   * @param range the first and the last byte, both included.
   * @throws {BlobMissingError}
   */
  read(sha256: string, range?: { readonly first: number; readonly last: number }): Promise<Readable>;

  /**
   * An address from which anybody who has it can download the bytes while it is valid, in ranges too. It may be relative to
   * that of the book. The same arguments give the same address. Costs no request.
   */
  link(sha256: string, delivery: Delivery, validity: Validity): Promise<string>;

  /** Protects archived bytes as told, and never less than they were for a time. @throws {BlobMissingError} */
  protect(sha256: string, protection: Protection): Promise<void>;

  /** Removes bytes from the archive for good. Done again, it does nothing. */
  remove(sha256: string): Promise<void>;
}
