/** The function that sends mail: when there is one, what it may do, what its bundle holds, and who hears when it fails. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoRecordStore } from '../../shared/adapters/dynamoRecordStore.ts';
import { createTables, type DynamoTables, dynamoLocalMissing, sharedDynamoLocal } from '../support/dynamoLocal.ts';
import { watchDynamo } from '../support/dynamoWatch.ts';
import { mailWorld } from '../support/mail.ts';
import { allow, allowIn, resource, resources, rightsOf, root, type Synthesis, synthesise } from './synthesis.ts';

const settings = { mailSender: 'minutes@lpsa.example', publicAddress: 'https://book.lpsa.example' };
const made: Synthesis[] = [];
let mail: Template;

const templateIn = ({ folder }: Synthesis, stack: string) =>
  Template.fromString(readFileSync(join(folder, 'cdk.out', `${stack}.template.json`), 'utf8'));

/** From the bundles of the first. */
async function synthesised(more: Record<string, string>): Promise<Synthesis> {
  const synthesis = await synthesise(more, made[0]);
  made.push(synthesis);
  return synthesis;
}

beforeAll(async () => {
  mail = templateIn(await synthesised(settings), 'MinutebookMail');
});
afterAll(() => {
  for (const synthesis of made) synthesis.remove();
});

const on = (value: string) => ({ 'Fn::ImportValue': expect.stringContaining(value) });
const functionOf = () => resource(mail, 'AWS::Lambda::Function', 'mailFunction').Properties;
const ses = () => rightsOf(mail, 'mailRole').filter(({ Action }) => JSON.stringify(Action).includes('ses:'));

describe('mail', () => {
  it('is not there without an address to send from', async () => {
    const { folder } = await synthesised({});
    expect(readdirSync(join(folder, 'cdk.out')).filter(name => name.includes('Mail'))).toEqual([]);
  });

  it.each(['', 'http://book.lpsa.example', 'https://book.lpsa.example/', 'book.lpsa.example'])(
    'is not made with links that lead to "%s"',
    async publicAddress => {
      await expect(synthesise({ ...settings, publicAddress }, made[0])).rejects.toThrow('publicAddress');
    },
  );

  it('may send from one address of one identity, write its rows, and note what it sent', () => {
    expect(rightsOf(mail, 'mailRole')).toEqual([
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], {
        'Fn::GetAtt': [expect.stringMatching('^mailLog'), 'Arn'],
      }),
      allow(
        ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        on('FnGetAttRecords'),
      ),
      allowIn(
        'mailing#*',
        ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'],
        on('FnGetAttExpiring'),
      ),
      // X-Ray knows no resources.
      allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
      ...ses(),
    ]);
    const [right, ...others] = ses();
    expect(others).toEqual([]);
    expect(right).toMatchObject({
      Effect: 'Allow',
      Action: ['ses:SendEmail', 'ses:SendRawEmail'],
      Condition: { StringEquals: { 'ses:FromAddress': 'minutes@lpsa.example' } },
    });
    expect(JSON.stringify(right?.Resource)).toMatch(/:identity\/lpsa\.example"/);
    expect(functionOf().Environment).toMatchObject({
      Variables: { MAIL_SENDER: 'minutes@lpsa.example', PUBLIC_ORIGIN: 'https://book.lpsa.example' },
    });
  });

  it('may be given an identity that is the address itself', async () => {
    const other = await synthesised({ ...settings, mailIdentity: 'minutes@lpsa.example' });
    const right = rightsOf(templateIn(other, 'MinutebookMail'), 'mailRole').find(({ Condition }) =>
      JSON.stringify(Condition ?? '').includes('ses:'),
    );
    expect(JSON.stringify(right?.Resource)).toMatch(/:identity\/minutes@lpsa\.example"/);
  });

  it('runs every minute, started by a clock that may do nothing else, for at most a minute and a half', () => {
    const handlerArn = { 'Fn::GetAtt': [expect.stringMatching('^mailFunction'), 'Arn'] };
    expect(resource(mail, 'AWS::Scheduler::Schedule', 'mailClock').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { Input: '{}', Arn: handlerArn },
    });
    expect(rightsOf(mail, 'mailClockRole')).toEqual([allow('lambda:InvokeFunction', handlerArn)]);
    expect(functionOf()).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Timeout: 90 });
    expect(resource(mail, 'AWS::Lambda::EventInvokeConfig', 'mailFunction').Properties).toMatchObject({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
  });
});

describe('the bundles', () => {
  const meta = () => join(made[0]?.folder ?? '', 'dist', 'meta');
  const inputsOf = (file: string) => Object.keys(JSON.parse(readFileSync(join(meta(), file), 'utf8')).inputs);

  it('have what sends mail in the one function that sends it', () => {
    const withMail = readdirSync(meta())
      .filter(file => file.endsWith('.json'))
      .filter(file => inputsOf(file).some(input => /node_modules\/(nodemailer|@aws-sdk\/client-sesv2)\//.test(input)));
    expect(withMail).toEqual(['functions-mail-index.json']);
  });

  it('hold nothing of files or tokens where mail is sent, in less than 700 kB', () => {
    const bundle = join(made[0]?.folder ?? '', 'dist', 'functions', 'mail');
    expect(readdirSync(bundle)).toEqual(['index.js']);
    expect(readFileSync(join(bundle, 'index.js')).length).toBeLessThan(700_000);
    expect(inputsOf('functions-mail-index.json').filter(file => /client-s3|examination|fileMailer/.test(file))).toEqual(
      [],
    );
  });
});

const missing = dynamoLocalMissing();

describe.skipIf(missing)(`The function at work${missing ? ` (left out: ${missing})` : ''}`, () => {
  let dynamo: DynamoTables;
  let ses: Server;
  const raw: string[] = [];

  beforeAll(async () => {
    dynamo = await createTables(await sharedDynamoLocal());
    ses = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      raw.push(Buffer.from(JSON.parse(Buffer.concat(chunks).toString()).Content.Raw.Data, 'base64').toString());
      response.setHeader('content-type', 'application/json');
      if (raw.length > 1) return void response.end('{"MessageId":"taken"}');
      response.writeHead(400, { 'x-amzn-errortype': 'MessageRejected' });
      response.end('{"message":"Not this one"}');
    }).listen(0, '127.0.0.1');
    await once(ses, 'listening');
  });
  afterAll(() => {
    ses.close();
    dynamo.client.destroy();
  });

  /** Starts a new process, as Lambda does, far from any package. @returns what it wrote. */
  async function run(dynamoAddress: string): Promise<string> {
    const bundle = join(made[0]?.folder ?? '', 'dist', 'functions', 'mail', 'index.js');
    const script = `require(${JSON.stringify(bundle)}).handler({}).then(() => process.exit(0));`;
    const child = spawn(process.execPath, ['--input-type=commonjs', '-e', script], {
      cwd: made[0]?.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local-secret',
        AWS_ENDPOINT_URL_DYNAMODB: dynamoAddress,
        AWS_ENDPOINT_URL_SESV2: `http://127.0.0.1:${(ses.address() as AddressInfo).port}`,
        RECORDS_TABLE: dynamo.tables.records,
        EXPIRING_TABLE: dynamo.tables.expiring,
        ISSUER: 'https://issuer.example',
        JWKS_URI: 'https://issuer.example/jwks',
        CLIENT_IDS: 'client',
        MAIL_SENDER: settings.mailSender,
        PUBLIC_ORIGIN: settings.publicAddress,
      },
    });
    const written: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => written.push(chunk));
    await once(child, 'close');
    return Buffer.concat(written).toString();
  }

  it('sends what is due to everybody concerned, once, keeps what SES refused, and needs every right that it has', async () => {
    const world = mailWorld(dynamoRecordStore(dynamo));
    await world.found();
    const voters = await world.seat(3);
    const now = Date.now();
    const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
    const id = await world.open(voters, at(-1), at(60));
    const watched = await watchDynamo(await sharedDynamoLocal());
    const [refusal = '', ...more] = (await run(watched.address)).trim().split('\n');
    await watched.stop();
    expect(JSON.parse(refusal)).toMatchObject({ level: 'error', operation: 'sendMail' });
    expect(more).toEqual([]);
    // The one that was refused is to be tried again a minute later.
    expect(await run(await sharedDynamoLocal())).toBe('');

    expect(raw).toHaveLength(3);
    for (const voter of voters)
      expect(raw.filter(message => message.includes(`<${voter}@test.example>`))).toHaveLength(1);
    expect(raw[1]).toContain('From: Test Society <minutes@lpsa.example>');
    expect(raw[1]).toContain(`${settings.publicAddress}/resolutions/${id}`);
    expect(await world.waiting(id)).toMatchObject([{ tries: 1 }]);
    const granted = (part: string) =>
      rightsOf(mail, 'mailRole')
        .filter(({ Resource }) => JSON.stringify(Resource).includes(part))
        .flatMap(({ Action }) => Action);
    const used = (table: string) => watched.actionsOn(table).map(action => `dynamodb:${action}`);
    expect(granted('Records')).toEqual(used(dynamo.tables.records));
    expect(granted('Expiring')).toEqual(used(dynamo.tables.expiring));
  });
});

describe('the alarms', () => {
  const alarm = (name: string) => resource(mail, 'AWS::CloudWatch::Alarm', name).Properties;
  const names = ['MailNotSent', 'MailUnknown', 'MailFails', 'MailIsMissing'];

  it('are four, name their section of the runbook, and reach the operator', () => {
    expect(Object.keys(resources(mail, 'AWS::CloudWatch::Alarm'))).toHaveLength(names.length);
    const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');
    expect([...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toContain('Mail is not sent');
    for (const name of names) {
      expect(alarm(name).AlarmDescription).toMatch(/\. See "Mail is not sent" in docs\/runbook\.md\.$/);
      expect(alarm(name).AlarmActions).toEqual([on('AlarmsOperator')]);
    }
  });

  it('count the lines that the function writes, the one of a message lost from view at once', () => {
    const filters = Object.values(resources(mail, 'AWS::Logs::MetricFilter')).map(({ Properties }) => Properties);
    expect(filters.map(({ FilterPattern }) => FilterPattern)).toEqual([
      '{ ($.level = "error") && ($.operation = "sendMail") }',
      '{ ($.level = "error") && ($.operation = "mailUnknown") }',
    ]);
    expect(alarm('MailUnknown')).toMatchObject({ EvaluationPeriods: 1, Threshold: 1, MetricName: 'MessagesUnknown' });
    // Three refusals within two hours: they come an hour apart in the end.
    expect(alarm('MailNotSent')).toMatchObject({ EvaluationPeriods: 24, DatapointsToAlarm: 3, Threshold: 1 });
  });
});
