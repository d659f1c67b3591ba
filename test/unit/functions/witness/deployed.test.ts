// The Lambda function `witness`: the same witness, with its state in DynamoDB and its key in KMS.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { handler as Handler } from '../../../../functions/witness/index.ts';
import { readCheckpoint, verdictOn } from '../../../../shared/core/log/checkpoints.ts';
import { keyText, readKey } from '../../../../shared/core/log/notes.ts';
import { createTables, dynamoLocalMissing, sharedDynamoLocal } from '../../../support/dynamoLocal.ts';
import { type KmsServer, startKmsServer } from '../../../support/kmsServer.ts';
import { historyOf, newKeyPair } from '../../../support/witnessedLog.ts';

const log = newKeyPair('book.example.org/log', 'ed25519');
const history = historyOf(log, 50);
const missing = dynamoLocalMissing();

describe.skipIf(missing !== undefined)(`the deployed witness${missing === undefined ? '' : ` (${missing})`}`, () => {
  let kms: KmsServer;
  let handler: typeof Handler;
  beforeAll(async () => {
    kms = await startKmsServer();
    const endpoint = await sharedDynamoLocal();
    const { client, tables } = await createTables(endpoint);
    client.destroy();
    const environment = {
      ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
      ...{ AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_ENDPOINT_URL_KMS: kms.endpoint },
      ...{ LOG_TABLE: tables.log, WITNESS_KEY: kms.keyId, WITNESS_NAME: 'witness.example.net' },
      WITNESS_POLICY: `log ${keyText(log.key)}\nquorum none\n`,
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    ({ handler } = await import('../../../../functions/witness/index.ts'));
  });
  afterAll(() => {
    kms?.close();
    vi.unstubAllEnvs();
  });

  const call = (method: string, rawPath: string, body?: string, isBase64Encoded = false) =>
    handler({
      ...{ rawPath, isBase64Encoded, requestContext: { http: { method } } },
      ...(body === undefined ? {} : { body: isBase64Encoded ? Buffer.from(body).toString('base64') : body }),
    } as APIGatewayProxyEventV2);

  it('cosigns what continues the last, by the key that it shows, and answers as the specification says', async () => {
    const introduction = await call('GET', '/witness');
    const key = readKey(/^Its verifier key: (\S+)$/m.exec(introduction.body ?? '')?.[1] ?? '');
    if (key === null) throw new Error(introduction.body);
    const first = await call('POST', '/witness/add-checkpoint', history.request(0, 20));
    const signed = readCheckpoint(history.noteAt(20) + first.body);
    expect(signed && verdictOn(signed.note, key).is).toBe('good');
    expect(await call('POST', '/add-checkpoint', history.request(0, 50))).toEqual({
      statusCode: 409,
      headers: { 'content-type': 'text/x.tlog.size' },
      body: '20\n',
    });
    expect(await call('POST', '/add-checkpoint', history.request(20, 50), true)).toMatchObject({ statusCode: 200 });
    expect(await call('POST', '/add-checkpoint')).toMatchObject({ statusCode: 400 });
    expect(await call('HEAD', '/')).toMatchObject({ statusCode: 200, body: '' });
  });
});
