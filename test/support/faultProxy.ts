/** An HTTP proxy that fails on request: before the server sees the request, instead of it, or after it has done its work. */
import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** `lose-request` and `lose-response` break the connection; an answer is given in place of the server's. */
export type Fault = 'none' | 'lose-request' | 'lose-response' | { readonly status: number; readonly body: object };

export interface FaultProxy {
  readonly endpoint: string;
  /** Decides each request's fault from its operation, for instance `TransactWriteItems`. It may take its time. */
  fault: (operation: string) => Fault | Promise<Fault>;
  /** The operations that arrived, in their order. */
  readonly operations: string[];
  close(): void;
}

/** An error answer as DynamoDB words it. */
export function dynamoFault(name: string, status = 400, more: object = {}): Fault {
  return { status, body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...more } };
}

export function cancelled(...codes: string[]): Fault {
  return dynamoFault('TransactionCanceledException', 400, { CancellationReasons: codes.map(Code => ({ Code })) });
}

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const operations: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await read(incoming);
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    operations.push(operation);
    const fault = await proxy.fault(operation);
    if (fault === 'lose-request') return void incoming.socket.destroy();
    if (typeof fault === 'object') return reply(outgoing, fault.status, Buffer.from(JSON.stringify(fault.body)));
    const answer = await forward(incoming, body);
    if (fault === 'lose-response') return void incoming.socket.destroy();
    reply(outgoing, answer.status, answer.body, answer.headers);
  });

  async function forward(incoming: IncomingMessage, body: Buffer) {
    const upstream = request(target, { method: 'POST', path: incoming.url, headers: incoming.headers, agent });
    upstream.end(body);
    const [response] = (await once(upstream, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 500, headers: response.headers, body: await read(response) };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy: FaultProxy = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: () => 'none',
    operations,
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
  return proxy;
}

async function read(message: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await message.toArray());
}

function reply(outgoing: ServerResponse, status: number, body: Buffer, headers: IncomingHttpHeaders = {}): void {
  const { 'transfer-encoding': _, connection: __, ...rest } = headers;
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...rest, 'content-length': body.length });
  outgoing.end(body);
}
