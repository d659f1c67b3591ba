/** A job that the clock starts every minute, and the alarms that every such job has. */
import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type AlarmSettings, raiseAlarm, type Section } from './alarm.ts';
import type { BookFunction } from './bookFunction.ts';
import { startByTheClock } from './clock.ts';

/** An alarm takes three of them, unless it says otherwise: what passes by itself within minutes is none. */
export const alarmPeriod = Duration.minutes(5);

/** @param what one sentence, without its full stop. */
export type JobAlarm = (id: string, what: string, metric: IMetric, more?: Partial<AlarmSettings>) => void;

/** @returns what raises further alarms of the job, with the same section of the runbook. */
export function startEveryMinute(
  scope: Construct,
  name: string,
  job: BookFunction,
  { operator, section }: { readonly operator: ITopic; readonly section: Section },
): JobAlarm {
  startByTheClock(scope, name, job, 'rate(1 minute)');
  const alarm: JobAlarm = (id, what, metric, more = {}) =>
    raiseAlarm(scope, id, { operator, section, what, settings: { metric, evaluationPeriods: 3, ...more } });
  const { handler } = job;
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  const fails = `The function ${name} kept breaking off for a quarter of an hour`;
  alarm(`${id}Fails`, fails, handler.metricErrors({ period: alarmPeriod }));
  const missing = `The function ${name} has not run for a quarter of an hour`;
  alarm(`${id}IsMissing`, missing, handler.metricInvocations({ period: alarmPeriod }), {
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
  });
  return alarm;
}
