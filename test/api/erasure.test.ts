// What personal data was erased, nobody can show any more, nor prove a guess of it; the log stays whole.
import { expect, it } from 'vitest';
import { sequence } from '../../functions/sequence/sequence.ts';
import { emailKey, identityKey } from '../../shared/core/people.ts';
import { listPartition } from '../../shared/core/records.ts';
import type { Item } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore } from '../support/book.ts';
import { sealNow } from '../support/sealing.ts';

/** Everything that is stored beside a person, and what waits to be sealed. */
async function storedOf(records: { query: (query: never) => Promise<{ items: readonly Item[] }> }, personId: string) {
  const ask = (partition: string) =>
    records.query({ table: 'records', partition, order: 'ascending', limit: 1000 } as never);
  const both = await Promise.all([ask(`person#${personId}`), ask(listPartition('unsealed'))]);
  return both.flatMap(({ items }) => items);
}

describeOnEachStore('Contact data that was erased', book => {
  const email = 'Leaves@Test.example';
  let count = 0;
  const somebody = async () => {
    const { administrator } = book().as;
    const address = `${count++}.${email}`;
    const { id } = (await administrator.createPerson({ body: { name: 'Somebody Leaving', email: address } })).body;
    const body = { name: 'Somebody Leaving', email: `moved.${address}` };
    await administrator.updatePerson({ params: { personId: id }, version: 1, body });
    return { id, address };
  };

  it('is gone from the record, its events and their salts, and the log is what it was', async () => {
    const { as, records } = book();
    const { id, address } = await somebody();
    const before = await sealNow(book());
    const sealsBefore = (await storedOf(records as never, id)).filter(({ key }) => key.sort.startsWith('seal#'));
    const { body } = await as.administrator.eraseContact({ params: { personId: id }, version: 2 });
    expect(body).toEqual({ erased: 2, remaining: 0, version: 3 });
    const left = await storedOf(records as never, id);
    expect(JSON.stringify(left).toLowerCase()).not.toContain(address.toLowerCase());
    expect(await records.get(emailKey(`moved.${address}`))).toBeUndefined();
    const after = await sealNow(book());
    expect(after.entries.slice(0, before.entries.length)).toEqual(before.entries);
    expect(after.entries.length).toBe(before.entries.length + 1);
    const seals = (await storedOf(records as never, id)).filter(({ key }) => key.sort.startsWith('seal#'));
    const salts = seals.map(({ data }) => (data.event as { salt: string | null }).salt);
    expect(salts).toEqual([null, null, expect.any(String)]);
    const places = (items: readonly Item[]) => items.map(({ data }) => (data.event as { index: number }).index);
    expect(places(seals).slice(0, 2)).toEqual(places(sealsBefore));
    const { items } = (await as.auditor.listEvents({ params: { kind: 'person', recordId: id } })).body;
    expect(items.map(({ erased }) => erased)).toEqual([['email'], ['email'], ['email']]);
  });

  it('stays while somebody holds a seat', async () => {
    const { as, people } = book();
    const held = await as.administrator.eraseContact({ params: { personId: people.director }, version: 1 });
    expect(held.status).toBe(409);
  });

  it('is sealed without its values where it still waits to be sealed', async () => {
    const { as, records } = book();
    const { id, address } = await somebody();
    const { body } = await as.administrator.eraseContact({ params: { personId: id }, version: 2 });
    expect(body).toEqual({ erased: 2, remaining: 0, version: 3 });
    await sealNow(book());
    expect(JSON.stringify(await storedOf(records as never, id))).not.toContain(address);
    const params = { kind: 'person', recordId: id, version: '1' } as never;
    const { sealed } = (await as.auditor.getProofOfEvent({ params })).body;
    expect(sealed).toMatchObject({ erased: ['email'] });
  });

  it('is never sealed with the values that a sequencer has read just before', async () => {
    const { as, services, ownLog, records } = book();
    const { id, address } = await somebody();
    let isErased = false;
    const late: typeof services.records = {
      ...services.records,
      async commit(writes) {
        const isSealing = writes.some(write => 'put' in write && write.put.key.sort.startsWith('seal#'));
        if (isSealing && !isErased) {
          isErased = true;
          await as.administrator.eraseContact({ params: { personId: id }, version: 2 });
        }
        await services.records.commit(writes);
      },
    };
    await sequence({ ...services, ...ownLog, records: late });
    expect(isErased).toBe(true);
    await sealNow(book());
    expect(JSON.stringify(await storedOf(records as never, id))).not.toContain(address);
    const params = { kind: 'person', recordId: id, version: '1' } as never;
    expect((await as.auditor.getProofOfEvent({ params })).body.sealed).toMatchObject({ erased: ['email'] });
  });

  it('cannot be signed in with', async () => {
    const { as, records, signedIn } = book();
    const { id, address } = await somebody();
    const code = (await as.administrator.invitePerson({ params: { personId: id }, version: 2 })).body.code;
    const client = await signedIn(`other.${address}`);
    await client.acceptInvitation({ body: { code } });
    expect((await client.getMe()).body.person?.id).toBe(id);
    const { data } = (await records.get({ table: 'records', partition: `person#${id}`, sort: 'record' })) as Item;
    await sealNow(book());
    await as.administrator.eraseContact({ params: { personId: id }, version: 4 });
    expect((await client.getMe()).body.person).toBeNull();
    expect(await records.get(identityKey(data.identity as never))).toBeUndefined();
    expect(JSON.stringify(await storedOf(records as never, id))).not.toContain(JSON.stringify(data.identity));
  });
});
