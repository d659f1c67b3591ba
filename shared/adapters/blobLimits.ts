/** What S3 would not store or sign, refused before any I/O by every BlobStore, so that no store takes what another would refuse. */
import type { Bytes, Part, Validity } from '../ports/blobStore.ts';

const mebibyte = 1024 * 1024;
/** One request can send no more, and one copy into the archive can take no more. */
export const maxUploadBytes = 5 * 1024 * mebibyte;
/** Of every part but the last. */
export const minPartBytes = 5 * mebibyte;
export const maxParts = 10_000;
/** Seven days: the longest that a signature of AWS lasts. */
export const maxValiditySeconds = 7 * 24 * 3600;

/** @throws {TypeError} the upload, which becomes part of a path, is not a UUID in lower case. */
export function checkUpload(upload: string): void {
  if (!isUuid(upload)) throw new TypeError('An upload is named by a UUID');
}

export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** @throws {TypeError} the digest, which becomes part of a path, is not 64 lower-case hexadecimal digits. */
export function checkDigest(sha256: string): void {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('A digest has 64 lower-case hexadecimal digits');
}

/** @throws {TypeError | RangeError} no bytes can have this digest or this size. */
export function checkBytes({ size, sha256 }: Bytes): void {
  checkDigest(sha256);
  checkWhole('size', size, 0, maxUploadBytes);
}

/** @throws {TypeError | RangeError} S3 knows no such part. */
export function checkPart(part: Part): void {
  checkBytes(part);
  checkWhole('part', part.number, 1, maxParts);
}

/** @throws {TypeError | RangeError} the parts, in the order of their numbers from 1 on, make no upload. */
export function checkParts(parts: readonly Part[]): void {
  parts.forEach((part, index) => {
    checkPart(part);
    if (part.number !== index + 1) throw new RangeError(`Part ${part.number} stands where ${index + 1} is expected`);
    if (part.size < minPartBytes && index < parts.length - 1) {
      throw new RangeError(
        `Part ${part.number} has ${part.size} bytes; all but the last have ${minPartBytes} at least`,
      );
    }
  });
  checkWhole('number of parts', parts.length, 1, maxParts);
  checkWhole('size', totalSize(parts), 0, maxUploadBytes);
}

export const totalSize = (parts: readonly Part[]) => parts.reduce((sum, part) => sum + part.size, 0);

/** @throws {TypeError | RangeError} there is no such moment, or nothing can be signed for so long. */
export function checkValidity({ at, seconds }: Validity): void {
  if (Number.isNaN(Date.parse(at))) throw new TypeError('A validity begins at a moment in RFC 3339');
  checkWhole('seconds', seconds, 1, maxValiditySeconds);
}

/** @throws {RangeError} it is no range of bytes. */
export function checkRange({ first, last }: { readonly first: number; readonly last: number }): void {
  checkWhole('first byte', first, 0, Number.MAX_SAFE_INTEGER);
  checkWhole('last byte', last, first, Number.MAX_SAFE_INTEGER);
}

function checkWhole(what: string, value: number, from: number, to: number): void {
  if (Number.isSafeInteger(value) && value >= from && value <= to) return;
  throw new RangeError(`The ${what} is ${value}; it must be a whole number from ${from} to ${to}`);
}
