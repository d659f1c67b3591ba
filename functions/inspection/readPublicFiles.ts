/** Which versions of documents everybody can have at this moment. */
import {
  type ArchivedDocument,
  publicVersions,
  type References,
  referencesKey,
  unavailability,
  type Version,
  versionKey,
} from '../../shared/core/archive/documents.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { PublicFile } from '../../shared/core/filings/inspection.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { Item, Key, RecordStore } from '../../shared/ports/recordStore.ts';

/** A document as far as it is public. */
export interface Shown {
  readonly document: ArchivedDocument;
  /** In the order of their numbers. */
  readonly files: readonly PublicFile[];
}

/** The documents that there are, by their identifiers. Three reads for every hundred. */
export async function readPublicFiles(
  records: RecordStore,
  documentIds: readonly string[],
  now: Instant,
): Promise<Map<string, Shown>> {
  const ids = [...new Set(documentIds)];
  const [documents, references] = await Promise.all([
    readAll(
      records,
      ids.map(id => recordKey('document', id)),
    ),
    readAll(records, ids.map(referencesKey)),
  ]);
  const found = ids.flatMap((id, index) => {
    const document = documents[index]?.data as unknown as ArchivedDocument | undefined;
    if (document === undefined) return [];
    const open = publicVersions(document, (references[index]?.data ?? {}) as unknown as References, now);
    const numbers = [...open].filter(number => unavailability(document, number) === null).sort((a, b) => a - b);
    return { id, document, numbers };
  });
  const versions = await readAll(
    records,
    found.flatMap(({ id, numbers }) => numbers.map(number => versionKey(id, number))),
  );
  const files = new Map<string, PublicFile[]>(found.map(({ id }) => [id, []]));
  const owners = found.flatMap(({ id, numbers }) => numbers.map(() => id));
  for (const [index, documentId] of owners.entries()) {
    const version = versions[index]?.data as unknown as Version | undefined;
    if (version === undefined) continue;
    const { number, sha256, name, type, size } = version;
    files.get(documentId)?.push({ documentId, version: number, sha256, name, type, size });
  }
  return new Map(found.map(({ id, document }) => [id, { document, files: files.get(id) ?? [] }]));
}

async function readAll(records: RecordStore, keys: readonly Key[]): Promise<(Item | undefined)[]> {
  const items: (Item | undefined)[] = [];
  for (let from = 0; from < keys.length; from += 100) {
    items.push(...(await records.getMany(keys.slice(from, from + 100))));
  }
  return items;
}
