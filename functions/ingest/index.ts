/**
 * The Lambda function `ingest`: examines what was uploaded.
 *
 * It runs when an upload is complete (the change feed), when the scanner has looked at one (EventBridge), and on a schedule for
 * whatever was left.
 */
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { awsBlobs } from '../../shared/adapters/awsBlobs.ts';
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { ingestAll, ingestOrLog } from './ingestUpload.ts';

const services = awsServices(awsBlobs());

/** What Amazon GuardDuty tells of an object that it scanned. */
interface Scanned {
  readonly detail: { readonly s3ObjectDetails: { readonly objectKey: string } };
}

type IngestEvent = DynamoDBStreamEvent | Scanned | { readonly detail?: undefined };

export async function handler(event: IngestEvent): Promise<void> {
  if ('Records' in event) {
    // What fails stays on the list, where the schedule finds it: nothing behind it has to wait.
    for (const { dynamodb } of event.Records) {
      const id = dynamodb?.Keys?.sort?.S;
      if (id !== undefined) await ingestOrLog(id, services);
    }
  } else if (event.detail !== undefined) await ingestOrLog(event.detail.s3ObjectDetails.objectKey, services);
  else await ingestAll(services);
}
