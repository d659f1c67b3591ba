/** Disposal against everything that can come in between: holds, publications, decisions, other officers. */
import { expect, it } from 'vitest';
import { reviewDisposal } from '../../functions/custody/disposals.ts';
import type { ArchivedDocument } from '../../shared/core/archive/documents.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { draftOf } from '../support/disclosures.ts';
import { approvedOf, proposedOf, sealedOf, servicesIn } from '../support/documents.ts';

const longAgo = { kind: 'workplan', period: { from: '1980-01-01', to: '1980-12-31' } } as const;

/** The same records, committed one after the other, with the name of each commit that was made. */
function inOrder(records: RecordStore, nameOf: (writes: readonly Write[]) => string | undefined) {
  const order: string[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const commit = (writes: readonly Write[]) => {
    const own = last.then(async () => {
      await records.commit(writes);
      order.push(nameOf(writes) ?? '');
    });
    last = own.catch(() => {});
    return own;
  };
  return { order, records: { ...records, commit } };
}

const putsIn = (writes: readonly Write[]) => writes.flatMap(write => ('put' in write ? write.put : []));
const isExecution = (writes: readonly Write[]) =>
  putsIn(writes).some(
    ({ key, data }) => key.sort === 'record' && (data as unknown as ArchivedDocument).disposal?.executedAt != null,
  );

describeOnEachStore('disposal', book => {
  const read = async (documentId: string) => (await book().as.secretary.getDocument({ params: { documentId } })).body;
  const holdOn = (documentId: string) => ({
    title: 'A case',
    reason: 'Sued.',
    scope: { documentIds: [documentId], bodyIds: [], period: null },
  });

  it('never follows a hold, however close the two are', async () => {
    const outcomes = new Set<string>();
    for (let count = 0; count < 12; count++) {
      const { documentId } = await approvedOf(book());
      const { order, records } = inOrder(book().records, writes => {
        if (isExecution(writes)) return 'gone ';
        return putsIn(writes).some(({ key }) => key.partition.startsWith('hold#')) ? 'held ' : undefined;
      });
      const { token = '' } = book().as.treasurer;
      const treasurer = clientFor(await book().serveWith({ records }), token);
      const placing = treasurer.placeHold({ body: holdOn(documentId) });
      const executing = reviewDisposal(documentId, { ...servicesIn(book(), 8), records });
      const [placed] = await Promise.all([placing, executing]);
      const isGone = (await read(documentId)).disposedAt !== null;
      // The hold is there before, or the document has gone and cannot be held any more.
      const story = order.join('').trim();
      expect([placed.status === 201, story, isGone]).toEqual(isGone ? [false, 'gone', true] : [true, 'held', false]);
      outcomes.add(story);
      if (placed.status !== 201) continue;
      const { id, version } = placed.body;
      await book().as.treasurer.releaseHold({ params: { holdId: id }, version, body: { reason: 'Over.' } });
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it.each(['a hold', 'a decision to keep', 'another description'])('stops for %s at the last moment', async what => {
    const { documentId, version } = await approvedOf(book());
    const { as, records } = book();
    const params = { documentId };
    const facts = (({ title, language }) => ({ title, language }))(await read(documentId));
    const interfere: Record<string, () => Promise<{ readonly status: number }>> = {
      'a hold': () => as.treasurer.placeHold({ body: holdOn(documentId) }),
      'a decision to keep': () =>
        as.director.keepDocument({ params, version, body: { until: '2999-01-01', reason: 'History.' } }),
      'another description': () => {
        const body = { ...facts, kind: 'report', period: null, bodyId: null, replaces: null, review: null } as const;
        return as.secretary.updateDocument({ params, version, body: { ...body, reason: 'It is a report.' } });
      },
    };
    let status: number | undefined;
    const commit = async (writes: readonly Write[]) => {
      status ??= (await interfere[what]?.())?.status;
      await records.commit(writes);
    };
    await reviewDisposal(documentId, { ...servicesIn(book(), 8), records: { ...records, commit } });
    expect([200, 201]).toContain(status);
    expect(await read(documentId)).toMatchObject({ disposedAt: null, disposal: null });
  });

  it('and publication never both happen: what is proposed is not published, what is published is not proposed', async () => {
    for (let count = 0; count < 12; count++) {
      const { documentId } = await sealedOf(book(), { ...longAgo, access: 'public' });
      const draft = await draftOf(book(), { documents: [{ documentId, version: 1 }] });
      const publish = () =>
        book().as.secretary.publishDisclosure({
          params: { disclosureId: draft.id },
          version: draft.version,
          body: count % 2 === 0 ? {} : { at: '2999-01-01T00:00:00Z' },
        });
      const [publishing] = await Promise.all([publish(), reviewDisposal(documentId, book().services)]);
      const { disposal } = await read(documentId);
      expect([200, 409]).toContain(publishing.status);
      expect(disposal === null).toBe(publishing.status === 200);
    }
  });

  it('that is approved stops every publication, before it is carried out and after', async () => {
    for (let count = 0; count < 8; count++) {
      const { documentId } = await sealedOf(book(), { ...longAgo, access: 'public' });
      const draft = await draftOf(book(), { documents: [{ documentId, version: 1 }] });
      await reviewDisposal(documentId, book().services);
      const { as } = book();
      const params = { documentId };
      const once = (await as.director.approveDisposal({ params, version: (await read(documentId)).version })).body;
      await as.secretary.approveDisposal({ params, version: once.version }).then(answer => answer.body);
      const [publishing] = await Promise.all([
        as.secretary.publishDisclosure({ params: { disclosureId: draft.id }, version: draft.version, body: {} }),
        reviewDisposal(documentId, servicesIn(book(), 8)),
      ]);
      expect(publishing.problem.code).toBe('state-conflict');
      expect((await read(documentId)).disposedAt).not.toBeNull();
      expect((await as.public.readFile({ params: { documentId, version: '1' } })).status).toBe(404);
    }
  });

  it('counts two officers who approve in the same moment once each, and one who does so twice only once', async () => {
    for (let count = 0; count < 6; count++) {
      const { documentId, version } = await proposedOf(book());
      const { director, secretary } = book().as;
      const approve = (client: typeof director) => client.approveDisposal({ params: { documentId }, version });
      const both = count % 2 === 0;
      const answers = await Promise.all([approve(director), approve(both ? secretary : director)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      expect((await read(documentId)).disposal).toMatchObject({ approvals: [{}], executeAfter: null });
    }
  });
});
