/** The Lambda function `availability`: fetches what anyone may inspect as anybody would. It runs every minute. */
import { awsServices, setting } from '../../shared/adapters/awsServices.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import { lookForDue } from './lookForDue.ts';

const services = awsServices();
const origin = setting('PUBLIC_ORIGIN');

/** The next run begins after a minute, and goes on with what is left. */
const secondsForLooking = 50;

export async function handler(): Promise<void> {
  const until = Date.now() + secondsForLooking * 1000;
  try {
    await lookForDue(services, { origin, patienceMilliseconds: 20_000, isOver: () => Date.now() > until });
  } catch (error) {
    // Lambda would tell the first line only.
    logFaults(error, 'checkAvailability', services);
    throw error;
  }
}
