/** The function that fetches public files: when there is one, what it may do, what its bundle holds, and who hears when it fails. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyReferences } from '../../functions/filings/publicCopies.ts';
import { writeFiling } from '../../functions/filings/write.ts';
import { readAvailability } from '../../functions/inspection/readAvailability.ts';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import { newDocument, versionKey } from '../../shared/core/archive/documents.ts';
import { askToLook, toLookForKey } from '../../shared/core/filings/availability.ts';
import { filingIdOf } from '../../shared/core/filings/obligations.ts';
import { found } from '../../shared/core/founding.ts';
import { changeRecord } from '../../shared/core/records.ts';
import type { JsonObject } from '../../shared/ports/recordStore.ts';
import { organisation } from '../support/book.ts';
import { sha256Of } from '../support/documents.ts';
import { createTables, type DynamoTables, dynamoLocalMissing, sharedDynamoLocal } from '../support/dynamoLocal.ts';
import { watchDynamo } from '../support/dynamoWatch.ts';
import { returnOf, submittedOn } from '../support/inspectedBook.ts';
import { allow, resource, resources, rightsOf, root, type Synthesis, synthesise } from './synthesis.ts';

const publicAddress = 'https://book.lpsa.example';
const made: Synthesis[] = [];
let inspection: Template;

async function synthesised(more: Record<string, string>): Promise<Synthesis> {
  const synthesis = await synthesise(more, made[0]);
  made.push(synthesis);
  return synthesis;
}

beforeAll(async () => {
  const { folder } = await synthesised({ publicAddress });
  const template = readFileSync(join(folder, 'cdk.out', 'MinutebookInspection.template.json'), 'utf8');
  inspection = Template.fromString(template);
});
afterAll(() => {
  for (const synthesis of made) synthesis.remove();
});

const on = (value: string) => ({ 'Fn::ImportValue': expect.stringContaining(value) });
const functionOf = () => resource(inspection, 'AWS::Lambda::Function', 'availabilityFunction').Properties;

describe('the look at public files', () => {
  it('is not there without a public address', async () => {
    const { folder } = await synthesised({});
    expect(readdirSync(join(folder, 'cdk.out')).filter(name => name.includes('Inspection'))).toEqual([]);
  });

  it.each(['http://book.lpsa.example', 'https://book.lpsa.example/', 'book.lpsa.example'])(
    'is not made for "%s"',
    async address => {
      await expect(synthesise({ publicAddress: address }, made[0])).rejects.toThrow('publicAddress');
    },
  );

  it('may read and write records, knows nothing of the archive, and asks at the public address', () => {
    const log = { 'Fn::GetAtt': [expect.stringMatching('^availabilityLog'), 'Arn'] };
    expect(rightsOf(inspection, 'availabilityRole')).toEqual([
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], log),
      allow(
        ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        on('FnGetAttRecords'),
      ),
      // X-Ray knows no resources.
      allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
    ]);
    const { Variables } = functionOf().Environment as { Variables: Record<string, unknown> };
    expect(Variables).toMatchObject({ PUBLIC_ORIGIN: publicAddress });
    expect(Object.keys(Variables).filter(name => /BUCKET|FILES/.test(name))).toEqual([]);
  });

  it('runs every minute, started by a clock that may do nothing else, for at most a minute and a half', () => {
    const handlerArn = { 'Fn::GetAtt': [expect.stringMatching('^availabilityFunction'), 'Arn'] };
    expect(resource(inspection, 'AWS::Scheduler::Schedule', 'availabilityClock').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { Input: '{}', Arn: handlerArn },
    });
    expect(rightsOf(inspection, 'availabilityClockRole')).toEqual([allow('lambda:InvokeFunction', handlerArn)]);
    expect(functionOf()).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Timeout: 90 });
    expect(resource(inspection, 'AWS::Lambda::EventInvokeConfig', 'availabilityFunction').Properties).toMatchObject({
      MaximumRetryAttempts: 0,
    });
  });

  it('has a bundle below 520 kB that stands alone, without anything of files or their examination', () => {
    const { folder } = made[0] as Synthesis;
    const bundle = join(folder, 'dist', 'functions', 'availability');
    expect(readdirSync(bundle)).toEqual(['index.js']);
    expect(readFileSync(join(bundle, 'index.js')).length).toBeLessThan(520_000);
    const meta = readFileSync(join(folder, 'dist', 'meta', 'functions-availability-index.json'), 'utf8');
    const inputs = Object.keys(JSON.parse(meta).inputs);
    expect(inputs.filter(file => /client-s3|examination|s3BlobStore|^(local|cli|test|infra)\//.test(file))).toEqual([]);
  });
});

const missing = dynamoLocalMissing();

describe.skipIf(missing)(`The function at work${missing ? ` (left out: ${missing})` : ''}`, () => {
  let dynamo: DynamoTables;
  let book: Server;
  const content = 'The return.';

  beforeAll(async () => {
    dynamo = await createTables(await sharedDynamoLocal());
    book = createServer((request, response) => {
      const isThere = request.headers.authorization === undefined && request.url?.endsWith('/versions/1/file') === true;
      response.writeHead(isThere ? 200 : 404).end(isThere ? content : 'No.');
    }).listen(0, '127.0.0.1');
    await once(book, 'listening');
  });
  afterAll(() => {
    book.close();
    dynamo.client.destroy();
  });

  /** Starts a new process, as Lambda does, far from any package. @returns what it wrote. */
  async function run(dynamoAddress: string): Promise<string> {
    const bundle = join(made[0]?.folder ?? '', 'dist', 'functions', 'availability', 'index.js');
    const script = `require(${JSON.stringify(bundle)}).handler({}).then(() => process.exit(0));`;
    const child = spawn(process.execPath, ['--input-type=commonjs', '-e', script], {
      cwd: made[0]?.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local-secret',
        AWS_ENDPOINT_URL_DYNAMODB: dynamoAddress,
        RECORDS_TABLE: dynamo.tables.records,
        EXPIRING_TABLE: dynamo.tables.expiring,
        ISSUER: 'https://issuer.example',
        JWKS_URI: 'https://issuer.example/jwks',
        CLIENT_IDS: 'client',
        PUBLIC_ORIGIN: `http://127.0.0.1:${(book.address() as AddressInfo).port}`,
      },
    });
    const written: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => written.push(chunk));
    await once(child, 'close');
    return Buffer.concat(written).toString();
  }

  it('tells the file that is what was archived from the one that is not, and needs every right that it has', async () => {
    const records = dynamoRecordStore(dynamo);
    const at = new Date().toISOString();
    const act = (operation: string) => ({ operation, by: null, at, eventId: v7() });
    const board = { name: 'Board of Directors', purpose: 'Governs.', established: '2020-01-01' };
    const administrator = { name: 'A', email: 'a@test.example' };
    const invitation = { code: v7(), expiresAt: '2020-01-02T00:00:00.000Z' };
    await records.commit(
      found({ organisation, board, administrator }, { at, today: '2020-01-01', newId: () => v7(), invitation }),
    );
    const copies = [content, 'Another.'].map(text => ({ documentId: v7(), version: 1, sha256: sha256Of(text) }));
    const facts = { title: 'A return', kind: 'return', language: 'en', period: null, bodyId: null } as const;
    for (const { documentId, sha256 } of copies) {
      const document = newDocument({ ...facts, replaces: null, review: null }, 'public');
      const version = { number: 1, name: 'return.txt', type: 'text/plain', size: content.length, sha256 };
      await records.commit([
        ...changeRecord('document', documentId, undefined, document, act('createDocument')).writes,
        { put: { key: versionKey(documentId, 1), version: 1, data: version as JsonObject }, expect: 'absent' },
      ]);
    }
    const year = new Date().getUTCFullYear();
    const filing = returnOf(year - 2, [submittedOn(`${year - 1}-04-01`, copies)]);
    const id = filingIdOf(filing.obligation);
    const { timeZone } = organisation;
    await records.commit([
      ...writeFiling(id, undefined, filing, { act: act('submitFiling'), timeZone }).writes,
      ...(await copyReferences(records, id, undefined, filing, at)),
      askToLook(at),
    ]);

    const watched = await watchDynamo(await sharedDynamoLocal());
    const [line = '', ...more] = (await run(watched.address)).trim().split('\n');
    await watched.stop();
    const [same, changed] = copies;
    expect(JSON.parse(line)).toMatchObject({ level: 'error', operation: 'checkAvailability' });
    expect(JSON.parse(line).internal).toContain(`${changed?.documentId} is changed`);
    expect(more).toEqual([]);
    const state = await readAvailability(records);
    expect(state?.looks.map(({ documentId, finding }) => [documentId, finding])).toEqual([
      [same?.documentId, 'same'],
      [changed?.documentId, 'changed'],
    ]);
    expect(await records.get(toLookForKey)).toBeUndefined();
    expect(await run(await sharedDynamoLocal())).toBe('');

    const granted = (part: string) =>
      rightsOf(inspection, 'availabilityRole')
        .filter(({ Resource }) => JSON.stringify(Resource).includes(part))
        .flatMap(({ Action }) => Action);
    expect(granted('Records')).toEqual(watched.actionsOn(dynamo.tables.records).map(action => `dynamodb:${action}`));
    expect(watched.actionsOn(dynamo.tables.expiring)).toEqual([]);
  });
});

describe('the alarms', () => {
  const alarm = (name: string) => resource(inspection, 'AWS::CloudWatch::Alarm', name).Properties;
  const names = ['PublicFileAway', 'AvailabilityFails', 'AvailabilityIsMissing'];

  it('are three, name their section of the runbook, and reach the operator', () => {
    expect(Object.keys(resources(inspection, 'AWS::CloudWatch::Alarm'))).toHaveLength(names.length);
    const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');
    const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(sections).toContain('A public file cannot be had');
    for (const name of names) {
      expect(alarm(name).AlarmDescription).toMatch(/\. See "A public file cannot be had" in docs\/runbook\.md\.$/);
      expect(alarm(name).AlarmActions).toEqual([on('AlarmsOperator')]);
    }
  });

  it('count the lines that the function writes, and are raised by two of three looks an hour apart', () => {
    expect(resource(inspection, 'AWS::Logs::MetricFilter', 'PublicFilesAway').Properties).toMatchObject({
      FilterPattern: '{ ($.level = "error") && ($.operation = "checkAvailability") }',
    });
    expect(alarm('PublicFileAway')).toMatchObject({
      Period: 300,
      EvaluationPeriods: 36,
      DatapointsToAlarm: 2,
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    });
  });
});
