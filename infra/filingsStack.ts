/** The function that expects filings, what starts it, and what the operator hears of it. */
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { bookFunction, type FunctionProps } from './bookFunction.ts';
import { startEveryMinute } from './minutely.ts';

export interface FilingsStackProps extends StackProps, FunctionProps {
  /** Hears of alarms. */
  readonly operator: ITopic;
}

export class FilingsStack extends Stack {
  constructor(scope: Construct, id: string, props: FilingsStackProps) {
    super(scope, id, props);
    const expect = bookFunction(
      this,
      'expect',
      props,
      [
        // Records by their keys, lists in their order; commits that put and delete, and neither only demands something.
        {
          actions: ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          on: props.tables.records.tableArn,
        },
      ],
      {
        // Most runs read three items and find nothing to do. The first one of a book makes the filings of many years, one by one.
        timeout: Duration.minutes(3),
        // What is left is done by the next run, which is never further than a minute.
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      },
    );
    // As with the votes: the change feed has the two readers that DynamoDB allows, so the clock starts it.
    startEveryMinute(this, 'expect', expect, { operator: props.operator, section: 'Filings are not expected' });
  }
}
