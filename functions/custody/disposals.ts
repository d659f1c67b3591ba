/** Proposes the disposal of documents whose time is over, and carries out what was approved. */
import { documentKinds, documentLists } from '../../shared/core/archive/documents.ts';
import { execute, propose, settle } from '../../shared/core/archive/retention.ts';
import { instant } from '../../shared/core/calendar.ts';
import { listPartition } from '../../shared/core/records.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { loadDocument, writeDocument } from '../documents/load.ts';

/** Goes over every document. One read each; a commit for those about which there is something to do. */
export async function reviewDisposals(services: JobServices): Promise<void> {
  for (const kind of documentKinds) {
    for (let after: string | undefined, more = true; more; ) {
      const page = await services.records.query({
        table: 'records',
        partition: listPartition(documentLists.ofKind(kind)),
        ...(after === undefined ? {} : { after }),
        order: 'ascending',
        limit: 100,
      });
      for (const { key, data } of page.items) {
        if (data.disposedAt === null) await reviewDisposal(key.sort, services);
      }
      after = page.items.at(-1)?.key.sort;
      more = page.more;
    }
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
