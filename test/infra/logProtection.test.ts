/** What protects the log on AWS: its bucket and its keys; and what is told of it: alarms, and the cosignatures of others' logs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  root,
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

const roleArn = { 'Fn::GetAtt': [expect.stringMatching('^sequenceRole'), 'Arn'] };
const functionOf = () => sequencerIn(log);

describe('the bucket of the log', () => {
  const statements = () => {
    const { PolicyDocument } = resource(log, 'AWS::S3::BucketPolicy', '').Properties;
    return (PolicyDocument as { Statement: Statement[] }).Statement;
  };

  it('is private, versioned and encrypted, and outlives its stack', () => {
    const bucket = resource(log, 'AWS::S3::Bucket', '');
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        ObjectLockEnabled: true,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    // Tiles have no versions that could expire: nobody writes over them.
    expect(bucket.Properties.LifecycleConfiguration).toEqual({
      Rules: [{ NoncurrentVersionExpiration: { NoncurrentDays: 90 }, Prefix: 'log/checkpoint', Status: 'Enabled' }],
    });
  });

  it('is read by distributions of the account only, which learn of what is missing, and over TLS only', () => {
    const distributions = {
      ArnLike: {
        'aws:SourceArn': {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/*'],
          ],
        },
      },
    };
    const cdn = { Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Condition: distributions };
    expect(statements().filter(({ Effect }) => Effect === 'Allow')).toEqual([
      { ...cdn, Action: 's3:GetObject', Resource: objects('log/*') },
      { ...cdn, Action: 's3:ListBucket', Resource: bucketArn },
    ]);
    expect(statements()).toContainEqual({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [bucketArn, objects('*')],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  it('lets nobody delete, and nobody write a tile where one may be', () => {
    const everybody = { Effect: 'Deny', Principal: { AWS: '*' } };
    expect(statements()).toContainEqual({
      ...everybody,
      Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      Resource: objects('*'),
    });
    expect(statements()).toContainEqual({
      ...everybody,
      Action: 's3:PutObject',
      Resource: objects('log/tile/*'),
      Condition: { Null: { 's3:if-none-match': 'true' } },
    });
  });
});

describe('the keys of the log', () => {
  it('are as many as the setting names, sign with Ed25519, and outlive their stack', () => {
    const keys = resources(log, 'AWS::KMS::Key');
    expect(Object.keys(keys)).toHaveLength(2);
    for (const key of Object.values(keys)) {
      expect(key).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: { KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' },
      });
    }
    const { Variables } = functionOf().Environment as { Variables: Record<string, unknown> };
    expect(Variables.LOG_KEYS).toEqual({ 'Fn::Join': ['', [keyArn('autumn'), ',', keyArn('first')]] });
  });

  it('sign for the sequencer and for nobody who could be given the right besides, and nobody schedules their deletion', () => {
    for (const { Properties } of Object.values(resources(log, 'AWS::KMS::Key'))) {
      const { Statement: own } = Properties.KeyPolicy as { Statement: Statement[] };
      const denied = own.filter(({ Effect }) => Effect === 'Deny');
      expect(denied).toEqual([
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'kms:Sign',
          Resource: '*',
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': roleArn } },
        },
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'kms:ScheduleKeyDeletion', Resource: '*' },
      ]);
    }
  });

  it('can be those of an earlier stack, which are not made again: the sequencer has the right to them', async () => {
    const arn = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const again = (await synthesised({ publicAddress, logKeys: `autumn,${arn}` })).log;
    expect(Object.keys(resources(again, 'AWS::KMS::Key'))).toEqual([expect.stringMatching('^Keyautumn')]);
    const { Variables } = sequencerIn(again).Environment as { Variables: Record<string, unknown> };
    expect(Variables.LOG_KEYS).toEqual({ 'Fn::Join': ['', [keyArn('autumn'), `,${arn}`]] });
    const signs = allow(['kms:GetPublicKey', 'kms:Sign'], expect.anything());
    expect(
      rightsOf(again, 'sequenceRole').filter(one => JSON.stringify(one.Action) === JSON.stringify(signs.Action)),
    ).toEqual([{ ...signs, Resource: expect.arrayContaining([arn, keyArn('autumn')]) }]);
  });

  it.each(['', 'first,first', 'a b', 'first,', 'arn:aws:kms:eu-central-1:123456789012:alias/log'])(
    'are not made for the names "%s"',
    async logKeys => {
      await expect(synthesise({ publicAddress, logKeys }, made[0])).rejects.toThrow('logKeys');
    },
  );
});

describe('the alarms', () => {
  const alarm = (name: string) => resource(log, 'AWS::CloudWatch::Alarm', name).Properties;
  const still = 'The log stands still';
  const alarms = {
    SequenceFails: still,
    SequenceIsMissing: still,
    EventsAreNotSealed: still,
    LogIsNotPublished: still,
    LogForks: 'The log refuses to go on (fork)',
    WitnessesAreMissing: 'Witnesses do not sign',
  };

  it('are six, name their section of the runbook, and reach the operator', () => {
    expect(Object.keys(resources(log, 'AWS::CloudWatch::Alarm'))).toHaveLength(Object.keys(alarms).length);
    const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');
    const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    for (const [name, section] of Object.entries(alarms)) {
      expect(sections).toContain(section);
      expect(alarm(name).AlarmDescription).toMatch(/\. See "[^"]+" in docs\/runbook\.md\.$/);
      expect(alarm(name).AlarmDescription).toContain(`See "${section}" in`);
      expect(alarm(name).AlarmActions).toEqual([on('AlarmsOperator')]);
    }
  });

  it('are raised by five minutes of waiting, by one fork, and by an hour without a quorum', () => {
    for (const [name, MetricName] of [
      ['EventsAreNotSealed', 'LogUnsealedSeconds'],
      ['LogIsNotPublished', 'LogUnpublishedSeconds'],
    ] as const) {
      expect(alarm(name)).toMatchObject({
        ...{ MetricName, Statistic: 'Maximum', Threshold: 300, Period: 300, EvaluationPeriods: 1 },
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      });
    }
    expect(alarm('LogForks')).toMatchObject({
      ...{ MetricName: 'LogForksRefused', Statistic: 'Sum', Threshold: 1, EvaluationPeriods: 1 },
    });
    expect(alarm('WitnessesAreMissing')).toMatchObject({
      ...{
        MetricName: 'LogCosignaturesMissing',
        Statistic: 'Minimum',
        Threshold: 1,
        Period: 300,
        EvaluationPeriods: 12,
      },
      TreatMissingData: 'notBreaching',
    });
    expect(alarm('SequenceFails')).toMatchObject({ MetricName: 'Errors', Period: 300, EvaluationPeriods: 3 });
    expect(alarm('SequenceIsMissing')).toMatchObject({ MetricName: 'Invocations', TreatMissingData: 'breaching' });
  });

  it('read what the function writes', () => {
    const filters = Object.values(resources(log, 'AWS::Logs::MetricFilter')).map(({ Properties }) => {
      const [{ MetricName, MetricValue } = {}] = Properties.MetricTransformations as Record<string, string>[];
      return [MetricName, MetricValue, Properties.FilterPattern];
    });
    const measured = '{ ($.level = "info") && ($.operation = "measureLog") }';
    expect(filters.sort()).toEqual([
      ['LogBacklog', '$.measures.backlog', measured],
      ['LogCosignaturesMissing', '$.measures.cosignaturesMissing', measured],
      ['LogCosigned', '$.measures.cosigned', measured],
      ['LogForksRefused', '1', '{ ($.level = "error") && ($.operation = "logFork") }'],
      ['LogSize', '$.measures.size', measured],
      ['LogUnpublishedSeconds', '$.measures.unpublishedSeconds', measured],
      ['LogUnsealedSeconds', '$.measures.unsealedSeconds', measured],
    ]);
  });
});

describe('the witness of other logs', () => {
  it('is not there unless it was told of logs', () => {
    expect(() => templateIn(made[0] as Synthesis, 'MinutebookWitness')).toThrow('ENOENT');
  });

  it('signs with a key of its own, keeps what it cosigned, and reaches nothing of the book', async () => {
    const file = join(made[0]?.folder ?? '', 'logs');
    const policy = `log ${aKeyOf('other.example/log', 'ed25519')}\nquorum none\n`;
    writeFileSync(file, policy);
    const synthesis = await synthesised({ publicAddress, witnessPolicy: file });
    const witness = templateIn(synthesis, 'MinutebookWitness');
    const key = { 'Fn::GetAtt': [expect.stringMatching('^Key'), 'Arn'] };
    const rights = rightsOf(witness, 'witnessRole');
    expect(rights).toHaveLength(4);
    expect(rights).toEqual(
      expect.arrayContaining([
        allowIn('witness#*', ['dynamodb:GetItem', 'dynamodb:PutItem'], on('FnGetAttLog')),
        allow(['kms:GetPublicKey', 'kms:Sign'], key),
        allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
      ]),
    );
    expect(resource(witness, 'AWS::Lambda::Function', 'witnessFunction').Properties).toMatchObject({
      Environment: {
        Variables: {
          WITNESS_NAME: 'book.lpsa.example/witness',
          WITNESS_POLICY: policy,
          WITNESS_KEY: key,
        },
      },
    });
    expect(resource(witness, 'AWS::KMS::Key', '')).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { KeySpec: 'ECC_NIST_EDWARDS25519' },
    });
    const routes = Object.values(resources(witness, 'AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties);
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(['ANY /witness', 'ANY /witness/{proxy+}']);
    await expect(synthesise({ witnessPolicy: file }, made[0])).rejects.toThrow('witnessName');
    writeFileSync(file, 'logs\nquorum none\n');
    await expect(synthesise({ publicAddress, witnessPolicy: file }, made[0])).rejects.toThrow(
      /witnessPolicy.*\nLine 1/,
    );
  });
});
