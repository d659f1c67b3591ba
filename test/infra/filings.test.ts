/** The function that expects filings: what starts it, what it may do, what its bundle holds, and who hears when it fails. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import { createTables, dynamoLocalMissing, sharedDynamoLocal } from '../support/dynamoLocal.ts';
import { watchDynamo } from '../support/dynamoWatch.ts';
import { keepSince, organisationOf, worldOf } from '../support/expecting.ts';
import { allow, resource, resources, rightsOf, root, type Synthesis, synthesise } from './synthesis.ts';

let made: Synthesis;
let filings: Template;

beforeAll(async () => {
  made = await synthesise();
  const template = readFileSync(join(made.folder, 'cdk.out', 'MinutebookFilings.template.json'), 'utf8');
  filings = Template.fromString(template);
});
afterAll(() => made.remove());

const on = (value: string) => ({ 'Fn::ImportValue': expect.stringContaining(value) });
const functionOf = () => resource(filings, 'AWS::Lambda::Function', 'expectFunction').Properties;
const rights = ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Query'];

describe('expect', () => {
  it('may read and write records, and reaches no file and nothing that expires', () => {
    expect(rightsOf(filings, 'expectRole')).toEqual([
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], {
        'Fn::GetAtt': [expect.stringMatching('^expectLog'), 'Arn'],
      }),
      allow(rights, on('FnGetAttRecords')),
      // X-Ray knows no resources.
      allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
    ]);
    expect(JSON.stringify(functionOf().Environment)).not.toMatch(/BUCKET|FILES_ORIGIN/);
  });

  it('runs every minute, started by a clock that may do nothing else, and never so long that many runs meet', () => {
    const handlerArn = { 'Fn::GetAtt': [expect.stringMatching('^expectFunction'), 'Arn'] };
    expect(resource(filings, 'AWS::Scheduler::Schedule', 'expectClock').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { Input: '{}', Arn: handlerArn },
    });
    expect(rightsOf(filings, 'expectClockRole')).toEqual([allow('lambda:InvokeFunction', handlerArn)]);
    expect(functionOf()).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Timeout: 180 });
    expect(resource(filings, 'AWS::Lambda::EventInvokeConfig', 'expectFunction').Properties).toMatchObject({
      MaximumRetryAttempts: 0,
    });
    expect(resources(filings, 'AWS::Lambda::EventSourceMapping')).toEqual({});
  });

  it('has a bundle below 520 kB that stands alone, without anything of files', () => {
    const bundle = join(made.folder, 'dist', 'functions', 'expect');
    expect(readdirSync(bundle)).toEqual(['index.js']);
    expect(readFileSync(join(bundle, 'index.js')).length).toBeLessThan(520_000);
    const meta = readFileSync(join(made.folder, 'dist', 'meta', 'functions-expect-index.json'), 'utf8');
    const inputs = Object.keys(JSON.parse(meta).inputs);
    expect(inputs.filter(file => /client-s3|examination|s3BlobStore|^(local|cli|test|infra)\//.test(file))).toEqual([]);
  });
});

const missing = dynamoLocalMissing();

describe.skipIf(missing)(`The function at work${missing ? ` (left out: ${missing})` : ''}`, () => {
  it('makes what is owed, takes away what is owed no more, and needs every right that it has', async () => {
    const dynamo = await createTables(await sharedDynamoLocal());
    const records = dynamoRecordStore(dynamo);
    const watched = await watchDynamo(await sharedDynamoLocal());
    /** Starts a new process, as Lambda does, far from any package. @returns what it wrote. */
    const run = async () => {
      const bundle = join(made.folder, 'dist', 'functions', 'expect', 'index.js');
      const script = `require(${JSON.stringify(bundle)}).handler({}).then(() => process.exit(0));`;
      const child = spawn(process.execPath, ['--input-type=commonjs', '-e', script], {
        cwd: made.folder,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          AWS_REGION: 'us-east-1',
          AWS_ACCESS_KEY_ID: 'local',
          AWS_SECRET_ACCESS_KEY: 'local-secret',
          AWS_ENDPOINT_URL_DYNAMODB: watched.address,
          RECORDS_TABLE: dynamo.tables.records,
          EXPIRING_TABLE: dynamo.tables.expiring,
          ISSUER: 'https://issuer.example',
          JWKS_URI: 'https://issuer.example/jwks',
          CLIENT_IDS: 'client',
        },
      });
      const written: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => written.push(chunk));
      await once(child, 'close');
      return Buffer.concat(written).toString();
    };
    const year = new Date().getUTCFullYear();
    await organisationOf(records, `${year - 2}-01-01`);
    expect(await run()).toBe('');
    const isOwed = async () => {
      const world = await worldOf(records);
      return world[`us-irs-return~${year - 2}-12-31`]?.filing.excuse === null;
    };
    expect(await isOwed()).toBe(true);
    await keepSince(records, { since: `${year - 1}-01-01` }, new Date().toISOString());
    expect(await run()).toBe('');
    expect(await isOwed()).toBe(false);
    await watched.stop();
    expect(watched.actionsOn(dynamo.tables.records).map(action => `dynamodb:${action}`)).toEqual(rights);
    expect(watched.actionsOn(dynamo.tables.expiring)).toEqual([]);
    dynamo.client.destroy();
  });
});

describe('the alarms', () => {
  const names = ['ExpectFails', 'ExpectIsMissing'];

  it('are two, name their section of the runbook, and reach the operator', () => {
    expect(Object.keys(resources(filings, 'AWS::CloudWatch::Alarm'))).toHaveLength(names.length);
    const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');
    const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(sections).toContain('Filings are not expected');
    for (const name of names) {
      const alarm = resource(filings, 'AWS::CloudWatch::Alarm', name).Properties;
      expect(alarm.AlarmDescription).toMatch(/\. See "Filings are not expected" in docs\/runbook\.md\.$/);
      expect(alarm.AlarmActions).toEqual([on('AlarmsOperator')]);
      expect(alarm).toMatchObject({ Period: 300, EvaluationPeriods: 3, Threshold: 1 });
    }
  });
});
