/** The function that counts votes, what starts it, and what the operator hears of it. */
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { errorLines } from './alarm.ts';
import { ballotKeys, bookFunction, type FunctionProps, worksOnLists } from './bookFunction.ts';
import { alarmPeriod, startEveryMinute } from './minutely.ts';

export interface DecisionsStackProps extends StackProps, FunctionProps {
  /** Hears of alarms. */
  readonly operator: ITopic;
}

export class DecisionsStack extends Stack {
  constructor(scope: Construct, id: string, props: DecisionsStackProps) {
    super(scope, id, props);
    const count = bookFunction(
      this,
      'count',
      props,
      [
        { actions: worksOnLists, on: props.tables.records.tableArn },
        // It alone reads the keys of secret ballots, and removes them with the count.
        {
          actions: ['dynamodb:DeleteItem', 'dynamodb:GetItem'],
          on: props.tables.expiring.tableArn,
          partitions: ballotKeys,
        },
      ],
      {
        // Far more than the ballots of a large membership take. A run that takes longer than a minute meets the next one: both
        // count the same, and one of them commits. So few minutes bound how many of them take what the account can run at once.
        timeout: Duration.minutes(3),
        // What fails stays on its list, and the next run is never further than a minute.
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      },
    );
    // The clock is all that starts it, so a vote is counted within a minute of its end, also one that was closed by hand. The change
    // feed would tell of those at once, but it has two readers, which is what DynamoDB allows: `ingest` and `sequence`. To count in
    // one of them, or to have it start this one, would tie the votes to its rights, its bound on how many run at once and its queue,
    // for the sake of seconds.
    const alarm = startEveryMinute(this, 'count', count, {
      operator: props.operator,
      section: 'Votes are not counted',
    });
    const notCounted = errorLines(this, 'VotesNotCounted', count.logGroup, 'countVote', alarmPeriod);
    alarm('VoteNotCounted', 'A vote whose time is over could not be counted for a quarter of an hour', notCounted);
  }
}
