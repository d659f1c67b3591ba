/** Reads what the public can have today: the inspection set, governing documents, financial statements. */
import { type DocumentCard, documentLists } from '../../shared/core/archive/documentLists.ts';
import { isWidelyAvailable } from '../../shared/core/filings/availability.ts';
import type { InspectionItem, Missing } from '../../shared/core/filings/inspection.ts';
import { type Inspection, type PublicPaper, papersAskedFor } from '../../shared/core/governance/facts.ts';
import type { Evidence } from '../../shared/core/governance/questions.ts';
import { listPartition } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readAvailability } from '../inspection/readAvailability.ts';
import { readInspectionSet } from '../inspection/readInspectionSet.ts';
import { readPublicFiles } from '../inspection/readPublicFiles.ts';
import type { ReadPolicy } from './readPolicies.ts';
import type { YearAsked } from './yearAsked.ts';

/** The set of today. One read, and those of the inspection set. */
export async function readInspection(records: RecordStore, { today, now }: YearAsked): Promise<Inspection> {
  const [set, availability] = await Promise.all([readInspectionSet(records, today, now), readAvailability(records)]);
  return {
    missing: set.missing.map(sayMissing),
    isAvailable: isWidelyAvailable(set.items, availability?.looks ?? [], now),
    evidence: set.items.map(evidenceOf),
  };
}

const sayMissing = ({ title, period, remedy }: Missing) =>
  `${title}${period === null ? '' : `, ${period.from} to ${period.to}`}: ${remedy}`;

const evidenceOf = ({ filing, documentId, title, since }: InspectionItem): Evidence => ({
  kind: filing === null ? 'document' : 'filing',
  id: filing?.id ?? documentId,
  title,
  date: since,
});

/** So many documents of a kind are looked at, the latest ones. */
const mostPapers = 50;

/** One query for each kind of document, and three reads for every hundred. Of each its latest version counts; of the policy the one in force. */
export async function readPapers(
  records: RecordStore,
  { now, dateOf }: YearAsked,
  policy: ReadPolicy | undefined,
): Promise<PublicPaper[]> {
  const cards = await Promise.all(
    papersAskedFor.map(async what => ({
      what,
      papers:
        what === 'conflict-of-interest'
          ? policy === undefined
            ? []
            : [{ id: policy.documentId, version: policy.version }]
          : await readLatest(records, what),
    })),
  );
  const ids = cards.flatMap(({ papers }) => papers.map(({ id }) => id));
  const shown = await readPublicFiles(records, ids, now);
  return cards.map(({ what, papers }) => ({
    what,
    shown: papers.flatMap(({ id, version }): Evidence[] => {
      const found = shown.get(id);
      if (found === undefined || !found.files.some(file => file.version === version)) return [];
      const { facts, firstSealedAt } = found.document;
      return [
        { kind: 'document', id, title: facts.title, date: firstSealedAt === null ? null : dateOf(firstSealedAt) },
      ];
    }),
  }));
}

async function readLatest(records: RecordStore, kind: 'articles' | 'bylaws' | 'financial-statement') {
  const { items } = await records.query({
    table: 'records',
    partition: listPartition(documentLists.ofKind(kind)),
    order: 'descending',
    limit: mostPapers,
  });
  return items.flatMap(({ data }) => {
    const { id, access, latest } = data as unknown as DocumentCard;
    return access === 'public' && latest !== null ? [{ id, version: latest.number }] : [];
  });
}
