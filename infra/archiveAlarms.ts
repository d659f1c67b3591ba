/** What the operator hears of, and where the runbook says what to do. */
import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm, type AlarmProps, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { BookFunction } from './bookFunction.ts';
import { setting } from './settings.ts';

export interface ArchiveAlarmsProps {
  readonly ingest: BookFunction;
  readonly custody: BookFunction;
  /** Scans that came to no verdict, where there is a scanner. */
  readonly undecidedScans: Rule | undefined;
}

/** A section of docs/runbook.md. */
type Section = 'A file differs' | 'An upload is stuck' | 'Custody does not run';

const namespace = 'Minutebook';
const quarterHour = Duration.minutes(15);

export class ArchiveAlarms extends Construct {
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

    this.alarm('FileDiffers', 'A file differs', 'A file of the archive is not what was sealed any more', {
      metric: this.errorLines('FilesThatDiffer', custody.logGroup, 'checkFixity', Duration.minutes(5)),
      evaluationPeriods: 1,
    });
    // Every quarter of an hour all that waits is tried again: once may be a fault that passed.
    this.alarm('UploadStuck', 'An upload is stuck', 'An upload could not be examined for most of an hour', {
      metric: this.errorLines('UploadsThatFailed', ingest.logGroup, 'ingest', quarterHour),
      evaluationPeriods: 4,
      datapointsToAlarm: 3,
    });
    this.alarm('IngestBreaksOff', 'An upload is stuck', 'The function ingest broke off for most of an hour', {
      metric: ingest.handler.metricErrors({ period: quarterHour }),
      evaluationPeriods: 4,
      datapointsToAlarm: 3,
    });
    this.alarm('CustodyFails', 'Custody does not run', 'Rounds of custody end with failed steps', {
      metric: custody.handler.metricErrors({ period: Duration.hours(1) }),
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
    });
    this.alarm('CustodyIsMissing', 'Custody does not run', 'Custody has not begun a round for three hours', {
      metric: custody.handler.metricInvocations({ period: Duration.hours(1) }),
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

  private alarm(
    id: string,
    section: Section,
    what: string,
    props: Partial<AlarmProps> & { metric: IMetric; evaluationPeriods: number },
  ): void {
    new Alarm(this, id, {
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
      alarmDescription: `${what}. ${see(section)}`,
    }).addAlarmAction(new SnsAction(this.topic));
  }

  /** Counts the lines of a log that tell of errors in an operation. */
  private errorLines(metricName: string, logGroup: LogGroup, operation: string, period: Duration): IMetric {
    return new MetricFilter(this, metricName, {
      logGroup,
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue('$.level', '=', 'error'),
        FilterPattern.stringValue('$.operation', '=', operation),
      ),
      metricNamespace: namespace,
      metricName,
    }).metric({ statistic: 'Sum', period });
  }
}

const see = (section: Section) => `See "${section}" in docs/runbook.md.`;
