/**
 * A process that archives until it is killed: `node blobWriter.ts FOLDER`. It takes uploads and seals them, and puts bytes of
 * its own; a digest goes to stdout once it is acknowledged.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openFileBlobStore } from '../../shared/adapters/fileBlobStore.ts';
import { bytesOf, newContent } from './blobs.ts';

const store = openFileBlobStore(process.argv[2] ?? '');

/** In small pieces, so that a kill meets every part of a write. */
async function* pieces(content: Buffer) {
  for (let at = 0; at < content.length; at += 16_384) yield content.subarray(at, at + 16_384);
}

for (;;) {
  const content = newContent(Math.ceil(Math.random() * 2_000_000));
  const bytes = bytesOf(content);
  const upload = randomUUID();
  await store.receive({ upload, send: bytes }, pieces(content));
  await store.seal(upload, bytes);
  writeSync(1, `${bytes.sha256}\n`);
  await store.discardUpload(upload, null);
  const { sha256 } = await store.put(newContent(Math.ceil(Math.random() * 500_000)));
  writeSync(1, `${sha256}\n`);
}
