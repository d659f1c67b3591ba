/** The outside world of a witness on AWS: one table and one key, and nothing of the book. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { v7 } from 'uuid';
import { writeLog } from '../http/log.ts';
import { setting } from './awsServices.ts';
import { dynamoRecordStore } from './dynamoRecordStore.ts';
import { kmsSigner } from './kmsSigner.ts';

/** @throws {Error} when the environment lacks a setting. */
export function awsWitness() {
  const log = setting('LOG_TABLE');
  return {
    // A witness reads and writes no other table, and has the right to none.
    records: dynamoRecordStore({ client: new DynamoDBClient({}), tables: { records: log, expiring: log, log } }),
    signer: kmsSigner(new KMSClient({}), setting('WITNESS_KEY')),
    name: setting('WITNESS_NAME'),
    now: () => new Date(),
    newId: () => v7(),
    log: writeLog,
  };
}
