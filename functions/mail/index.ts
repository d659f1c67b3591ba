/** The Lambda function `mail`: sends the mail that is due. It runs every minute. */
import { awsServices, setting } from '../../shared/adapters/awsServices.ts';
import { sesMailer } from '../../shared/adapters/sesMailer.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import { sendDue } from './sendDue.ts';

const services = { ...awsServices(), mailer: sesMailer(setting('MAIL_SENDER')), origin: setting('PUBLIC_ORIGIN') };

/** The next run begins after a minute; it would find the same messages in other hands. */
const secondsForSending = 50;

export async function handler(): Promise<void> {
  const until = Date.now() + secondsForSending * 1000;
  try {
    // SES takes 14 messages a second of most, and says so to whoever sends more.
    await sendDue(services, { atOnce: 4, patienceMilliseconds: 15_000, isOver: () => Date.now() > until });
  } catch (error) {
    // Lambda would tell the first line only.
    logFaults(error, 'sendMail', services);
    throw error;
  }
}
