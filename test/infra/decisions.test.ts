/** The function that counts votes: what starts it, what it may do, and who hears when it does not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allow,
  allowIn,
  resource,
  resources,
  rightsOf,
  root,
  type Statement,
  type Synthesis,
  synthesiseTemplates,
} from './synthesis.ts';

let made: Synthesis;

beforeAll(async () => {
  made = await synthesiseTemplates();
});
afterAll(() => made.remove());

const on = (value: string) => ({ 'Fn::ImportValue': expect.stringContaining(value) });
const handlerArn = { 'Fn::GetAtt': [expect.stringMatching('^countFunction'), 'Arn'] };

/** True for a right to read items of the expiring table that is not bound to others than the keys. */
function readsBallotKeys({ Action, Resource, Condition }: Statement): boolean {
  const reading = /^(\*|dynamodb:(\*|GetItem|BatchGet.*|TransactGet.*|Query|Scan|PartiQL.*|Export.*|Get\*|B.*\*))$/;
  const isThere = /Expiring|^"\*"$/.test(JSON.stringify(Resource));
  const { 'ForAllValues:StringLike': bound = '*' } = (Condition ?? {}) as { 'ForAllValues:StringLike'?: unknown };
  return (
    isThere &&
    [Action].flat().some(action => reading.test(action)) &&
    /"(\*|ballot-key[^"]*)"/.test(JSON.stringify(bound))
  );
}

describe('count', () => {
  const functionOf = () => resource(made.decisions, 'AWS::Lambda::Function', 'countFunction').Properties;

  it('may read and write records, read and remove the keys of secret ballots, and reaches no file and no idempotency key', () => {
    expect(rightsOf(made.decisions, 'countRole')).toEqual([
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], {
        'Fn::GetAtt': [expect.stringMatching('^countLog'), 'Arn'],
      }),
      allow(
        ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        on('FnGetAttRecords'),
      ),
      allowIn('ballot-key#*', ['dynamodb:DeleteItem', 'dynamodb:GetItem'], on('FnGetAttExpiring')),
      // X-Ray knows no resources.
      allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
    ]);
    expect(JSON.stringify(functionOf().Environment)).not.toMatch(/BUCKET|FILES_ORIGIN/);
  });

  it('alone of all may read the keys of secret ballots', () => {
    const readers = [made.archive, made.decisions, made.api].flatMap(template =>
      Object.entries(resources(template, 'AWS::IAM::Policy')).flatMap(([id, { Properties }]) =>
        (Properties.PolicyDocument as { Statement: Statement[] }).Statement.filter(readsBallotKeys).map(() => id),
      ),
    );
    expect(readers).toEqual([expect.stringMatching('^countRole')]);
  });

  it('runs every minute, started by a clock that may do nothing else', () => {
    expect(resource(made.decisions, 'AWS::Scheduler::Schedule', 'countClock').Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Input: '{}', Arn: handlerArn },
    });
    expect(rightsOf(made.decisions, 'countClockRole')).toEqual([allow('lambda:InvokeFunction', handlerArn)]);
  });

  it('leaves the change feed to its two readers', () => {
    const readers = [made.archive, made.decisions, made.api].flatMap(template =>
      Object.keys(resources(template, 'AWS::Lambda::EventSourceMapping')),
    );
    // The other one is `sequence`.
    expect(readers).toEqual([expect.stringContaining('ingest')]);
    expect(resources(made.decisions, 'AWS::Lambda::EventSourceMapping')).toEqual({});
  });

  it('runs as the other functions do, and never so long that many runs meet', () => {
    expect(functionOf()).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Timeout: 180,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.stringMatching('^countLog') } },
    });
    expect(resource(made.decisions, 'AWS::Logs::LogGroup', 'countLog').Properties.RetentionInDays).toBe(30);
    expect(resource(made.decisions, 'AWS::Lambda::EventInvokeConfig', 'countFunction').Properties).toMatchObject({
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
    });
  });
});

describe('the alarms', () => {
  const alarm = (name: string) => resource(made.decisions, 'AWS::CloudWatch::Alarm', name).Properties;
  const names = ['VoteNotCounted', 'CountFails', 'CountIsMissing'];

  it('are three, name their section of the runbook, and reach the operator', () => {
    expect(Object.keys(resources(made.decisions, 'AWS::CloudWatch::Alarm'))).toHaveLength(names.length);
    const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');
    expect([...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toContain('Votes are not counted');
    for (const name of names) {
      expect(alarm(name).AlarmDescription).toMatch(/\. See "Votes are not counted" in docs\/runbook\.md\.$/);
      expect(alarm(name).AlarmActions).toEqual([on('AlarmsOperator')]);
    }
  });

  it('are raised by a quarter of an hour of votes that fail, of runs that break off, and of no runs', () => {
    for (const name of names) {
      expect(alarm(name)).toMatchObject({ Period: 300, EvaluationPeriods: 3, Threshold: 1, Statistic: 'Sum' });
      expect(alarm(name).DatapointsToAlarm).toBeUndefined();
    }
    const ofFunction = [{ Name: 'FunctionName', Value: { Ref: expect.stringMatching('^countFunction') } }];
    expect(alarm('VoteNotCounted')).toMatchObject({
      Namespace: 'Minutebook',
      MetricName: 'VotesNotCounted',
      TreatMissingData: 'notBreaching',
    });
    expect(alarm('CountFails')).toMatchObject({
      MetricName: 'Errors',
      Dimensions: ofFunction,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
    expect(alarm('CountIsMissing')).toMatchObject({
      MetricName: 'Invocations',
      Dimensions: ofFunction,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
  });

  it('count the lines that the function writes of votes that fail', () => {
    expect(resource(made.decisions, 'AWS::Logs::MetricFilter', 'VotesNotCounted').Properties).toMatchObject({
      FilterPattern: '{ ($.level = "error") && ($.operation = "countVote") }',
      LogGroupName: { Ref: expect.stringMatching('^countLog') },
    });
  });
});
