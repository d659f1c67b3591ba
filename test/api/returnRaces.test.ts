/** Returns read at once, and while the stores fail: whole or not at all, and nobody else waits. */
import { expect, it } from 'vitest';
import { startServer } from '../../local/server.ts';
import { custodyList } from '../../shared/core/archive/custody.ts';
import { listPartition } from '../../shared/core/records.ts';
import { allPages } from '../../shared/http/read.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { dawdling, type FaultMode, failingAt } from '../support/faultyStores.ts';
import { filedOf, readingOf } from '../support/returns.ts';
import { returnXml } from '../support/returnXml.ts';

/** The public documents of returns that there are, whoever may see them. */
const copies = async ({ as }: TestBook) => {
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { kind: 'return', limit: '100', ...(cursor === undefined ? {} : { cursor }) };
    const { items, next } = (await as.auditor.listDocuments({ query })).body;
    found.push(...items.filter(({ access }) => access === 'public').map(({ id }) => id));
    if (next === null) return found;
    cursor = new URL(next, 'http://x').searchParams.get('cursor') ?? undefined;
  }
};

describeOnEachStore('returns read at once', book => {
  it('are read once: one wins, and no second copy is there', async () => {
    const origin = await book().serveWith(dawdling(book().services, 20));
    const client = clientFor(origin, book().as.treasurer.token);
    for (let round = 0; round < 3; round++) {
      const filed = await filedOf(book(), { facts: { narrative: `Round ${round} of ${Math.random()}.` } });
      const before = await copies(book());
      const answers = await Promise.all([1, 2, 3].map(() => client.readReturn(readingOf(filed))));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      const after = await copies(book());
      expect(after).toHaveLength(before.length + 1);
      const filing = (await book().as.auditor.getFiling({ params: { filingId: filed.filingId } })).body;
      const named = filing.submissions[0]?.publicCopies.map(({ document }) => document?.documentId) ?? [];
      expect(named).toEqual(after.filter(id => !before.includes(id)));
    }
  });

  it('are not read when the submission is rejected meanwhile, or stand rejected: never public', async () => {
    const origin = await book().serveWith(dawdling(book().services, 20));
    const client = clientFor(origin, book().as.treasurer.token);
    for (let round = 0; round < 3; round++) {
      const filed = await filedOf(book(), { facts: { narrative: `Rejected ${Math.random()}.` } });
      const { filingId, version } = filed;
      const body = { submission: 1, accepted: false, on: '2024-05-12' };
      const reject = async () => {
        const first = await client.answerFiling({ params: { filingId }, version, body });
        if (first.status === 200) return;
        const again = (await client.getFiling({ params: { filingId } })).body.version;
        await client.answerFiling({ params: { filingId }, version: again, body });
      };
      await Promise.all([client.readReturn(readingOf(filed)), reject()]);
      expect((await book().as.public.getReturn({ params: { returnId: `${filingId}~1` } })).status).toBe(404);
    }
  });
});

describeOnEachStore('a return read while the stores fail', book => {
  it.each(['before', 'after'] as const)(
    'is read whole or not at all, when a call fails %s it is made',
    async (mode: FaultMode) => {
      let failures = 0;
      for (let call = 1; ; call++) {
        const filed = await filedOf(book(), { facts: { narrative: `Fault ${mode} ${call} ${Math.random()}.` } });
        const before = await copies(book());
        const { failed, ...stores } = failingAt(book().services, call, mode);
        const server = await startServer({ ...book().services, ...stores }, 0);
        const client = clientFor(`http://127.0.0.1:${server.port}`, book().as.treasurer.token);
        const { status } = await client.readReturn(readingOf(filed));
        await server.close();
        if (failed.call === undefined) break;
        failures += 1;
        const isThere = (await copies(book())).length > before.length;
        const shown = await book().as.public.getReturn({ params: { returnId: `${filed.filingId}~1` } });
        expect(shown.status, `${mode} ${failed.call}, call ${call}`).toBe(isThere ? 200 : 404);
        const filing = (await book().as.auditor.getFiling({ params: { filingId: filed.filingId } })).body;
        expect(filing.submissions[0]?.publicCopies).toHaveLength(isThere ? 1 : 0);
        if (status === 201) expect(isThere).toBe(true);
        if (isThere) continue;
        // Nothing is in the way of the next attempt.
        expect((await book().as.treasurer.readReturn(readingOf(filed))).status).toBe(201);
      }
      expect(failures).toBeGreaterThan(8);
      await book().as.secretary.listReviews();
      expect(await strays(book())).toEqual([]);
    },
  );
});

/** Bytes that are known to the archive and used by nothing, though what they are for was read since. */
async function strays({ records }: TestBook): Promise<string[]> {
  const found: string[] = [];
  for await (const items of allPages(records, { partition: listPartition(custodyList) })) {
    found.push(...items.filter(({ data }) => (data.uses as unknown[]).length === 0).map(({ key }) => key.sort));
  }
  return found;
}

describeOnEachStore('fifty returns at once', book => {
  it('fail nobody, and let others be answered', async () => {
    const narrative = 'As the board said at length. '.repeat(2_000);
    const filed: Awaited<ReturnType<typeof filedOf>>[] = [];
    for (let index = 0; index < 50; index++) {
      filed.push(await filedOf(book(), { xml: returnXml({ narrative: `${index} ${narrative}` }) }));
    }
    const ask = async () => {
      const start = performance.now();
      expect((await book().as.public.getOrganisation()).status).toBe(200);
      return performance.now() - start;
    };
    const alone: number[] = [];
    for (let index = 0; index < 50; index++) alone.push(await ask());
    let isOver = false;
    const reading = Promise.all(filed.map(one => book().as.treasurer.readReturn(readingOf(one)))).finally(() => {
      isOver = true;
    });
    const beside: number[] = [];
    while (!isOver) beside.push(await ask());
    expect((await reading).map(({ status }) => status)).toEqual(filed.map(() => 201));
    expect(beside.length).toBeGreaterThan(0);
    if (process.env.MINUTEBOOK_TIMES === '1') {
      const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]?.toFixed(1);
      const most = (times: number[]) => Math.max(...times).toFixed(1);
      console.log(
        `alone ${median(alone)} (most ${most(alone)}), beside ${median(beside)} (most ${most(beside)}) ms, ${beside.length} asked`,
      );
    }
  }, 180_000);
});
