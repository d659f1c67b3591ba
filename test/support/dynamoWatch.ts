/** Stands before DynamoDB, and notes the rights that its caller would need on AWS, by table. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const rights: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Put: 'PutItem',
};

interface Asked {
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName: string }>>[];
}

/** @param dynamo its address. */
export async function watchDynamo(dynamo: string) {
  const actions = new Map<string, Set<string>>();
  const note = (table: string, action: string) => actions.set(table, (actions.get(table) ?? new Set()).add(action));
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [, asked = ''] = String(request.headers['x-amz-target']).split('.');
    const { TableName, RequestItems = {}, TransactItems = [] } = JSON.parse(body.toString()) as Asked;
    if (TableName !== undefined) note(TableName, asked);
    for (const table of Object.keys(RequestItems)) note(table, asked);
    for (const item of TransactItems)
      for (const [kind, { TableName: table }] of Object.entries(item)) note(table, rights[kind] ?? kind);
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    const answer = await fetch(dynamo, { method: 'POST', headers: headers as Record<string, string>, body });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Sorted. */
    actionsOn: (table: string) => [...(actions.get(table) ?? [])].sort(),
    stop: () => new Promise(resolve => server.close(resolve)),
  };
}
