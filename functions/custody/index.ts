/** The Lambda function `custody`: the round of the archive every hour, and what somebody asked to have checked every minute. */
import { awsBlobs } from '../../shared/adapters/awsBlobs.ts';
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import { checkAsked } from './checkAsked.ts';
import { runCustody } from './runCustody.ts';

const services = awsServices(awsBlobs());

/** A function runs for 15 minutes at most; the last file begun may be a large one. */
const minutesForChecks = 9;

/** What the clock says: nothing when it is time for a round. */
interface CustodyEvent {
  readonly only?: 'asked';
}

export async function handler({ only }: CustodyEvent): Promise<void> {
  const periodDays = Number(process.env.FIXITY_DAYS ?? 30);
  const until = Date.now() + minutesForChecks * 60_000;
  const startedAt = services.now();
  try {
    if (only === 'asked') await checkAsked(services, until);
    else await runCustody(services, { periodDays, hoursBetweenRounds: 1, until });
  } catch (error) {
    // Lambda would tell the first line only.
    logFaults(error, 'custody', services);
    throw error;
  } finally {
    // An alarm misses this line: what checks files every minute also runs when no round does.
    if (only === undefined) {
      const at = services.now();
      const milliseconds = at.getTime() - startedAt.getTime();
      const how = { requestId: services.newId(), operation: 'custodyRound', status: 200, milliseconds };
      services.log({ level: 'info', at: at.toISOString(), ...how });
    }
  }
}
