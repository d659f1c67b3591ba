/** Proposes the disposal of documents whose time is over, and carries out what was approved. */
import { type DocumentCard, documentKinds, documentLists } from '../../shared/core/archive/documents.ts';
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
  for (const kind of documentKinds) {
    await overCards(documentLists.ofKind(kind), services, async card => {
      if (card.disposedAt === null && isOver(card, keeping)) await reviewDisposal(card.id, services);
    });
  }
  // Also those that have to stay after all.
  await overCards(documentLists.disposals, services, card => reviewDisposal(card.id, services));
}

function isOver({ latest, keepUntil, ...facts }: DocumentCard, { rules, timeZone, now }: Keeping): boolean {
  const until = retainedUntil({ facts, latest, keepUntil }, rules, timeZone);
  return until !== null && until < dateIn(timeZone, now);
}

async function overCards(
  list: string,
  { records }: JobServices,
  look: (card: DocumentCard) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  for await (const rows of allPages(records, { partition: listPartition(list) })) {
    for (const { data } of rows) await look(data as unknown as DocumentCard).catch(error => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures);
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
