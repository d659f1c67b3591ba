/** The Lambda function `custody`: the round of the archive on a schedule, and single files as soon as somebody asks (the change feed). */
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { awsBlobs } from '../../shared/adapters/awsBlobs.ts';
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import { checkBytes } from './checkBytes.ts';
import { runCustody } from './runCustody.ts';

const services = awsServices(awsBlobs());

/** A function runs for 15 minutes at most; the last file begun may be a large one. */
const minutesForChecks = 9;

type CustodyEvent = DynamoDBStreamEvent | Record<string, never>;

export async function handler(event: CustodyEvent): Promise<void> {
  if ('Records' in event) {
    for (const { dynamodb } of (event as DynamoDBStreamEvent).Records) {
      const sha256 = dynamodb?.Keys?.sort?.S;
      if (sha256 !== undefined) await checkBytes(sha256, services);
    }
    return;
  }
  const periodDays = Number(process.env.FIXITY_DAYS ?? 30);
  const until = Date.now() + minutesForChecks * 60_000;
  try {
    await runCustody(services, { periodDays, hoursBetweenRounds: 1, until });
  } catch (error) {
    // Lambda would tell the first line only.
    logFaults(error, 'custody', services);
    throw error;
  }
}
