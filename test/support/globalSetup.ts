/** Offers the whole test run one DynamoDB Local and one S3 server: each started when a suite first asks, stopped at the end. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brokerVariable, startDynamoLocal } from './dynamoLocal.ts';
import { s3BrokerVariable, startS3Server } from './s3Server.ts';
import type { ServerProcess } from './serverProcess.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const withdrawals = [await offer(brokerVariable, startDynamoLocal), await offer(s3BrokerVariable, startS3Server)];
  return async () => {
    await Promise.all(withdrawals.map(withdraw => withdraw()));
  };
}

async function offer(variable: string, start: () => Promise<ServerProcess>): Promise<() => Promise<void>> {
  let running: Promise<ServerProcess> | undefined;
  const broker = createServer((_request, response) => {
    running ??= start();
    running.then(
      ({ endpoint }) => response.end(endpoint),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  broker.listen(0, '127.0.0.1');
  await once(broker, 'listening');
  // The workers are forked after this and inherit it.
  process.env[variable] = `http://127.0.0.1:${(broker.address() as AddressInfo).port}`;
  return async () => {
    broker.close();
    broker.closeAllConnections();
    const server = await running?.catch(() => undefined);
    await server?.stop();
  };
}
