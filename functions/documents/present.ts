/** How the API shows documents. */
import type { documentsRoutes } from '../../shared/contract/documents.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { custodyIn, custodyKey } from '../../shared/core/archive/custody.ts';
import { publicVersions, type Version, versionPrefix } from '../../shared/core/archive/documents.ts';
import { retainedUntil } from '../../shared/core/archive/retention.ts';
import { type Caller, may } from '../../shared/core/authorisation.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';
import type { Seen } from './load.ts';

export type PresentedDocument = Answer<typeof documentsRoutes.getDocument>;

/** A document with the versions that the caller may see. One query, and up to two reads when there are versions. */
export async function presentDocument(records: RecordStore, seen: Seen, caller: Caller): Promise<PresentedDocument> {
  const { document, references, circumstances, sees } = seen;
  const { facts, access, disposal } = document.data;
  const { rules, timeZone, now } = circumstances;
  const versions = document.data.versions === 0 ? [] : await readVersions(records, document.id);
  const visible = versions.filter(({ number }) => sees === 'all' || sees.has(number));
  const open = publicVersions(document.data, references, now);
  const custodyKeys = [...new Set(visible.map(({ sha256 }) => sha256))].map(custodyKey);
  const [custody, names] = await Promise.all([
    custodyKeys.length === 0 ? [] : records.getMany(custodyKeys),
    may(caller, 'see who acted')
      ? readNames(
          records,
          visible.map(({ addedBy }) => addedBy),
        )
      : null,
  ]);
  const checks = new Map(custody.map(item => [item?.key.sort, custodyIn(item)]));
  return {
    id: document.id,
    ...facts,
    // Who is to look at it again is for those who see all of it.
    review: sees === 'all' ? facts.review : null,
    access,
    versions: visible.map(({ text, title: _, addedBy, ...version }) => ({
      ...version,
      hasText: text !== null,
      public: open.has(version.number),
      checkedAt: checks.get(version.sha256)?.checkedAt ?? null,
      check: checks.get(version.sha256)?.result ?? null,
      addedBy: names === null ? null : { id: addedBy, name: names.get(addedBy) ?? '' },
    })),
    retainedUntil: sees === 'all' ? retainedUntil(document.data, rules, timeZone) : null,
    disposedAt: disposal?.executedAt ?? null,
    disposal: disposal === null || sees !== 'all' ? null : { ...disposal, approvals: [...disposal.approvals] },
    version: document.version,
  };
}

/** All versions of a document, the latest first. */
async function readVersions(records: RecordStore, id: string): Promise<Version[]> {
  const { items } = await records.query({
    table: 'records',
    partition: recordKey('document', id).partition,
    prefix: versionPrefix,
    order: 'descending',
    limit: 100,
  });
  return items.map(item => item.data as unknown as Version);
}
