/** Offers one DynamoDB Local to the whole test run: started when the first suite asks, stopped at the end. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brokerVariable, type DynamoLocal, startDynamoLocal } from './dynamoLocal.ts';

export default async function setup(): Promise<() => Promise<void>> {
  let running: Promise<DynamoLocal> | undefined;
  const broker = createServer((_request, response) => {
    running ??= startDynamoLocal();
    running.then(
      ({ endpoint }) => response.end(endpoint),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  broker.listen(0, '127.0.0.1');
  await once(broker, 'listening');
  // The workers are forked after this and inherit it.
  process.env[brokerVariable] = `http://127.0.0.1:${(broker.address() as AddressInfo).port}`;
  return async () => {
    broker.close();
    broker.closeAllConnections();
    const local = await running?.catch(() => undefined);
    await local?.stop();
  };
}
