/** What a grown book costs: the public reads of 10,000 disclosures beside those of 100. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { disclosuresOperations } from '../functions/disclosures/operations.ts';
import { embeddedServices } from '../local/services.ts';
import { dynamoRecordStore } from '../shared/adapters/dynamoRecordStore.ts';
import { openSqliteRecordStore } from '../shared/adapters/sqliteRecordStore.ts';
import { type Handler, serve } from '../shared/http/serve.ts';
import type { RecordStore } from '../shared/ports/recordStore.ts';
import { meter } from '../test/support/consumedCapacity.ts';
import { createTables, dynamoLocalMissing, startDynamoLocal } from '../test/support/dynamoLocal.ts';
import { loadSampleBook } from './sampleBook.ts';
import { printTable, quantile, type Row, round } from './table.ts';

const sizes = [100, 10_000] as const;
const repetitions = 40;

interface Cost {
  readonly calls: number;
  readonly units: number;
}

interface Book {
  readonly handler: Handler;
  readonly ids: readonly string[];
  /** What was asked of the store since the last time. */
  readonly cost: () => Cost;
}

interface Measured extends Cost {
  readonly milliseconds: number;
}

export async function tenThousand(): Promise<void> {
  await onSqlite();
  const missing = dynamoLocalMissing();
  if (missing === undefined) await onDynamo();
  else console.log(`\nDynamoDB is left out: DynamoDB Local ${missing}.`);
}

async function onSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-bench-'));
  const stores: { close(): void }[] = [];
  try {
    await compare('SQLite', async size => {
      const store = openSqliteRecordStore(join(folder, `${size}.sqlite`));
      stores.push(store);
      const counted = counting(store);
      return bookOf(counted.store, await loadSampleBook(store, size), counted.cost);
    });
  } finally {
    for (const store of stores) store.close();
    rmSync(folder, { recursive: true });
  }
}

async function onDynamo(): Promise<void> {
  const local = await startDynamoLocal();
  const clients: { destroy(): void }[] = [];
  try {
    await compare('DynamoDB Local', async size => {
      const { client, tables } = await createTables(local.endpoint);
      clients.push(client);
      const store = dynamoRecordStore({ client, tables });
      const ids = await loadSampleBook(store, size);
      const metered = meter(client);
      return bookOf(store, ids, () => {
        const { calls, readUnits } = metered;
        metered.reset();
        return { calls, units: readUnits };
      });
    });
  } finally {
    for (const client of clients) client.destroy();
    await local.stop();
  }
}

const bookOf = (store: RecordStore, ids: readonly string[], cost: Book['cost']): Book => ({
  handler: serve(disclosuresOperations, embeddedServices(store, null)),
  ids,
  cost,
});

/** Both books take turns, so that whatever else the machine does slows both. */
async function compare(title: string, load: (size: number) => Promise<Book>): Promise<void> {
  const [small, large] = [await load(sizes[0]), await load(sizes[1])];
  const [smallLast, largeLast] = [await lastPage(small), await lastPage(large)];
  const middle = ({ ids }: Book) => `/v1/disclosures/${ids[Math.floor(ids.length / 2)]}`;
  const rows: Row[] = [];
  for (const [what, ofSmall, ofLarge] of [
    ['first page', '/v1/disclosures', '/v1/disclosures'],
    ['first page of a category', '/v1/disclosures?category=policy', '/v1/disclosures?category=policy'],
    ['last page', smallLast, largeLast],
    ['counts', '/v1/disclosures/counts', '/v1/disclosures/counts'],
    ['one disclosure', middle(small), middle(large)],
  ] as const) {
    const [a, b] = await measure([
      { book: small, path: ofSmall },
      { book: large, path: ofLarge },
    ]);
    rows.push({
      what,
      'calls 100': a.calls,
      'calls 10,000': b.calls,
      'units 100': a.units,
      'units 10,000': b.units,
      'ms 100': round(a.milliseconds, 2),
      'ms 10,000': round(b.milliseconds, 2),
      ratio: round(b.milliseconds / a.milliseconds, 2),
    });
  }
  printTable(`${title}: 10,000 disclosures beside 100, published over ten years; median of ${repetitions}`, rows);
}

async function measure(
  asked: readonly [{ book: Book; path: string }, { book: Book; path: string }],
): Promise<[Measured, Measured]> {
  const times: [number[], number[]] = [[], []];
  for (let index = -5; index < repetitions; index++) {
    for (const [which, { book, path }] of asked.entries()) {
      const startedAt = performance.now();
      await get(book.handler, path);
      if (index >= 0) times[which]?.push(performance.now() - startedAt);
    }
  }
  const one = async (which: 0 | 1): Promise<Measured> => {
    const { book, path } = asked[which];
    book.cost();
    await get(book.handler, path);
    return { ...book.cost(), milliseconds: quantile(times[which]) };
  };
  return [await one(0), await one(1)];
}

async function lastPage({ handler }: Book): Promise<string> {
  let path = '/v1/disclosures';
  for (;;) {
    const { next }: { next: string | null } = JSON.parse(await get(handler, path));
    if (next === null) return path;
    path = next;
  }
}

async function get(handler: Handler, address: string): Promise<string> {
  const { pathname, search } = new URL(address, 'http://localhost');
  const id = /^\/v1\/disclosures\/([0-9a-f-]{36})$/.exec(pathname)?.[1];
  const routeKey = id === undefined ? `GET ${pathname}` : 'GET /v1/disclosures/{disclosureId}';
  const event = {
    routeKey,
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: {},
    pathParameters: id === undefined ? {} : { disclosureId: id },
    requestContext: { http: { method: 'GET', path: pathname }, requestId: 'bench' },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, body = '' } = await handler(event, {} as Context);
  if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}: ${body}`);
  return body;
}

/** SQLite has no price; an item read is counted as a unit. */
function counting(store: RecordStore): { store: RecordStore; cost: () => Cost } {
  let calls = 0;
  let units = 0;
  const count = <T>(answer: T, items: number): T => {
    calls++;
    units += items;
    return answer;
  };
  return {
    store: {
      get: async key => count(await store.get(key), 1),
      getMany: async keys => count(await store.getMany(keys), keys.length),
      query: async query => {
        const page = await store.query(query);
        return count(page, page.items.length);
      },
      commit: writes => store.commit(writes),
    },
    cost: () => {
      const cost = { calls, units };
      calls = 0;
      units = 0;
      return cost;
    },
  };
}

if (import.meta.main) await tenThousand();
