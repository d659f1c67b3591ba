/** What is promised of secret ballots: everybody sees the counts, nobody how somebody voted, and after the count nothing can read it. */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { countDue } from '../../functions/count/countDue.ts';
import { type Resolution, resolutionRows } from '../../shared/core/decisions/resolutions.ts';
import { type Ballot, ballotList, ballotRow, inVote, sealingKey, shardOf } from '../../shared/core/decisions/votes.ts';
import { eventKey, listPartition, moveRows, recordKey } from '../../shared/core/records.ts';
import { unsealer } from '../../shared/http/sealedBallots.ts';
import type { Item, JsonObject } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore } from '../support/book.ts';
import { closedOf, countedOf, motionOf } from '../support/resolutions.ts';
import { putToVote, readyOf, ruledBody, type Voter } from '../support/votes.ts';

const three = { member: {}, director: {}, treasurer: {} } as const;
const said = { member: 'yes', director: 'no', treasurer: 'abstain' } as const;

describeOnEachStore('a secret ballot', book => {
  afterEach(() => book().setClock(undefined));

  const opened = async (election: { places: number; options: string[] } | null = null) => {
    const { as } = book();
    const bodyId = await ruledBody(book(), three, { rules: { ordinary: { ballot: 'secret', proxies: true } } });
    const motion = { ...motionOf(), election: election && { method: 'plurality' as const, ...election } };
    const { id } = await putToVote(book(), await readyOf(as.member, as.director, bodyId, motion));
    return id;
  };
  const cast = (voter: Voter, resolutionId: string, choice: 'yes' | 'no' | 'abstain' | string[], key?: string) =>
    book().as[voter].castVote({ params: { resolutionId }, body: { choice }, ...(key === undefined ? {} : { key }) });
  const castAll = async (id: string) => {
    for (const voter of ['member', 'director', 'treasurer'] as const)
      expect((await cast(voter, id, said[voter])).status).toBe(200);
  };
  const ballotOf = async (id: string, voter: Voter) =>
    (await book().records.get(recordKey('ballot', inVote(id, book().people[voter])))) as Item & { data: Ballot };
  const keyOf = async (id: string) => (await book().records.get(sealingKey(id)))?.data;

  it('shows everybody the counts and nobody anything else, during the vote and after it', async () => {
    const { as } = book();
    const id = await opened();
    const params = { resolutionId: id };
    expect((await cast('member', id, 'yes')).body).toEqual({ choice: null, at: expect.any(String) });
    const seen = async () => {
      for (const role of ['member', 'secretary', 'auditor', 'administrator'] as const) {
        const { status, problem } = await as[role].listBallots({ params });
        expect([status, problem.code, problem.detail]).toEqual([
          409,
          'state-conflict',
          expect.stringContaining('secret'),
        ]);
      }
      const { mine } = (await as.member.getResolution({ params })).body.vote ?? {};
      expect(mine).toEqual({ choice: null, at: expect.any(String), byProxy: false });
      expect((await as.treasurer.getResolution({ params })).body.vote?.mine).toBeNull();
    };
    await seen();
    await cast('director', id, 'yes');
    await closedOf(book(), id);
    expect((await countedOf(book(), id)).result).toMatchObject({
      count: { yes: 2, no: 0, abstained: 0 },
      carried: true,
    });
    await seen();
    expect((await as.public.listBallots({ params })).status).toBe(409);
    expect((await as.public.getResolution({ params })).body.vote?.result).toMatchObject({ count: { yes: 2 } });
  });

  it('leaves no trace of a choice in records, events, rows, memory or log', async () => {
    const { as, records, people, log } = book();
    const id = await opened();
    const lines = log.length;
    const key = randomUUID();
    await cast('member', id, 'no');
    await cast('member', id, 'yes', key);
    await cast('director', id, 'no', key);
    await cast('treasurer', id, 'abstain', key);
    const stored: Item[] = [];
    for (const voter of ['member', 'director', 'treasurer'] as const) {
      const ballot = await ballotOf(id, voter);
      const event = await records.get(eventKey('ballot', inVote(id, people[voter]), ballot.version));
      const partition = listPartition(ballotList(id, shardOf(people[voter])));
      const rows = await records.query({ table: 'records', partition, order: 'ascending', limit: 10 });
      stored.push(ballot, event as Item, rows.items.find(row => row.key.sort === people[voter]) as Item);
    }
    // Equal in length, whoever voted how: the first of them was cast twice.
    const lengths = stored.slice(3).map(({ data }) => JSON.stringify(data).length);
    expect(lengths.slice(0, 3)).toEqual(lengths.slice(3));
    const sealed = stored.flatMap(({ data }) => JSON.stringify(data).match(/eyJ[\w.-]+/g) ?? []);
    expect(new Set(sealed.map(one => one.length)).size).toBe(1);
    const told = JSON.stringify([stored, log.slice(lines)]);
    expect(told).not.toMatch(/"(choice|said)":"(yes|no|abstain)"|"(from|to)":"(yes|no|abstain)"/);
    for (const reader of [as.secretary, as.auditor]) {
      const params = { kind: 'ballot', recordId: inVote(id, people.member) };
      const { text } = await reader.listEvents({ params });
      expect(text).toContain('sealed');
      expect(text).not.toMatch(/"(yes|no|abstain)"/);
    }
  });

  it('cannot be guessed from what is remembered of a request, without the key that was sent with it', async () => {
    const { as, records, people } = book();
    const id = await opened();
    const key = randomUUID();
    const answer = await cast('member', id, 'yes', key);
    expect((await cast('member', id, 'yes', key)).text).toBe(answer.text);
    expect((await cast('member', id, 'no', key)).problem.code).toBe('idempotency-key-reused');
    const remembered = (await memoryOf('member@test.example', key)) as Item;
    const { fingerprint, response } = remembered.data as { fingerprint: string; response: JsonObject };
    expect(JSON.parse(String(response.body))).toEqual({ choice: null, at: expect.any(String) });
    const request = (choice: string) =>
      ['POST', `/v1/resolutions/${id}/vote`, '', '', 'text', JSON.stringify({ choice })].join('\n');
    const known = [remembered.key.partition, fingerprint, people.member, id, answer.headers.get('etag') ?? ''];
    for (const choice of ['yes', 'no', 'abstain']) {
      expect(createHash('sha256').update(request(choice)).digest('hex')).not.toBe(fingerprint);
      for (const one of known)
        expect(createHmac('sha256', one).update(request(choice)).digest('hex')).not.toBe(fingerprint);
    }
    expect(createHmac('sha256', key).update(request('yes')).digest('hex')).toBe(fingerprint);
    expect(as.member.token).not.toContain(key);

    async function memoryOf(email: string, sent: string) {
      const payload = JSON.parse(Buffer.from(String(as.member.token).split('.')[1] ?? '', 'base64url').toString());
      expect(payload.email).toBe(email);
      const partition = createHash('sha256').update(`${payload.iss}\n${payload.sub}\n${sent}`).digest('hex');
      return records.get({ table: 'expiring', partition: `idempotency#${partition}`, sort: 'answer' });
    }
  });

  it('can be read with the key while the vote is open, and the count removes the key', async () => {
    const id = await opened();
    await castAll(id);
    const key = await keyOf(id);
    const unseal = await unsealer(key as JsonObject);
    const texts = await Promise.all(
      (['member', 'director', 'treasurer'] as const).map(async voter =>
        unseal(String((await ballotOf(id, voter)).data.sealed)),
      ),
    );
    expect(texts.map(text => text.slice(-2))).toEqual(['~0', '~1', '~2']);
    await closedOf(book(), id);
    await countedOf(book(), id);
    expect(await keyOf(id)).toBeUndefined();
  });

  it('for options of an election looks the same for one, for several and for none', async () => {
    const id = await opened({ places: 2, options: ['Ada', 'Ben', 'Eve'] });
    await cast('member', id, ['Ada']);
    await cast('director', id, ['Eve', 'Ada']);
    await cast('treasurer', id, 'abstain');
    const ballots = await Promise.all(Object.keys(three).map(voter => ballotOf(id, voter as Voter)));
    expect(new Set(ballots.map(({ data }) => String(data.sealed).length)).size).toBe(1);
    await closedOf(book(), id);
    const { result } = await countedOf(book(), id);
    expect(result).toMatchObject({
      count: { yes: 2, abstained: 1 },
      standings: [
        { option: 'Ada', votes: 2 },
        { option: 'Ben', votes: 0 },
        { option: 'Eve', votes: 1 },
      ],
      elected: ['Ada', 'Eve'],
    });
  });

  it('is good for its voter only: ballots that change places are not counted', async () => {
    const { records, services, log } = book();
    const id = await opened();
    await castAll(id);
    const [one, other] = [await ballotOf(id, 'member'), await ballotOf(id, 'director')];
    await records.commit([
      {
        put: { key: ballotRow(one.data).key, version: 1, data: { ...one.data, sealed: other.data.sealed } as never },
        expect: 'any',
      },
    ]);
    const { closesAt } = await closedOf(book(), id).then(({ vote }) => vote ?? { closesAt: '' });
    await countDue({ ...services, now: () => new Date(closesAt) });
    expect(log.some(({ internal }) => internal?.includes('somebody else'))).toBe(true);
    expect((await records.get(recordKey('resolution', id)))?.data).toMatchObject({ vote: { result: null } });
    await records.commit([
      { put: { key: ballotRow(one.data).key, version: 1, data: one.data as never }, expect: 'any' },
    ]);
    await countDue({ ...services, now: () => new Date(closesAt) });
    expect((await countedOf(book(), id)).result).toMatchObject({ count: { yes: 1, no: 1, abstained: 1 } });
  });

  it('cannot be counted without its key, and says so: it stays closed', async () => {
    const { records, services, log, as } = book();
    const id = await opened();
    await castAll(id);
    await records.commit([{ remove: sealingKey(id), expect: 'any' }]);
    await closedOf(book(), id);
    await countDue({ ...services, now: () => new Date(Date.now() + 7_200_000) });
    expect(log.some(({ internal }) => internal?.includes('The key of a secret ballot is lost'))).toBe(true);
    expect((await as.member.getResolution({ params: { resolutionId: id } })).body).toMatchObject({
      state: 'closed',
      vote: { result: null },
    });
    // So that it is not tried again in the tests that follow.
    const { data, version } = (await records.get(recordKey('resolution', id))) as Item;
    const rows = resolutionRows(id, data as unknown as Resolution);
    await records.commit([...moveRows(rows, []), { check: recordKey('resolution', id), expect: { version } }]);
  });

  it.each(['before', 'after'] as const)(
    'is counted, and its key removed, whichever commit the count breaks off %s',
    async when => {
      const { services, records, setClock } = book();
      let isBroken = true;
      for (let step = 0; isBroken; step++) {
        setClock(undefined);
        const id = await opened();
        await castAll(id);
        let commits = 0;
        const commit: typeof records.commit = async writes => {
          const own = commits++;
          if (own > step || (own === step && when === 'before')) throw new Error('broken off');
          await records.commit(writes);
          if (own === step) throw new Error('broken off');
        };
        const later = { ...services, log: () => {}, now: () => new Date(Date.now() + 7_200_000) };
        await countDue({ ...later, records: { ...records, commit } });
        isBroken = commits > step;
        await countDue(later);
        expect((await countedOf(book(), id)).result).toMatchObject({ count: { yes: 1, no: 1, abstained: 1 } });
        expect(await keyOf(id)).toBeUndefined();
      }
    },
  );

  it('is read by one of several who count at once, and told of as a fault by none', async () => {
    const { services, log } = book();
    const id = await opened();
    await castAll(id);
    const faults = log.filter(({ level }) => level === 'error').length;
    const later = { ...services, now: () => new Date(Date.now() + 7_200_000) };
    await Promise.all([1, 2, 3].map(() => countDue(later)));
    expect((await countedOf(book(), id)).result).toMatchObject({ count: { yes: 1, no: 1, abstained: 1 } });
    expect(log.filter(({ level }) => level === 'error').slice(faults)).toEqual([]);
  });

  describe('in the files of SQLite', () => {
    const filesOf = (folder: string) =>
      readdirSync(dirname(folder))
        .filter(name => name.startsWith('book.sqlite'))
        .map(name => readFileSync(join(dirname(folder), name)).toString('latin1'));

    /** Tries whatever looks like a private key in the files on every ballot of the vote. */
    async function attack(folder: string, id: string): Promise<string[]> {
      const resolution = await book().records.get(recordKey('resolution', id));
      const sealKey = (resolution?.data as Resolution | undefined)?.vote?.sealKey;
      const files = filesOf(folder).join('\n');
      const ballots = new Set(files.match(/eyJhbGciOiJFQ0RI[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+/g));
      const keys = new Set(files.match(/(?<![\w-])[\w-]{43}(?![\w-])/g));
      const read = new Set<string>();
      for (const d of keys) {
        const unseal = await unsealer({ ...sealKey, d }).catch(() => undefined);
        for (const sealed of unseal === undefined ? [] : ballots) {
          const text = await unseal?.(sealed).catch(() => undefined);
          if (text?.startsWith(id)) read.add(text);
        }
      }
      return [...read];
    }

    it('is out of reach once it is counted: no byte of the key is left, and all that is left reads no ballot', async () => {
      const { place } = book();
      const id = await opened();
      await castAll(id);
      const d = String((await keyOf(id))?.d);
      // The files of the book, where it is in files; in DynamoDB there is the item.
      const isInFiles = 'folder' in place && filesOf(place.folder).length > 0;
      if (isInFiles) expect((await attack(place.folder, id)).length).toBe(3);
      await closedOf(book(), id);
      await countedOf(book(), id);
      expect(await keyOf(id)).toBeUndefined();
      if (!isInFiles) return;
      for (let from = 0; from + 12 <= d.length; from++) {
        const part = d.slice(from, from + 12);
        expect(
          filesOf(place.folder).some(file => file.includes(part)),
          part,
        ).toBe(false);
      }
      expect(await attack(place.folder, id)).toEqual([]);
    });
  });
});
