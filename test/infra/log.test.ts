/** The sequencer of the log on AWS: what starts it, what it alone may do, and what it is told. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unsealedPartition } from '../../shared/core/log/outbox.ts';
import {
  aKeyOf,
  bucketArn,
  keyArn,
  objects,
  on,
  publicAddress,
  sequencerIn,
  synthesesOfLog,
  templateIn,
} from './logTemplates.ts';
import {
  allow,
  allowIn,
  resource,
  resources,
  rightsOf,
  type Statement,
  type Synthesis,
  synthesise,
} from './synthesis.ts';

const { made, synthesised, remove } = synthesesOfLog();
let log: Template;

beforeAll(async () => {
  log = (await synthesised({ publicAddress, logKeys: 'autumn,first' })).log;
});
afterAll(remove);

const functionOf = () => sequencerIn(log);

/** Every right of every role of every stack, by the logical identifier of its policy. */
function allRights({ folder, data, identity, archive, decisions, api }: Synthesis): [string, Statement][] {
  const others = ['Filings', 'Inspection', 'Log', 'Public'].map(stack =>
    templateIn({ folder } as Synthesis, `Minutebook${stack}`),
  );
  return [data, identity, archive, decisions, api, ...others].flatMap(template =>
    Object.entries(resources(template, 'AWS::IAM::Policy')).flatMap(([id, { Properties }]) =>
      (Properties.PolicyDocument as { Statement: Statement[] }).Statement.map((one): [string, Statement] => [id, one]),
    ),
  );
}

const isOn = ({ Resource }: Statement, what: RegExp) => what.test(JSON.stringify(Resource));

describe('sequence', () => {
  it('may read and write records, add to the log and write its bucket, and deletes nothing of either', () => {
    const expected = [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], {
        'Fn::GetAtt': [expect.stringMatching('^sequenceLog'), 'Arn'],
      }),
      allow(
        [
          'dynamodb:BatchGetItem',
          'dynamodb:ConditionCheckItem',
          'dynamodb:DeleteItem',
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
        ],
        on('FnGetAttRecords'),
      ),
      {
        ...allowIn(
          'log',
          ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          on('FnGetAttLog'),
        ),
        Condition: {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['log', 'entries#*'] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      },
      allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], on('StreamArn')),
      // Streams that are listed, and X-Ray, know no resources.
      allow(['dynamodb:ListStreams', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
      allow('s3:ListBucket', bucketArn),
      allow(['s3:GetObject', 's3:PutObject'], objects('log/*')),
      allow(['kms:GetPublicKey', 'kms:Sign'], [keyArn('autumn'), keyArn('first')]),
    ];
    const rights = rightsOf(log, 'sequenceRole');
    expect(rights).toHaveLength(expected.length);
    expect(rights).toEqual(expect.arrayContaining(expected));
  });

  it('alone of all may sign, and write the bucket and the table of the log; besides it the first page looks into that', () => {
    const [first] = made as [Synthesis];
    const holders = (holds: (one: Statement) => boolean) => [
      ...new Set(
        allRights(first)
          .filter(([, one]) => holds(one))
          .map(([id]) => id),
      ),
    ];
    const sequencer = [expect.stringMatching('^sequenceRole')];
    expect(holders(({ Action }) => [Action].flat().some(action => /^(\*|kms:)/.test(action)))).toEqual(sequencer);
    const onTable = (actions: RegExp) => (one: Statement) =>
      isOn(one, /FnGetAttLog|"\*"/) && [one.Action].flat().some(action => actions.test(action));
    const readers = [expect.stringMatching('^siteRole'), ...sequencer];
    expect(holders(onTable(/^(\*|dynamodb:(?!ListStreams))/))).toEqual(readers);
    expect(holders(onTable(/^(\*|dynamodb:(?!ListStreams|GetItem))/))).toEqual(sequencer);
    const writesBucket = (one: Statement) =>
      isOn(one, /MinutebookLog:[^"]*Bucket|\["Bucket[0-9A-F]{8}"/) &&
      !/^("s3:(GetObject|ListBucket)")$/.test(JSON.stringify(one.Action));
    expect(holders(writesBucket)).toEqual(sequencer);
  });

  it('hears of new rows of what is to be sealed a second after the first, and takes up what is left every minute', () => {
    const { Properties } = resource(log, 'AWS::Lambda::EventSourceMapping', 'sequenceFeed');
    const [filter] = (Properties.FilterCriteria as { Filters: { Pattern: string }[] }).Filters;
    expect(JSON.parse(filter?.Pattern ?? '')).toEqual({
      eventName: ['INSERT'],
      dynamodb: { Keys: { partition: { S: [unsealedPartition] } } },
    });
    expect(Properties).toMatchObject({
      MaximumBatchingWindowInSeconds: 1,
      BatchSize: 1000,
      BisectBatchOnFunctionError: false,
      MaximumRetryAttempts: 2,
      MaximumRecordAgeInSeconds: 60,
    });
    const handlerArn = { 'Fn::GetAtt': [expect.stringMatching('^sequenceFunction'), 'Arn'] };
    expect(resource(log, 'AWS::Scheduler::Schedule', 'sequenceClock').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      Target: { Input: '{}', Arn: handlerArn },
    });
    expect(rightsOf(log, 'sequenceClockRole')).toEqual([allow('lambda:InvokeFunction', handlerArn)]);
    expect(resource(log, 'AWS::Lambda::EventInvokeConfig', 'sequenceFunction').Properties).toMatchObject({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
  });

  it('is one of the two readers that DynamoDB allows', () => {
    const [first] = made as [Synthesis];
    const readers = [first.archive, first.decisions, first.api, log].flatMap(template =>
      Object.keys(resources(template, 'AWS::Lambda::EventSourceMapping')),
    );
    expect(readers).toEqual([expect.stringContaining('ingest'), expect.stringContaining('sequence')]);
  });

  it('runs as the other functions do, one at a time where the account allows to reserve that', async () => {
    expect(functionOf()).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Timeout: 300,
      ReservedConcurrentExecutions: 1,
      TracingConfig: { Mode: 'Active' },
      Environment: {
        Variables: { LOG_ORIGIN: 'book.lpsa.example/log', LOG_POLICY: 'quorum none\n', LOG_TABLE: on('RefLog') },
      },
    });
    const together = await synthesised({ publicAddress, sealAlone: '' });
    expect(
      resource(together.log, 'AWS::Lambda::Function', 'sequenceFunction').Properties.ReservedConcurrentExecutions,
    ).toBeUndefined();
  });

  it('is not there before the log has a name, which is for ever; the bucket is', async () => {
    const nameless = await synthesised({});
    expect(resources(nameless.log, 'AWS::Lambda::Function')).toEqual({});
    expect(resources(nameless.log, 'AWS::KMS::Key')).toEqual({});
    expect(Object.keys(resources(nameless.log, 'AWS::S3::Bucket'))).toHaveLength(1);
  });

  it('takes a name of its own, and no address for one', async () => {
    const named = await synthesised({ logName: 'logs.lpsa.example/book' });
    expect(resource(named.log, 'AWS::Lambda::Function', 'sequenceFunction').Properties).toMatchObject({
      Environment: { Variables: { LOG_ORIGIN: 'logs.lpsa.example/book' } },
    });
    await expect(synthesise({ logName: 'https://lpsa.example/log' }, made[0])).rejects.toThrow('logName');
  });

  it('is given the policy of a file, without its comments, and none that is missing or too long', async () => {
    const file = join(made[0]?.folder ?? '', 'policy');
    const witness = `witness a ${aKeyOf('witness.example', 'cosignature')} https://witness.example\n`;
    writeFileSync(file, `# Who watches us\n\n${witness}quorum a\n`);
    const watched = await synthesised({ publicAddress, logPolicy: file });
    const LOG_POLICY = `${witness}quorum a\n`;
    for (const one of [
      resource(watched.log, 'AWS::Lambda::Function', 'sequenceFunction'),
      resource(watched.api, 'AWS::Lambda::Function', 'logFunction'),
    ]) {
      expect(one.Properties).toMatchObject({ Environment: { Variables: { LOG_POLICY } } });
    }
    await expect(synthesise({ publicAddress, logPolicy: `${file}s` }, made[0])).rejects.toThrow('is not there');
    writeFileSync(file, 'quorum none\n'.repeat(300));
    await expect(synthesise({ publicAddress, logPolicy: file }, made[0])).rejects.toThrow('a function takes');
  });

  const key = aKeyOf('witness.example', 'cosignature');
  it.each([
    ['# Ours\nwitnes a b\nquorum none\n', /logPolicy names .*\nLine 2: A line begins with/],
    [`witness a ${key}\n`, /Line 2: There is no quorum line/],
    [`witness a ${key}\nquorum b\nlog x\n`, /Line 2: Nothing above.*\nLine 3: This is no verifier key/],
    [`witness a ${aKeyOf('witness.example', 'ed25519')}\nquorum a\n`, /Line 1: This is no verifier key of a witness/],
    [`witness a ${key}\nquorum a`, /Line 2: The line has no end/],
    [`witness a ${key} http://witness.example\nquorum a\n`, /Witness a: http:\/\/witness.example is no address/],
    [`witness a ${key} https://witness.example/?x\nquorum a\n`, /Witness a: .* is no address/],
  ])('is deployed with no policy that the function could not read: %j', async (text, complaint) => {
    const file = join(made[0]?.folder ?? '', 'misspelt');
    writeFileSync(file, text);
    await expect(synthesise({ publicAddress, logPolicy: file }, made[0])).rejects.toThrow(complaint);
  });

  it('is held while a book that is older than its log is updated, and takes no other word for that', async () => {
    const held = await synthesised({ publicAddress, sealAlone: 'hold' });
    expect(resource(held.log, 'AWS::Lambda::Function', 'sequenceFunction').Properties).toMatchObject({
      ReservedConcurrentExecutions: 0,
    });
    await expect(synthesise({ publicAddress, sealAlone: '0' }, made[0])).rejects.toThrow('sealAlone');
  });
});

describe('the stack of the API', () => {
  it('stays within what AWS lets a stack and an API have', async () => {
    const [first] = made as [Synthesis];
    expect(Object.keys(first.api.toJSON().Resources).length).toBeLessThan(480);
    // Two more are those of the witness.
    expect(Object.keys(resources(first.api, 'AWS::ApiGatewayV2::Route')).length + 2).toBeLessThan(300);
  });
});
