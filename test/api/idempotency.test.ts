/** A command that is sent twice is carried out once. */
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { BusyError } from '../../shared/errors.ts';
import { describeOnEachStore } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { contentOf, draftOf } from '../support/disclosures.ts';

describeOnEachStore('Idempotency-Key', book => {
  const drafts = async () => (await book().as.secretary.listDrafts({ query: { limit: '100' } })).body.items.length;

  it('answers the same key and request with the same answer, and creates once', async () => {
    const { secretary } = book().as;
    const before = await drafts();
    const request = { key: v7(), body: contentOf() };
    const [first, second] = [await secretary.createDisclosure(request), await secretary.createDisclosure(request)];
    expect(second.text).toBe(first.text);
    expect([second.status, second.headers.get('etag'), second.headers.get('location')]).toEqual([
      201,
      first.headers.get('etag'),
      first.headers.get('location'),
    ]);
    expect(await drafts()).toBe(before + 1);
  });

  it('refuses the same key with another request', async () => {
    const { secretary } = book().as;
    const key = v7();
    await secretary.createDisclosure({ key, body: contentOf() });
    const before = await drafts();
    const other = await secretary.createDisclosure({ key, body: contentOf({ title: 'Other' }) });
    expect(other.problem.code).toBe('idempotency-key-reused');
    const elsewhere = await secretary.createPerson({ key, body: { name: 'X', email: null } });
    expect(elsewhere.problem.code).toBe('idempotency-key-reused');
    expect(await drafts()).toBe(before);
  });

  it('keeps the keys of two people apart', async () => {
    const { secretary, administrator } = book().as;
    const request = { key: v7(), body: { name: 'Twice', email: null } };
    const [one, two] = [await secretary.createPerson(request), await administrator.createPerson(request)];
    expect(one.body.id).not.toBe(two.body.id);
  });

  it('carries out once what is sent many times at once, and answers all the same', async () => {
    const before = await drafts();
    const request = { key: v7(), body: contentOf() };
    const answers = await Promise.all(Array.from({ length: 20 }, () => book().as.secretary.createDisclosure(request)));
    const created = answers.filter(answer => answer.status === 201);
    expect(new Set(created.map(answer => answer.text)).size).toBe(1);
    // Whoever could not wait for the first is told so, and may ask again.
    expect(answers.every(answer => answer.status === 201 || answer.problem.code === 'request-in-flight')).toBe(true);
    expect(await drafts()).toBe(before + 1);
  });

  it('says 409 while the first request holds the records and does not let go', async () => {
    const { records, serveWith, as } = book();
    const held = await serveWith({
      records: {
        get: key => records.get(key),
        getMany: keys => records.getMany(keys),
        query: query => records.query(query),
        commit: () => Promise.reject(new BusyError()),
      },
    });
    const answer = await clientFor(held, as.secretary.token).createDisclosure({ key: v7(), body: contentOf() });
    expect([answer.status, answer.problem.code, answer.headers.get('retry-after')]).toEqual([
      409,
      'request-in-flight',
      '1',
    ]);
  });

  it('answers again what was carried out, though the record has moved on', async () => {
    const { secretary } = book().as;
    const { id } = await draftOf(book());
    const request = { key: v7(), params: { disclosureId: id }, version: 1, body: {} };
    const first = await secretary.publishDisclosure(request);
    await secretary.withdrawDisclosure({ params: request.params, version: 2, body: { reason: 'x' } });
    expect((await secretary.publishDisclosure(request)).text).toBe(first.text);
    expect((await secretary.publishDisclosure({ ...request, key: v7() })).problem.code).toBe('precondition-failed');
  });

  it('finds what was carried out when the answer was lost on the way', async () => {
    const { records, serveWith, as } = book();
    const losing = await serveWith({
      records: {
        get: key => records.get(key),
        getMany: keys => records.getMany(keys),
        query: query => records.query(query),
        commit: async writes => {
          await records.commit(writes);
          throw new Error('the line went dead after the commit');
        },
      },
    });
    const before = await drafts();
    const request = { key: v7(), body: contentOf() };
    expect((await clientFor(losing, as.secretary.token).createDisclosure(request)).status).toBe(500);
    expect((await as.secretary.createDisclosure(request)).status).toBe(201);
    expect(await drafts()).toBe(before + 1);
  });

  it('remembers a refusal of nothing: a refused request can be sent again, corrected, under its key', async () => {
    const { secretary } = book().as;
    const key = v7();
    expect((await secretary.createDisclosure({ key, body: contentOf({ title: '' }) })).status).toBe(400);
    expect((await secretary.createDisclosure({ key, body: contentOf() })).status).toBe(201);
  });

  it('forgets a key after a day', async () => {
    const { as, setClock } = book();
    const key = v7();
    const first = await as.secretary.createDisclosure({ key, body: contentOf() });
    setClock(new Date(Date.now() + 24 * 60 * 60 * 1000 + 2000).toISOString());
    const second = await as.secretary.createDisclosure({ key, body: contentOf({ title: 'Other' }) });
    setClock(undefined);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('never keeps a secret: the code of an invitation is answered once', async () => {
    const { as, people } = book();
    const person = (await as.secretary.getPerson({ params: { personId: people.member } })).body;
    const request = { key: v7(), params: { personId: person.id }, version: person.version };
    expect((await as.secretary.invitePerson(request)).body.code).toMatch(/^[\w-]{22}$/);
    expect((await as.secretary.invitePerson(request)).problem.code).toBe('already-exists');
  });
});
