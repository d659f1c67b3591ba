/** What watches over the archive: the scanner of uploads, and the alarms, which the operator hears and the runbook explains. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  resource,
  resources,
  root,
  type Statement,
  type Synthesis,
  synthesise,
  synthesiseTemplates,
} from './synthesis.ts';

let made: Synthesis;

beforeAll(async () => {
  made = await synthesiseTemplates();
});
afterAll(() => made.remove());

const alarms = () => Object.entries(resources(made.archive, 'AWS::CloudWatch::Alarm'));
const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');
const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title);

describe('the scanner', () => {
  it('looks at quarantine, tags what it has seen, and wakes ingest', () => {
    const { Properties } = resource(made.archive, 'AWS::GuardDuty::MalwareProtectionPlan', '');
    expect(Properties).toMatchObject({
      Actions: { Tagging: { Status: 'ENABLED' } },
      ProtectedResource: { S3Bucket: { BucketName: { Ref: expect.stringMatching('^BucketsQuarantine') } } },
    });
    expect(resource(made.archive, 'AWS::S3::Bucket', 'BucketsQuarantine').Properties.NotificationConfiguration).toEqual(
      {
        EventBridgeConfiguration: { EventBridgeEnabled: true },
      },
    );
    expect(resource(made.archive, 'AWS::Events::Rule', 'MalwareScanResults').Properties).toMatchObject({
      EventPattern: {
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Malware Protection Object Scan Result'],
        detail: { s3ObjectDetails: { bucketName: [{ Ref: expect.stringMatching('^BucketsQuarantine') }] } },
      },
      Targets: [{ Arn: { 'Fn::GetAtt': [expect.stringMatching('^JobsingestFunction'), 'Arn'] } }],
    });
  });

  it('alone may write the tags that say what it found', () => {
    const { PolicyDocument } = resource(made.archive, 'AWS::S3::BucketPolicy', 'BucketsQuarantinePolicy').Properties;
    expect((PolicyDocument as { Statement: object[] }).Statement).toContainEqual({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: [
        's3:DeleteObjectTagging',
        's3:DeleteObjectVersionTagging',
        's3:PutObjectTagging',
        's3:PutObjectVersionTagging',
      ],
      Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching('^BucketsQuarantine'), 'Arn'] }, '/*']] },
      Condition: {
        ArnNotEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching('^MalwareScanRole'), 'Arn'] } },
      },
    });
  });

  it('can be left out, and then nobody waits for it', async () => {
    const without = await synthesise({ malwareScan: '0', ingestAtOnce: '', alarmEmail: 'operator@example.org' }, made);
    const types = Object.values(without.archive.toJSON().Resources as Record<string, { Type: string }>);
    expect(types.filter(({ Type }) => /GuardDuty|Events::Rule/.test(Type))).toEqual([]);
    for (const { Properties } of Object.values(resources(without.archive, 'AWS::Lambda::Function'))) {
      expect(Properties).toMatchObject({ Environment: { Variables: { SCANNED: '0' } } });
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
    }
    expect(resource(without.archive, 'AWS::SNS::Subscription', '').Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'operator@example.org',
    });
    without.remove();
  });
});

describe('the alarms', () => {
  it('each name a section of the runbook and reach the operator', () => {
    expect(alarms()).toHaveLength(5);
    for (const [id, { Properties }] of alarms()) {
      const [, section] = /See "([^"]+)" in docs\/runbook\.md\.$/.exec(String(Properties.AlarmDescription)) ?? [];
      expect({ id, known: sections.includes(section) }).toEqual({ id, known: true });
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching('^AlarmsOperator') }]);
    }
  });

  it('are raised by one file that differs, by uploads and rounds that keep failing, and by rounds that are missing', () => {
    const alarm = (name: string) => resource(made.archive, 'AWS::CloudWatch::Alarm', `Alarms${name}`).Properties;
    expect(alarm('FileDiffers')).toMatchObject({
      Namespace: 'Minutebook',
      MetricName: 'FilesThatDiffer',
      Statistic: 'Sum',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    });
    for (const name of ['UploadStuck', 'IngestBreaksOff']) {
      expect(alarm(name)).toMatchObject({ Period: 900, EvaluationPeriods: 4, DatapointsToAlarm: 3, Threshold: 1 });
    }
    expect(alarm('CustodyFails')).toMatchObject({ MetricName: 'Errors', Period: 3600, DatapointsToAlarm: 2 });
    expect(alarm('CustodyIsMissing')).toMatchObject({
      MetricName: 'RoundsOfCustody',
      ComparisonOperator: 'LessThanThreshold',
      Period: 3600,
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
    });
  });

  it('count the lines that the functions write of errors', () => {
    const filter = (name: string) => resource(made.archive, 'AWS::Logs::MetricFilter', `Alarms${name}`).Properties;
    expect(filter('FilesThatDiffer')).toMatchObject({
      FilterPattern: '{ ($.level = "error") && ($.operation = "checkFixity") }',
      LogGroupName: { Ref: expect.stringMatching('^JobscustodyLog') },
    });
    expect(filter('RoundsOfCustody')).toMatchObject({
      FilterPattern: '{ ($.level = "info") && ($.operation = "custodyRound") }',
      LogGroupName: { Ref: expect.stringMatching('^JobscustodyLog') },
    });
    expect(filter('UploadsThatFailed')).toMatchObject({
      FilterPattern: '{ ($.level = "error") && ($.operation = "ingest") }',
      LogGroupName: { Ref: expect.stringMatching('^JobsingestLog') },
    });
  });

  it('are joined by scans that came to no verdict', () => {
    const { EventPattern, Targets } = resource(made.archive, 'AWS::Events::Rule', 'MalwareScanUndecided').Properties;
    expect(EventPattern).toMatchObject({
      detail: { scanResultDetails: { scanResultStatus: [{ 'anything-but': ['NO_THREATS_FOUND', 'THREATS_FOUND'] }] } },
    });
    const [{ Input } = { Input: '' }] = Targets as { Input: string }[];
    const [, section] = /See "([^"]+)" in docs\/runbook\.md\.$/.exec(JSON.parse(Input)) ?? [];
    expect(sections).toContain(section);
  });

  it('can be published by CloudWatch and EventBridge of this account, over TLS only', () => {
    const { PolicyDocument } = resource(made.archive, 'AWS::SNS::TopicPolicy', '').Properties;
    const { Statement } = PolicyDocument as { Statement: Statement[] };
    expect(Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'events.amazonaws.com' },
      }),
    ]);
  });
});
