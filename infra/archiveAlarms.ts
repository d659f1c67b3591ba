/** What the operator hears of the archive, and where the runbook says what to do. */
import { Aws, Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { type AlarmSettings, errorLines, lines, raiseAlarm, type Section, see } from './alarm.ts';
import type { BookFunction } from './bookFunction.ts';
import { setting } from './settings.ts';

export interface ArchiveAlarmsProps {
  readonly ingest: BookFunction;
  readonly custody: BookFunction;
  /** Scans that came to no verdict, where there is a scanner. */
  readonly undecidedScans: Rule | undefined;
}

const quarterHour = Duration.minutes(15);

export class ArchiveAlarms extends Construct {
  /** Where everything that the operator has to hear of arrives, of other stacks too. */
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { ingest, custody, undecidedScans }: ArchiveAlarmsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Operator', { displayName: 'Minutebook', enforceSSL: true });
    // The topic has a policy of its own, so that which lets everything of the account publish does not hold.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    const email = setting(this, 'alarmEmail');
    if (email !== '') this.topic.addSubscription(new EmailSubscription(email));

    const alarm = (name: string, section: Section, what: string, settings: AlarmSettings) =>
      raiseAlarm(this, name, { operator: this.topic, section, what, settings });
    alarm('FileDiffers', 'A file differs', 'A file of the archive is not what was sealed any more', {
      metric: errorLines(this, 'FilesThatDiffer', custody.logGroup, 'checkFixity', Duration.minutes(5)),
      evaluationPeriods: 1,
    });
    // Every quarter of an hour all that waits is tried again: once may be a fault that passed.
    alarm('UploadStuck', 'An upload is stuck', 'An upload could not be examined for most of an hour', {
      metric: errorLines(this, 'UploadsThatFailed', ingest.logGroup, 'ingest', quarterHour),
      evaluationPeriods: 4,
      datapointsToAlarm: 3,
    });
    alarm('IngestBreaksOff', 'An upload is stuck', 'The function ingest broke off for most of an hour', {
      metric: ingest.handler.metricErrors({ period: quarterHour }),
      evaluationPeriods: 4,
      datapointsToAlarm: 3,
    });
    alarm('CustodyFails', 'Custody does not run', 'Work of custody ends with failed steps', {
      metric: custody.handler.metricErrors({ period: Duration.hours(1) }),
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    const rounds = { logGroup: custody.logGroup, operation: 'custodyRound', level: 'info' } as const;
    alarm('CustodyIsMissing', 'Custody does not run', 'Custody has not ended a round for three hours', {
      metric: lines(this, 'RoundsOfCustody', rounds).metric({ statistic: 'Sum', period: Duration.hours(1) }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      evaluationPeriods: 3,
    });
    undecidedScans?.addTarget(
      new SnsTopic(this.topic, {
        message: RuleTargetInput.fromText(
          `The scanner for malware came to no verdict on an upload, which waits. ${see('An upload is stuck')}`,
        ),
      }),
    );
  }
}
