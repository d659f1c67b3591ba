/** The Lambda function `count`: counts votes whose time is over, or that were closed by hand. It runs every minute. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import { countDue } from './countDue.ts';

const services = awsServices();

export async function handler(): Promise<void> {
  try {
    await countDue(services);
  } catch (error) {
    // Lambda would tell the first line only.
    logFaults(error, 'countVote', services);
    throw error;
  }
}
