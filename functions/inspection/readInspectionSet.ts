/** Reads what anyone may inspect on a day, with the copies that everybody can have at this moment. */
import { type DocumentCard, documentLists } from '../../shared/core/archive/documentLists.ts';
import { isDisposed } from '../../shared/core/archive/documents.ts';
import { dateIn, type Instant, type PlainDate } from '../../shared/core/calendar.ts';
import { type Filing, filingLists, type Paper } from '../../shared/core/filings/filings.ts';
import {
  type InspectionSet,
  inspectionSetOn,
  type KeptPaper,
  type PaperKind,
  paperKinds,
} from '../../shared/core/filings/inspection.ts';
import { inForce } from '../../shared/core/history.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import { listPartition } from '../../shared/core/records.ts';
import { readEach, readRecord } from '../../shared/http/read.ts';
import type { Query, RecordStore } from '../../shared/ports/recordStore.ts';
import { readPublicFiles, type Shown } from './readPublicFiles.ts';

/** So many documents of a kind, the latest ones: they are shown together. */
const mostPapers = 200;

/**
 * Some queries, and four reads for every hundred filings and documents.
 * @throws {NotFoundError} the book has not been founded.
 */
export async function readInspectionSet(records: RecordStore, on: PlainDate, now: Instant): Promise<InspectionSet> {
  const [organisation, filings, cards] = await Promise.all([
    readRecord<Organisation>(records, 'organisation', organisationId),
    readFilings(records, on),
    Promise.all(paperKinds.map(kind => readCards(records, kind))),
  ]);
  const papers = cards.flat();
  const copies = [...filings.values()].flatMap(({ submissions }) => submissions.flatMap(one => one.publicCopies));
  const ids = [...papers.map(({ id }) => id), ...copies.map(({ documentId }) => documentId)];
  const shown = await readPublicFiles(records, ids, now);
  const { history } = organisation.data;
  const timeZone = timeZoneOf(organisation.data, now);
  const replaced = new Set(papers.flatMap(({ replaces }) => replaces ?? []));
  return inspectionSetOn(on, {
    filings: [...filings].map(([id, filing]) => ({ id, filing })),
    papers: papers.flatMap(({ id, kind }) => keptPaper(id, kind, replaced.has(id), shown.get(id), timeZone)),
    taxStatusOn: day => inForce(history, day)?.taxStatus ?? null,
    fileOf: paper => shown.get(paper.documentId)?.files.find(file => isThat(file, paper)),
  });
}

const isThat = (file: Paper, paper: Paper) => file.version === paper.version && file.sha256 === paper.sha256;

/** What may be in the set, and what is still to be filed and was due before that day. */
async function readFilings(records: RecordStore, on: PlainDate): Promise<Map<string, Filing>> {
  const ids = await Promise.all([
    idsIn(records, filingLists.inspectable, { after: on }),
    idsIn(records, filingLists.open, { upTo: on }),
  ]);
  return readEach<Filing>(records, 'filing', ids.flat());
}

/** Rows stand by day and identifier, `2026-05-15#us-irs-return~2022-12-31`. A thousand are far more than any organisation owes. */
async function idsIn(records: RecordStore, list: string, range: Pick<Query, 'after' | 'upTo'>): Promise<string[]> {
  const partition = listPartition(list);
  const { items } = await records.query({ table: 'records', partition, ...range, order: 'ascending', limit: 1000 });
  return items.flatMap(({ key }) => key.sort.split('#')[1] ?? []);
}

async function readCards(records: RecordStore, kind: PaperKind) {
  const partition = listPartition(documentLists.ofKind(kind));
  const { items } = await records.query({ table: 'records', partition, order: 'descending', limit: mostPapers });
  return items.map(({ data }) => {
    const { id, replaces } = data as unknown as DocumentCard;
    return { id, kind, replaces };
  });
}

/** Nothing of what was never sealed, or is gone. */
function keptPaper(
  documentId: string,
  kind: PaperKind,
  replaced: boolean,
  shown: Shown | undefined,
  timeZone: string,
): KeptPaper[] {
  if (shown === undefined || isDisposed(shown.document)) return [];
  const { facts, firstSealedAt } = shown.document;
  if (firstSealedAt === null) return [];
  const since = facts.period?.from ?? dateIn(timeZone, firstSealedAt);
  return [{ documentId, kind, title: facts.title, since, files: shown.files, replaced }];
}
