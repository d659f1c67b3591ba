/** What the operator hears of the log, and where the runbook says what to do. */
import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { errorLines, lines, raiseAlarm } from './alarm.ts';
import type { BookFunction } from './bookFunction.ts';
import { alarmPeriod, startEveryMinute } from './minutely.ts';

/** What the function writes of how the log stands, and the metrics that it becomes. */
const metrics = {
  backlog: 'LogBacklog',
  unsealedSeconds: 'LogUnsealedSeconds',
  unpublishedSeconds: 'LogUnpublishedSeconds',
  size: 'LogSize',
  cosigned: 'LogCosigned',
  cosignaturesMissing: 'LogCosignaturesMissing',
} as const;

/** Nothing should wait so long: a stream that stands still, and runs that fail, are made up for every minute. */
const mostWaiting = Duration.minutes(5);

/** Starts the sequencer by the clock, too. */
export function raiseLogAlarms(scope: Construct, sequence: BookFunction, operator: ITopic): void {
  const { logGroup } = sequence;
  const still = { operator, section: 'The log stands still' } as const;
  startEveryMinute(scope, 'sequence', sequence, still);
  const measured = (name: keyof typeof metrics) =>
    lines(scope, metrics[name], { logGroup, operation: 'measureLog', level: 'info' }, `$.measures.${name}`);
  const once = { evaluationPeriods: 1 };
  const waiting = (name: 'unsealedSeconds' | 'unpublishedSeconds') => ({
    metric: measured(name).metric({ statistic: 'Maximum', period: alarmPeriod }),
    threshold: mostWaiting.toSeconds(),
    ...once,
  });
  raiseAlarm(scope, 'EventsAreNotSealed', {
    ...still,
    what: 'An event has waited for five minutes to be sealed',
    settings: waiting('unsealedSeconds'),
  });
  raiseAlarm(scope, 'LogIsNotPublished', {
    ...still,
    what: 'What has its place in the log has not been published for five minutes',
    settings: waiting('unpublishedSeconds'),
  });
  raiseAlarm(scope, 'LogForks', {
    operator,
    section: 'The log refuses to go on (fork)',
    what: 'What is stored of the log and what is published do not go together',
    settings: { metric: errorLines(scope, 'LogForksRefused', logGroup, 'logFork', alarmPeriod), ...once },
  });
  raiseAlarm(scope, 'WitnessesAreMissing', {
    operator,
    section: 'Witnesses do not sign',
    what: 'For an hour the published checkpoint has had fewer cosignatures than the policy wants',
    settings: {
      metric: measured('cosignaturesMissing').metric({ statistic: 'Minimum', period: alarmPeriod }),
      evaluationPeriods: 12,
    },
  });
  // To be looked at only.
  for (const name of ['backlog', 'size', 'cosigned'] as const) measured(name);
}
