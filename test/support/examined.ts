/** Examines bytes as if they had been sent. */

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import type { Finding, MediaType } from '../../shared/core/files.ts';
import { fileKinds } from '../../shared/core/files.ts';
import { examine } from '../../shared/examination/examine.ts';
import type { Limits } from '../../shared/examination/limits.ts';

export const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const openText = 'application/vnd.oasis.opendocument.text';

export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** In chunks that cut characters and structures anywhere. */
export function* chunksOf(bytes: Buffer, size = 60_007): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export function examineAs(type: MediaType, content: Buffer | string, limits: Partial<Limits> = {}): Promise<Finding> {
  const bytes = Buffer.from(content);
  const declared = { name: `file${fileKinds[type].extensions[0]}`, type, size: bytes.length, sha256: sha256Of(bytes) };
  return examine(async () => Readable.from(chunksOf(bytes)), declared, limits);
}

export const sound = { refused: null, condition: 'sound', note: null };

export const refusedFor = (reason: RegExp) => ({ refused: expect.stringMatching(reason) });
