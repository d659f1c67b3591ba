/** Opens the book that a command is to work on: the embedded one, or the tables that the environment names. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { bookFile, dataFolder, SettingError } from '../local/settings.ts';
import { dynamoRecordStore } from '../shared/adapters/dynamoRecordStore.ts';
import { sealingRecordStore } from '../shared/adapters/sealingRecordStore.ts';
import { openSqliteRecordStore } from '../shared/adapters/sqliteRecordStore.ts';
import type { RecordStore } from '../shared/ports/recordStore.ts';

export interface OpenBook {
  readonly records: RecordStore;
  /** What to call it in a message. */
  readonly place: string;
  close(): void;
}

/** @throws {SettingError} one table of the book is named, and the other is not. */
export function openBook(): OpenBook {
  const { RECORDS_TABLE: records, EXPIRING_TABLE: expiring, LOG_TABLE: log } = process.env;
  if (records === undefined && expiring === undefined) return openEmbedded();
  if (records === undefined || expiring === undefined) {
    throw new SettingError('Name both tables of the book: RECORDS_TABLE and EXPIRING_TABLE.');
  }
  const client = new DynamoDBClient({});
  const store = dynamoRecordStore({ client, tables: { records, expiring, ...(log === undefined ? {} : { log }) } });
  return { records: sealingRecordStore(store), place: `table ${records}`, close: () => client.destroy() };
}

function openEmbedded(): OpenBook {
  const folder = dataFolder();
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store = openSqliteRecordStore(bookFile(folder));
  return { records: sealingRecordStore(store), place: resolve(folder), close: () => store.close() };
}
