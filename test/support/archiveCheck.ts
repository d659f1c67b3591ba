/** Reads a whole archive and says what in it does not fit together. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Custody, custodyList } from '../../shared/core/archive/custody.ts';
import { documentLists } from '../../shared/core/archive/documentLists.ts';
import {
  type ArchivedDocument,
  documentKinds,
  isDisposed,
  type Version,
  versionPrefix,
} from '../../shared/core/archive/documents.ts';
import { toExamine, type Upload } from '../../shared/core/archive/uploads.ts';
import { listPartition, recordKey } from '../../shared/core/records.ts';
import { allPages } from '../../shared/http/read.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { Item, RecordStore } from '../../shared/ports/recordStore.ts';

/**
 * Every document has its versions, numbered without gaps; the bytes of each are there under their digest, and known to be used
 * by just these; no upload that has ended still waits.
 *
 * @param folder of a file store: then nothing may lie there that nobody uses.
 */
export async function archiveFaults(records: RecordStore, blobs: BlobStore, folder?: string): Promise<string[]> {
  const faults: string[] = [];
  const wanted = new Map<string, string[]>();
  const want = (sha256: string, use: string) => wanted.set(sha256, [...(wanted.get(sha256) ?? []), use]);

  for (const kind of documentKinds) {
    for (const { key } of await all(records, listPartition(documentLists.ofKind(kind)))) {
      const id = key.sort;
      const document = (await records.get(recordKey('document', id)))?.data as unknown as ArchivedDocument;
      const versions = (await all(records, recordKey('document', id).partition, versionPrefix)).map(
        item => item.data as unknown as Version,
      );
      const numbers = versions.map(({ number }) => number).join();
      const expected = Array.from({ length: document.versions }, (_, index) => index + 1).join();
      if (numbers !== expected) faults.push(`document ${id} has the versions ${numbers}, not ${expected}`);
      if (document.latest?.sha256 !== versions.at(-1)?.sha256) faults.push(`document ${id}: its latest is another`);
      if (isDisposed(document)) continue;
      for (const { number, sha256, text } of versions) {
        want(sha256, `${id}/${number}/original`);
        if (text !== null) want(text.sha256, `${id}/${number}/text`);
      }
    }
  }

  const held = await all(records, listPartition(custodyList));
  for (const item of held) {
    const sha256 = item.key.sort;
    const custody = item.data as unknown as Custody;
    const uses = custody.uses.map(({ documentId, version, as }) => `${documentId}/${version}/${as}`).sort();
    if (uses.join() !== (wanted.get(sha256) ?? []).sort().join())
      faults.push(`${sha256} is used by ${uses}, not ${wanted.get(sha256)}`);
    if (custody.result === 'good' && custody.leavingSince === null)
      faults.push(...(await bytesFaults(blobs, sha256, custody.size)));
    wanted.delete(sha256);
  }
  for (const sha256 of wanted.keys()) faults.push(`${sha256} is used, but not in custody`);

  for (const { key } of await all(records, listPartition(toExamine))) {
    const upload = (await records.get(recordKey('upload', key.sort)))?.data as unknown as Upload | undefined;
    if (upload?.receivedAt == null || upload.outcome !== null) faults.push(`upload ${key.sort} is not to be examined`);
  }
  if (folder !== undefined) faults.push(...strayFiles(folder, new Set(held.map(({ key }) => key.sort))));
  return faults;
}

async function bytesFaults(blobs: BlobStore, sha256: string, size: number): Promise<string[]> {
  const hash = createHash('sha256');
  let read = 0;
  try {
    for await (const chunk of await blobs.read(sha256)) {
      hash.update(chunk);
      read += chunk.length;
    }
  } catch (error) {
    return [`${sha256} cannot be read: ${error}`];
  }
  return read === size && hash.digest('hex') === sha256 ? [] : [`${sha256} has other bytes`];
}

function strayFiles(folder: string, known: ReadonlySet<string>): string[] {
  const files = readdirSync(join(folder, 'archive'), { recursive: true, withFileTypes: true });
  return files.filter(file => file.isFile() && !known.has(file.name)).map(file => `nobody knows of ${file.name}`);
}

async function all(records: RecordStore, partition: string, prefix?: string): Promise<Item[]> {
  const items: Item[] = [];
  const range = { partition, ...(prefix === undefined ? {} : { prefix }) };
  for await (const page of allPages(records, range, 1000)) items.push(...page);
  return items;
}
