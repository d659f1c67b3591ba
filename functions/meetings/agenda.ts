/** What an agenda refers to has to be there, for whoever writes it. */
import {
  type ArchivedDocument,
  type References,
  referencesKey,
  visibleVersions,
} from '../../shared/core/archive/documents.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import type { AgendaItem } from '../../shared/core/meetings/meetings.ts';
import { type FieldError, ValidationError } from '../../shared/errors.ts';
import { readEach } from '../../shared/http/read.ts';
import type { Key, RecordStore } from '../../shared/ports/recordStore.ts';
import { maySee } from '../resolutions/load.ts';

interface Asked {
  readonly bodyId: string;
  readonly caller: Caller;
  readonly now: Instant;
}

/**
 * @param known the agenda so far: what stands on it already is not asked for again.
 * @throws {ValidationError} it names a resolution of another body, or what the caller may not see, or what is not there.
 */
export async function demandKnown(
  records: RecordStore,
  agenda: readonly AgendaItem[],
  known: readonly AgendaItem[],
  asked: Asked,
): Promise<void> {
  const linked = new Set(known.map(({ resolutionId }) => resolutionId));
  const cited = new Set(known.flatMap(({ documents }) => documents.map(nameOf)));
  const fresh = agenda.map(item => ({
    resolutionId: linked.has(item.resolutionId) ? null : item.resolutionId,
    documents: item.documents.map((document, at) => ({ ...document, at })).filter(one => !cited.has(nameOf(one))),
  }));
  const resolutions = await readEach<Resolution>(
    records,
    'resolution',
    fresh.flatMap(one => one.resolutionId ?? []),
  );
  const hasVersion = await readVersions(
    records,
    fresh.flatMap(({ documents }) => documents.map(({ documentId }) => documentId)),
    asked,
  );
  const errors = fresh.flatMap(({ resolutionId, documents }, index): FieldError[] => {
    const resolution = resolutionId === null ? undefined : resolutions.get(resolutionId);
    const isThere = resolution?.bodyId === asked.bodyId && maySee(asked.caller, resolution, asked.now);
    return [
      ...(resolutionId === null || isThere
        ? []
        : [wrong(`/agenda/${index}/resolutionId`, 'Is no resolution of the body.')]),
      ...documents
        .filter(({ documentId, version }) => !hasVersion(documentId, version))
        .map(({ at }) => wrong(`/agenda/${index}/documents/${at}`, 'Is no version of a document that you see.')),
    ];
  });
  if (errors.length > 0) throw new ValidationError(errors);
}

/** Tells whether the caller sees a version of a document. One read for every fifty documents. */
async function readVersions(records: RecordStore, ids: readonly string[], { caller, now }: Asked) {
  const unique = [...new Set(ids)];
  const documents = await readEach<ArchivedDocument>(records, 'document', unique);
  const references = await readItems(records, unique.map(referencesKey));
  const seen = new Map(
    unique.flatMap((id, index) => {
      const document = documents.get(id);
      if (document === undefined) return [];
      const sees = visibleVersions(caller, document, (references[index] ?? {}) as References, now);
      return [[id, { sees, versions: document.versions }] as const];
    }),
  );
  return (id: string, version: number) => {
    const { sees = null, versions = 0 } = seen.get(id) ?? {};
    return sees === 'all' ? version <= versions : (sees?.has(version) ?? false);
  };
}

async function readItems(records: RecordStore, keys: readonly Key[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (let from = 0; from < keys.length; from += 100) {
    const items = await records.getMany(keys.slice(from, from + 100));
    found.push(...items.map(item => item?.data));
  }
  return found;
}

const wrong = (field: string, message: string): FieldError => ({ in: 'body', field, message });

const nameOf = ({ documentId, version }: AgendaItem['documents'][number]) => `${documentId}#${version}`;
