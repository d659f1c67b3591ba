/** The function that sends mail, the address it may send from, what starts it, and what the operator hears of it. */
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { errorLines } from './alarm.ts';
import { bookFunction, type FunctionProps, worksOnLists } from './bookFunction.ts';
import { alarmPeriod, startEveryMinute } from './minutely.ts';
import { publicAddress } from './publicAddress.ts';
import { setting } from './settings.ts';

export interface MailStackProps extends StackProps, FunctionProps {
  /** Hears of alarms. */
  readonly operator: ITopic;
}

/** Without an address to send from nothing is sent, and what is due waits in the book. */
export const hasMail = (scope: Construct) => setting(scope, 'mailSender') !== '';

export class MailStack extends Stack {
  /** @throws {Error} a setting that the sending of mail needs is missing or not right. */
  constructor(scope: Construct, id: string, props: MailStackProps) {
    super(scope, id, props);
    const sender = setting(this, 'mailSender');
    const origin = publicAddress(this, 'Mail');
    const mail = bookFunction(
      this,
      'mail',
      props,
      [
        { actions: worksOnLists, on: props.tables.records.tableArn },
        // What is known of each message.
        {
          actions: ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem'],
          on: props.tables.expiring.tableArn,
          partitions: ['mailing#*'],
        },
      ],
      {
        // It begins with nothing new after 50 seconds, and one message takes 15 at most. A run that meets the next one does no harm.
        timeout: Duration.seconds(90),
        // What was not sent stays on its list, and the next run is never further than a minute.
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
        environment: { MAIL_SENDER: sender, PUBLIC_ORIGIN: origin },
      },
    );
    // A message that was composed here is "raw" to SES, and asks for the second right too.
    mail.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['ses:SendEmail', 'ses:SendRawEmail'],
        resources: [this.formatArn({ service: 'ses', resource: 'identity', resourceName: identityOf(this, sender) })],
        conditions: { StringEquals: { 'ses:FromAddress': sender } },
      }),
    );
    const alarm = startEveryMinute(this, 'mail', mail, { operator: props.operator, section: 'Mail is not sent' });
    const notSent = errorLines(this, 'MessagesRefused', mail.logGroup, 'sendMail', alarmPeriod);
    // Refusals come further and further apart: an hour in the end.
    alarm('MailNotSent', 'Mail was refused again and again', notSent, { evaluationPeriods: 24, datapointsToAlarm: 3 });
    const unknown = errorLines(this, 'MessagesUnknown', mail.logGroup, 'mailUnknown', alarmPeriod);
    const what = 'Nobody knows whether a message was sent, and it is not sent again';
    alarm('MailUnknown', what, unknown, { evaluationPeriods: 1 });
  }
}

/** What SES was shown to be ours: the domain of the sender, unless told. */
const identityOf = (scope: Construct, sender: string) =>
  setting(scope, 'mailIdentity') || sender.slice(sender.lastIndexOf('@') + 1);
