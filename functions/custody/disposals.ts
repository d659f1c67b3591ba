/** Proposes the disposal of documents whose time is over, and carries out what was approved. */
import { type DocumentCard, documentLists } from '../../shared/core/archive/documentLists.ts';
import { documentKinds } from '../../shared/core/archive/documents.ts';
import { execute, propose, retainedUntil, settle } from '../../shared/core/archive/retention.ts';
import { dateIn, instant } from '../../shared/core/calendar.ts';
import { listPartition } from '../../shared/core/records.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { allPages } from '../../shared/http/read.ts';
import type { Item } from '../../shared/ports/recordStore.ts';
import { loadDocument, writeDocument } from '../documents/load.ts';
import { type Keeping, readKeeping } from './keeping.ts';

/**
 * Goes over the cards of all documents; reads, and writes, only those about which there may be something to do. One that fails does
 * not keep the others waiting.
 */
export async function reviewDisposals(services: JobServices, organisation: Item): Promise<void> {
  const keeping = await readKeeping(services, organisation);
  const failures: unknown[] = [];
  const review = (id: string) => reviewDisposal(id, services).catch(error => failures.push(error));
  for (const kind of documentKinds) {
    for await (const card of cards(documentLists.ofKind(kind), services)) {
      if (card.disposedAt === null && isOver(card, keeping)) await review(card.id);
    }
  }
  // Also those that have to stay after all.
  for await (const card of cards(documentLists.disposals, services)) await review(card.id);
  if (failures.length > 0) throw new AggregateError(failures);
}

function isOver({ latest, keepUntil, ...facts }: DocumentCard, { rules, timeZone, now }: Keeping): boolean {
  const until = retainedUntil({ facts, latest, keepUntil }, rules, timeZone);
  return until !== null && until < dateIn(timeZone, now);
}

async function* cards(list: string, { records }: JobServices): AsyncGenerator<DocumentCard> {
  for await (const rows of allPages(records, { partition: listPartition(list) })) {
    for (const { data } of rows) yield data as unknown as DocumentCard;
  }
}

/** The bytes of what is disposed of here are given up when custody comes by them: from this commit on nobody gets them. */
export async function reviewDisposal(id: string, { records, now, newId }: JobServices): Promise<void> {
  await untilSettled(async () => {
    const at = instant(now());
    const { document, circumstances, checks } = await loadDocument(records, id, at);
    const { data } = document;
    const act = (operation: string) => ({ operation, by: null, at, eventId: newId() });
    const proposed = propose(data, circumstances);
    if (proposed !== undefined) {
      const { writes } = writeDocument(id, document, proposed, act('proposeDisposal'));
      await records.commit([...writes, ...checks]);
      return;
    }
    const next = settle(data, circumstances);
    if (next === 'wait') return;
    const after = next === 'execute' ? execute(data, circumstances) : { ...data, disposal: null };
    const { writes } = writeDocument(id, document, after, act(next === 'execute' ? 'executeDisposal' : 'dropDisposal'));
    await records.commit([...writes, ...checks]);
  });
}
