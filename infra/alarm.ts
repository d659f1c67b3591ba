/** An alarm: it reaches the operator, and names the section of docs/runbook.md that says what to do. */
import type { Duration } from 'aws-cdk-lib';
import { Alarm, type AlarmProps, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** A section of docs/runbook.md. */
export type Section =
  | 'A file differs'
  | 'An upload is stuck'
  | 'Custody does not run'
  | 'Votes are not counted'
  | 'Filings are not expected'
  | 'A public file cannot be had'
  | 'Mail is not sent'
  | 'The log stands still'
  | 'The log refuses to go on (fork)'
  | 'Witnesses do not sign';

export type AlarmSettings = Partial<AlarmProps> & { readonly metric: IMetric; readonly evaluationPeriods: number };

export interface AlarmFacts {
  readonly operator: ITopic;
  readonly section: Section;
  /** One sentence, without its full stop. */
  readonly what: string;
  /** Unless they say otherwise, one is too many and silence is good. */
  readonly settings: AlarmSettings;
}

export function raiseAlarm(scope: Construct, id: string, { operator, section, what, settings }: AlarmFacts): void {
  new Alarm(scope, id, {
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    ...settings,
    alarmDescription: `${what}. ${see(section)}`,
  }).addAlarmAction(new SnsAction(operator));
}

/** Counts the lines of a log that tell of errors in an operation. */
export const errorLines = (
  scope: Construct,
  metricName: string,
  logGroup: LogGroup,
  operation: string,
  period: Duration,
): IMetric => lines(scope, metricName, { logGroup, operation, level: 'error' }).metric({ statistic: 'Sum', period });

export interface LinesToCount {
  readonly logGroup: LogGroup;
  readonly operation: string;
  readonly level: 'info' | 'error';
}

/** A metric from the lines of a log. @param value where it stands in the line; without it the lines are counted. */
export function lines(
  scope: Construct,
  metricName: string,
  { logGroup, operation, level }: LinesToCount,
  value?: string,
): MetricFilter {
  return new MetricFilter(scope, metricName, {
    logGroup,
    filterPattern: FilterPattern.all(
      FilterPattern.stringValue('$.level', '=', level),
      FilterPattern.stringValue('$.operation', '=', operation),
    ),
    metricNamespace: 'Minutebook',
    metricName,
    ...(value === undefined ? {} : { metricValue: value }),
  });
}

export const see = (section: Section) => `See "${section}" in docs/runbook.md.`;
