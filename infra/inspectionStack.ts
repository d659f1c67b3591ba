/** The function that fetches what anyone may inspect as anybody would, what starts it, and what the operator hears of it. */
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { errorLines } from './alarm.ts';
import { bookFunction, type FunctionProps, worksOnLists } from './bookFunction.ts';
import { alarmPeriod, startEveryMinute } from './minutely.ts';
import { publicAddress } from './publicAddress.ts';

export interface InspectionStackProps extends StackProps, FunctionProps {
  /** Hears of alarms. */
  readonly operator: ITopic;
}

export class InspectionStack extends Stack {
  /** @throws {Error} the setting `publicAddress` is not right. */
  constructor(scope: Construct, id: string, props: InspectionStackProps) {
    super(scope, id, props);
    const availability = bookFunction(
      this,
      'availability',
      props,
      [
        { actions: worksOnLists, on: props.tables.records.tableArn },
        // None to the archive: it has the files from where everybody has them.
      ],
      {
        // It begins with nothing new after 50 seconds, and one file takes 20 at most. A run that meets the next one does no harm.
        timeout: Duration.seconds(90),
        // What was not looked for is looked for by the next run, which is never further than a minute.
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
        environment: { PUBLIC_ORIGIN: publicAddress(this, 'The inspection of public files') },
      },
    );
    const alarm = startEveryMinute(this, 'availability', availability, {
      operator: props.operator,
      section: 'A public file cannot be had',
    });
    const away = errorLines(this, 'PublicFilesAway', availability.logGroup, 'checkAvailability', alarmPeriod);
    // What is not found is looked for once an hour: two of three such times, so that a moment without network is none.
    alarm(
      'PublicFileAway',
      'What anyone may inspect could not be had again and again, or is not what is archived',
      away,
      {
        evaluationPeriods: 36,
        datapointsToAlarm: 2,
      },
    );
  }
}
