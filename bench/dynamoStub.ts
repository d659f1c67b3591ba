/** A server that answers DynamoDB's reads out of a prepared book at once: the same short wait for whoever is measured. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { itemToAttributes } from '../shared/adapters/dynamoAttributes.ts';
import type { Item, RecordStore } from '../shared/ports/recordStore.ts';

export interface DynamoStub {
  readonly endpoint: string;
  close(): void;
}

type Text = { readonly S: string };
type Keyed = { readonly partition: Text; readonly sort: Text };

interface Asked {
  readonly Key: Keyed;
  readonly RequestItems: Record<string, { readonly Keys: readonly Keyed[] }>;
  readonly ExpressionAttributeValues: {
    readonly ':partition': Text;
    readonly ':prefix'?: Text;
    readonly ':last'?: Text;
  };
  readonly ScanIndexForward: boolean;
  readonly Limit: number;
}

export async function startDynamoStub(records: RecordStore): Promise<DynamoStub> {
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const answer = await answerOf(records, operation, JSON.parse(await textOf(request)));
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answerOf(records: RecordStore, operation: string, asked: Asked): Promise<object> {
  const get = ({ partition, sort }: Keyed) => records.get({ table: 'records', partition: partition.S, sort: sort.S });
  if (operation === 'GetItem') {
    const item = await get(asked.Key);
    return item === undefined ? {} : { Item: itemToAttributes(item) };
  }
  if (operation === 'BatchGetItem') {
    const Responses: Record<string, unknown[]> = {};
    for (const [table, { Keys }] of Object.entries(asked.RequestItems)) {
      const items = await Promise.all(Keys.map(get));
      Responses[table] = items.filter((item): item is Item => item !== undefined).map(itemToAttributes);
    }
    return { Responses, UnprocessedKeys: {} };
  }
  if (operation !== 'Query') throw new Error(`The stub knows no ${operation}`);
  const { ':partition': partition, ':prefix': prefix, ':last': last } = asked.ExpressionAttributeValues;
  const { items } = await records.query({
    table: 'records',
    partition: partition.S,
    ...(prefix === undefined ? {} : { prefix: prefix.S }),
    ...(last === undefined ? {} : { upTo: last.S }),
    order: asked.ScanIndexForward ? 'ascending' : 'descending',
    limit: asked.Limit,
  });
  return { Items: items.map(itemToAttributes), Count: items.length };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
