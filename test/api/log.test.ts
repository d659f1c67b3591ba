/** What the book says in public is proven by the log, over HTTP, to verifiers that share no code with it. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { fromBase64 } from '../../shared/core/log/base64.ts';
import { verdictOn } from '../../shared/core/log/checkpoints.ts';
import { keyText } from '../../shared/core/log/notes.ts';
import { readPolicy } from '../../shared/core/log/policy.ts';
import { readProofFile } from '../../shared/core/log/proofFiles.ts';
import { isConsistent, isIncluded } from '../../shared/core/log/proofs.ts';
import { entryBytes, sealOf } from '../../shared/core/log/seals.ts';
import { emptyEdge, grow, leafHash, rootOf } from '../../shared/core/log/tree.ts';
import {
  readProofFile as readAnywhere,
  readCheckpoint,
  readKey,
  verifyConsistency,
  verifyEvent,
  verifyInclusion,
} from '../../web/verifier/proof.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { contentOf, draftOf, publishedOf } from '../support/disclosures.ts';
import { keyOf, sealNow } from '../support/sealing.ts';

type Proven = { sealed: { at: string; record: object }; salt: string; index: number; proof: string };

/** By the verifier that others use, and by the rules that the log is made with. */
async function verify(book: TestBook, { sealed, salt, index, proof }: Proven) {
  const key = await keyOf(book);
  const found = await verifyEvent(sealed, salt, proof, await readKey(keyText(key)));
  expect(found.index).toBe(index);
  const file = readProofFile(proof);
  const seal = sealOf(fromBase64(salt) ?? new Uint8Array(), sealed);
  if (file === null) throw new Error('no proof file');
  const { size, root } = file.signed.checkpoint;
  expect(verdictOn(file.signed.note, key).is).toBe('good');
  expect(isIncluded(leafHash(entryBytes({ at: sealed.at, seal })), index, size, file.hashes, root)).toBe(true);
  return found;
}

const paramsOf = (recordId: string, version: number, kind = 'disclosure') => ({
  kind,
  recordId,
  version: String(version),
});

describeOnEachStore('the log', book => {
  it('proves what a disclosure says once it is published in the log, and says before that it will', async () => {
    const { as, log } = book();
    const { id, version, proof } = await publishedOf(book(), { title: 'Proven' });
    expect(proof).toBe('pending');
    const params = paramsOf(id, version);
    const early = await as.public.getProofOfRecord({ params });
    expect([early.status, early.problem.code, early.headers.get('retry-after')]).toEqual([
      503,
      'temporarily-unavailable',
      '1',
    ]);
    expect(log.at(-1)?.internal).toBe('It is not published in the log yet');
    const waiting = await as.public.getDisclosure({ params: { disclosureId: id } });
    await sealNow(book());
    const shown = await as.public.getDisclosure({ params: { disclosureId: id } });
    expect(shown.headers.get('etag')).not.toBe(waiting.headers.get('etag'));
    const state = shown.body.proof as { index: number; url: string };
    expect(state.url).toBe(`/v1/log/records/disclosure/${id}/versions/${version}`);
    const { body } = await as.public.getProofOfRecord({ params });
    expect(body.index).toBe(state.index);
    await verify(book(), body);
    expect(body.sealed.record).toEqual({ kind: 'disclosure', id, version });
    expect(shown.body).toMatchObject(body.sealed.content);
    expect(body.sealed.content.title).toBe('Proven');
  });

  it('proves each edition under its version, and the tombstone alone once it is withdrawn', async () => {
    const { as } = book();
    const first = await publishedOf(book(), { title: 'First' });
    const params = { disclosureId: first.id };
    const correction = { reason: 'Wrong.', content: contentOf({ title: 'Second' }) };
    const second = (await as.secretary.correctDisclosure({ params, version: first.version, body: correction })).body;
    await sealNow(book());
    const ask = (version: number, by: keyof typeof as = 'public') =>
      as[by].getProofOfRecord({ params: paramsOf(first.id, version) });
    for (const [version, title] of [
      [first.version, 'First'],
      [second.version, 'Second'],
    ] as const) {
      const { body } = await ask(version);
      await verify(book(), body);
      expect(body.sealed.content.title).toBe(title);
    }
    const gone = (
      await as.secretary.withdrawDisclosure({ params, version: second.version, body: { reason: 'Private.' } })
    ).body;
    // Not only once it is sealed: at once.
    expect([(await ask(first.version)).status, (await ask(second.version)).status]).toEqual([404, 404]);
    await sealNow(book());
    expect([(await ask(first.version)).status, (await ask(second.version)).status]).toEqual([404, 404]);
    const tombstone = (await ask(gone.version)).body;
    await verify(book(), tombstone);
    expect(tombstone.sealed.content).toMatchObject({ summary: null, documents: [], withdrawalReason: 'Private.' });
    // Whoever may read what it said may still prove it.
    await verify(book(), (await ask(first.version, 'auditor')).body);
  });

  it('proves events, to those who may read them', async () => {
    const { as, people } = book();
    await sealNow(book());
    const params = paramsOf(people.director, 1, 'person');
    const { body } = await as.auditor.getProofOfEvent({ params });
    await verify(book(), body);
    const [event] = (await as.auditor.listEvents({ params: { kind: 'person', recordId: people.director } })).body.items;
    expect(body.sealed).toEqual(event);
    expect((await as.auditor.getProofOfEvent({ params: paramsOf(v7(), 1, 'person') })).status).toBe(404);
    expect((await as.auditor.getProofOfEvent({ params: paramsOf(people.director, 999, 'person') })).status).toBe(404);
    const { id } = await draftOf(book());
    expect((await as.secretary.getProofOfEvent({ params: paramsOf(id, 1) })).status).toBe(503);
  });

  it('proves every entry, and that it grew from any size to any other', async () => {
    const { as } = book();
    const { entries, size } = await sealNow(book());
    const key = await readKey(keyText(await keyOf(book())));
    for (const index of [0, 1, Math.floor(size / 2), size - 1]) {
      const { entry, proof } = (await as.public.getEntry({ params: { index: String(index) } })).body;
      expect(entry).toBe(new TextDecoder().decode(entries[index]));
      const file = readAnywhere(proof);
      expect([file.index, file.checkpoint.size, file.checkpoint.origin]).toEqual([index, size, key.name]);
      await verifyInclusion(new TextEncoder().encode(entry), index, file.proof, file.checkpoint);
    }
    const headOf = (count: number) => {
      const { edge } = grow(emptyEdge, entries.slice(0, count).map(leafHash));
      return { size: count, root: rootOf(edge) };
    };
    const sizes = [0, 1, 2, 3, 7, 8, 9, size - 1, size];
    for (const from of sizes) {
      for (const to of sizes.filter(other => other >= from)) {
        const query = { from: String(from), to: String(to) };
        const { body } = await as.public.getConsistency({ query });
        const hashes = body.hashes.map(hash => fromBase64(hash) ?? new Uint8Array());
        expect(body).toMatchObject({ from, to });
        expect(isConsistent(headOf(from), headOf(to), hashes), `${from} ${to}`).toBe(true);
        await verifyConsistency(headOf(from), headOf(to), hashes);
      }
    }
  });

  it('says which field asks for what is not there', async () => {
    const { as } = book();
    const { size } = await sealNow(book());
    const entry = (index: string) => as.public.getEntry({ params: { index } });
    const between = (from: string, to: string) => as.public.getConsistency({ query: { from, to } });
    const cases: [Promise<{ status: number; problem: { errors?: readonly object[] } }>, string, string, string][] = [
      [entry(String(size)), 'path', '/index', `The published log has ${size} entries`],
      [entry('-1'), 'path', '/index', 'Must be the place of an entry, from 0.'],
      [entry('01'), 'path', '/index', 'Must be the place of an entry, from 0.'],
      [entry('9007199254740993'), 'path', '/index', 'Must be the place of an entry, from 0.'],
      [between('0', String(size + 1)), 'query', '/to', `The published log has ${size} entries`],
      [between('2', '1'), 'query', '/from', 'A log never becomes smaller'],
      [between('1.0', '2'), 'query', '/from', 'Must be a number of entries.'],
    ];
    for (const [asked, where, field, words] of cases) {
      const { status, problem } = await asked;
      expect(status).toBe(400);
      expect(problem.errors).toEqual([{ in: where, field, message: expect.stringContaining(words) }]);
    }
    const absent = await as.public.getConsistency({ query: { to: '1' } });
    expect(absent.problem.errors).toMatchObject([{ in: 'query', field: '/from' }]);
  });

  it('tells its name, its keys and its policy, which verify its checkpoint', async () => {
    const { as, origin, ownLog } = book();
    const { size } = await sealNow(book());
    const { body } = await as.public.getLog();
    const key = keyText(await keyOf(book()));
    expect(body).toMatchObject({ origin: ownLog.origin, size, quorum: { needed: 0, of: 0, there: 0 }, witnesses: [] });
    expect(body.keys).toMatchObject([{ key, state: 'signing', proof: { index: expect.any(Number) } }]);
    expect(body.policy).toBe(`log ${key} ${origin}/log\nquorum none\n`);
    expect(readPolicy(body.policy).logs).toHaveLength(1);
    const served = await fetch(`${origin}/log/policy`);
    expect([served.headers.get('content-type'), await served.text()]).toEqual([
      'text/plain; charset=utf-8',
      body.policy,
    ]);
    const { id } = await keyOf(book());
    expect(body.keys).toMatchObject([{ proof: { url: `/v1/log/records/log-key/${id}/versions/1` } }]);
    const proven = (await as.public.getProofOfRecord({ params: paramsOf(id, 1, 'log-key') })).body;
    await verify(book(), proven);
    expect(proven.sealed.content).toEqual({ key });
    const checkpoint = readCheckpoint(await (await fetch(origin + body.checkpoint)).text());
    expect([checkpoint.size, checkpoint.origin]).toEqual([size, body.origin]);
  });

  it('answers 304 to whoever has it, and HEAD without a body', async () => {
    const { as } = book();
    const { id, version } = await publishedOf(book());
    await sealNow(book());
    const params = paramsOf(id, version);
    const asked = await as.public.getProofOfRecord({ params });
    const etag = String(asked.headers.get('etag'));
    expect(asked.headers.get('cache-control')).toBe('public, max-age=10');
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect((await as.public.getProofOfRecord({ params, headers: { 'if-none-match': etag } })).status).toBe(304);
    const head = await as.public.getProofOfRecord({ params, method: 'HEAD' });
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', etag]);
    // With more in the log the same is proven by another checkpoint.
    await draftOf(book());
    await sealNow(book());
    expect((await as.public.getProofOfRecord({ params, headers: { 'if-none-match': etag } })).status).toBe(200);
  });
});
