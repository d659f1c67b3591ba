/** The Lambda function `expect`: keeps the expected filings what the rules ask for. It runs every minute, and works when there is something to do. */
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import { expectFilings } from './expectFilings.ts';

const services = awsServices();

export async function handler(): Promise<void> {
  try {
    await expectFilings(services);
  } catch (error) {
    // Lambda would tell the first line only.
    logFaults(error, 'expectFilings', services);
    throw error;
  }
}
