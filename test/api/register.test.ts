/** A hundred resolutions of one body are adopted at the same moment: every number is given once, and none is left out. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 } from 'uuid';
import { expect, it } from 'vitest';
import { countDue } from '../../functions/count/countDue.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { registerKey, resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore, newFolder } from '../support/book.ts';
import { faultsOf } from '../support/bookCheck.ts';
import { type Client, clientFor } from '../support/client.ts';
import { demoGrantType } from '../support/demoIssuerClient.ts';
import { freePorts, launchEmbedded } from '../support/embedded.ts';
import { numbersOf, overdueVotesOf } from '../support/overdueVotes.ts';
import { bodyOf } from '../support/resolutions.ts';

const count = 100;
const yearNow = () =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short' }).format(new Date()).slice(0, 4);

describeOnEachStore('the register', book => {
  it('gives a hundred numbers once each to two counters that come by at the same moment', {
    timeout: 120_000,
  }, async () => {
    const { as, records, services, people } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const ids = await overdueVotesOf(services, bodyId, people.member, count);
    // They begin at either end, so that they want the same number for different resolutions all the time.
    await Promise.all([countDue(services), countDue({ ...services, records: fromTheEnd(services.records) })]);
    const year = yearNow();
    expect((await records.get(registerKey(bodyId)))?.data).toEqual({ [year]: count });
    const register = await registerOf(as.public, bodyId);
    expect(register.map(({ number }) => number)).toEqual(numbersOf(year, count));
    expect(register.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });
});

it('gives them also when the process is killed again and again in the middle of it', { timeout: 180_000 }, async () => {
  const folder = newFolder();
  const environment = { MINUTEBOOK_DATA: folder, ...(await freePorts()) };
  const file = join(folder, 'demonstration.sqlite');
  let server = launchEmbedded(environment);
  try {
    const client = async () => clientFor(await server.ready, await tokenOf(environment.MINUTEBOOK_ISSUER_PORT));
    const secretary = await client();
    const personId = (await secretary.getMe()).body.person?.id ?? '';
    const facts = {
      kind: 'working-group',
      name: 'Group',
      purpose: '',
      parentBodyId: null,
      publishesSeats: true,
    } as const;
    const { id: bodyId } = (await secretary.createBody({ body: { ...facts, established: '2020-01-01' } })).body;
    await server.stop();
    await withStore(file, records =>
      overdueVotesOf({ records, newId: () => v7(), now: () => new Date() }, bodyId, personId, count),
    );

    const key = registerKey(bodyId);
    const given = (records: Parameters<Parameters<typeof withStore>[1]>[0]) =>
      records.get(key).then(item => Number(item?.data[yearNow()] ?? 0));
    let inTheMiddle = 0;
    for (let last = 0; last < count; ) {
      server = launchEmbedded(environment);
      // Another reader of the same file sees how far it is.
      last = await withStore(file, async records => {
        const goal = Math.min(last + 25, count);
        for (let reached = last; ; reached = await given(records)) {
          if (reached >= goal) return server.kill().then(() => given(records));
          await pause(1);
        }
      });
      if (last < count) inTheMiddle++;
      expect(faultsOf(file)).toEqual([]);
    }
    expect(inTheMiddle).toBeGreaterThan(1);
    server = launchEmbedded(environment);
    const register = await registerOf(await client(), bodyId);
    expect(register.map(({ number }) => number)).toEqual(numbersOf(yearNow(), count));
    expect(new Set(register.map(({ id }) => id)).size).toBe(count);
    expect(await server.stop()).toBe(0);
  } finally {
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The same records; what has to be counted is listed from its end. */
const fromTheEnd = (records: RecordStore): RecordStore => ({
  get: key => records.get(key),
  getMany: keys => records.getMany(keys),
  commit: writes => records.commit(writes),
  async query(query) {
    const page = await records.query(query);
    const isOpen = query.partition === listPartition(resolutionLists.open);
    return isOpen ? { ...page, items: page.items.toReversed() } : page;
  },
});

async function withStore<Result>(
  file: string,
  use: (records: ReturnType<typeof openSqliteRecordStore>) => Promise<Result>,
): Promise<Result> {
  const records = openSqliteRecordStore(file);
  try {
    return await use(records);
  } finally {
    records.close();
  }
}

async function tokenOf(issuerPort: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: demoGrantType,
    client_id: 'minutebook-demo',
    email: 'secretary@lpsa.example',
  });
  const answer = await fetch(`http://127.0.0.1:${issuerPort}/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

/** All pages. */
async function registerOf(client: Client, bodyId: string) {
  const items: Listed['items'] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: Record<string, string> = { limit: '40', ...(cursor === '' ? {} : { cursor }) };
    const page: Listed = (await client.listRegister({ params: { bodyId }, query })).body;
    items.push(...page.items);
    cursor = page.next === null ? null : new URL(page.next, 'http://book').searchParams.get('cursor');
  }
  return items;
}

type Listed = Awaited<ReturnType<Client['listRegister']>>['body'];
