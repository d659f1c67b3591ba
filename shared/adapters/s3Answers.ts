/** How S3 words what its adapter needs to know. */
import { Buffer } from 'node:buffer';

/** A digest in hexadecimal as S3 writes checksums. */
export const base64Of = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

/** A checksum of S3 in hexadecimal. */
export const hexOf = (base64: string) => Buffer.from(base64, 'base64').toString('hex');

/** The code of an error of S3, such as `NoSuchKey`. */
export const nameOf = (error: unknown) => (error instanceof Error ? error.name : undefined);

/** Answers to HEAD have no body, so their status is all there is. */
export function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode;
}
