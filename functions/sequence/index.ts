/**
 * The Lambda function `sequence`: brings the log up to date when something is to be sealed (the change feed), and every minute, when
 * it takes up whatever was left.
 */
import { awsLog } from '../../shared/adapters/awsLog.ts';
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import { LogForkError } from '../../shared/ports/logStore.ts';
import { claimName } from './claimName.ts';
import { measure } from './measure.ts';
import { sequence } from './sequence.ts';
import { witnessesOf } from './witnesses.ts';

const { blobs: _, ...book } = awsServices();
const log = awsLog();
const services = { ...book, ...log, witnesses: witnessesOf(log.policy) };

/** After so long a run begins with nothing new: the next one is never further than a minute. */
const secondsForSealing = 60;

/** What starts it, it does not ask: it seals all that waits. */
export async function handler(): Promise<void> {
  const until = Date.now() + secondsForSealing * 1000;
  try {
    await claimName(services.records, services.origin);
    // What came while it was publishing is not left to a run that may be refused because this one has not ended.
    for (let isBusy = true; isBusy && Date.now() < until; ) isBusy = (await sequence(services)).assigned > 0;
  } catch (error) {
    logFaults(error, error instanceof LogForkError ? 'logFork' : 'sequence', services);
    throw error;
  } finally {
    await tell();
  }
}

/** One line with how the log stands, also behind a run that failed. */
async function tell(): Promise<void> {
  try {
    const measures = await measure(services);
    const how = { requestId: services.newId(), operation: 'measureLog', status: 200, milliseconds: 0 };
    services.log({ level: 'info', at: services.now().toISOString(), ...how, measures: { ...measures } });
  } catch (error) {
    logFaults(error, 'sequence', services);
  }
}
