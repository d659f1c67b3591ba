/** Rounds of the archive that break off at any of their steps, and what the next one makes of it. */
import { expect, it } from 'vitest';
import { reviewDisposal } from '../../functions/custody/disposals.ts';
import { runCustody } from '../../functions/custody/runCustody.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import { archiveFaults } from '../support/archiveCheck.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { documentOf, sealedOf, servicesIn, uploadedOf } from '../support/documents.ts';
import { pdfOf } from '../support/pdfs.ts';

const round = { periodDays: 30, hoursBetweenRounds: 24 };
const longAgo = { kind: 'workplan', period: { from: '1980-01-01', to: '1980-12-31' } } as const;

/** Works until the call of that number, counted from 0, and does nothing any more from then on. */
function breakingOff({ records, blobs, ...others }: JobServices, at: number, when: 'before' | 'after') {
  let calls = 0;
  const broken = <Args extends readonly unknown[], Result>(work: (...args: Args) => Promise<Result>) => {
    return async (...args: Args) => {
      const call = calls++;
      if (call > at || (call === at && when === 'before')) throw new Error('broken off');
      const result = await work(...args);
      if (call === at) throw new Error('broken off');
      return result;
    };
  };
  const services: JobServices = {
    ...others,
    records: { ...records, commit: broken(records.commit) },
    blobs: { ...blobs, protect: broken(blobs.protect), remove: broken(blobs.remove) },
  };
  return { services, reached: () => calls > at };
}

describeOnEachStore('a disposal', book => {
  const read = async (documentId: string) => (await book().as.secretary.getDocument({ params: { documentId } })).body;

  it.each(['before', 'after'] as const)(
    'ends the same when the round breaks off %s any of its steps and runs again',
    { timeout: 300_000 },
    async when => {
      let isBroken = true;
      for (let step = 0; isBroken; step++) {
        const made = await manyOf(book());
        const { services, reached } = breakingOff(servicesIn(book(), 8), step, when);
        await runCustody(services, round).catch(() => {});
        isBroken = reached();
        // What the broken round had claimed is taken up when that cannot be at it any more.
        await runCustody(servicesIn(book(), 9), round);
        expect((await read(made.documentId)).disposedAt, `step ${step}`).not.toBeNull();
        expect((await read(made.proposedId)).disposal, `step ${step}`).toMatchObject({ approvals: [] });
        expect(await sizesOf(book().blobs, made.gone), `step ${step}`).toEqual(made.gone.map(() => undefined));
        expect(await sizesOf(book().blobs, made.stay)).not.toContain(undefined);
        const events = await book().as.auditor.listEvents({
          params: { kind: 'document', recordId: made.documentId },
        });
        const operations = events.body.items.map(({ operation }) => operation);
        expect(operations.filter(one => one === 'executeDisposal')).toHaveLength(1);
      }
      expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
    },
  );
});
const sizesOf = (blobs: BlobStore, all: readonly string[]) => Promise.all(all.map(one => blobs.sizeOf(one)));

/** An approved document with a text and with bytes that another one has too, and one that is to be proposed. */
async function manyOf(book: TestBook) {
  const { secretary, director } = book.as;
  const shared = `Shared, ${Math.random()}.`;
  const other = await sealedOf(book, { kind: 'report' }, shared);
  const { id: documentId } = await documentOf(book, longAgo);
  const params = { documentId };
  await uploadedOf(secretary, documentId, 'shared.txt', shared);
  await uploadedOf(secretary, documentId, 'plan.pdf', await pdfOf([`Of ${documentId}.`]), 'application/pdf');
  await reviewDisposal(documentId, book.services);
  const { version, versions } = (await secretary.getDocument({ params })).body;
  const once = (await director.approveDisposal({ params, version })).body;
  await secretary.approveDisposal({ params, version: once.version }).then(({ body }) => body);
  const gone = versions.map(({ sha256 }) => sha256).filter(one => one !== other.sha256);
  const { url } = (await director.retrieveFile({ params: { ...params, version: '2' }, body: { rendition: 'text' } }))
    .body;
  gone.push(/archive\/([0-9a-f]{64})/.exec(url)?.[1] ?? '');
  const proposed = await sealedOf(book, longAgo);
  return { documentId, proposedId: proposed.documentId, gone, stay: [other.sha256, proposed.sha256] };
}
