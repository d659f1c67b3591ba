/** Nothing comes into a book that will not be in its log: whoever opens one, each event that is committed waits to be sealed. */
import { rmSync } from 'node:fs';
import { v7 } from 'uuid';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { openBook } from '../../cli/openBook.ts';
import { startJobs } from '../../local/jobs.ts';
import { embeddedServices } from '../../local/services.ts';
import { SettingError } from '../../local/settings.ts';
import { awsServices } from '../../shared/adapters/awsServices.ts';
import { openFileBlobStore } from '../../shared/adapters/fileBlobStore.ts';
import { unsealedPartition } from '../../shared/core/log/outbox.ts';
import { changeRecord } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore, newFolder } from '../support/book.ts';
import { createTables, dynamoLocalMissing, sharedDynamoLocal } from '../support/dynamoLocal.ts';
import { sealNow } from '../support/sealing.ts';

/** @returns the events that wait, by their identifiers. */
async function waitingIn(records: RecordStore): Promise<readonly string[]> {
  const { items } = await records.query({
    table: 'records',
    partition: unsealedPartition,
    order: 'ascending',
    limit: 1000,
  });
  return items.map(({ key }) => key.sort);
}

async function expectSealing(records: RecordStore) {
  const act = { operation: 'createPerson', by: null, at: new Date().toISOString(), eventId: v7() };
  await records.commit(changeRecord('person', v7(), undefined, { name: 'Somebody' }, act).writes);
  expect(await waitingIn(records)).toContain(act.eventId);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the book of this machine', () => {
  const folder = newFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has its events sealed by whichever command opens it', async () => {
    for (const name of ['RECORDS_TABLE', 'EXPIRING_TABLE']) vi.stubEnv(name, undefined);
    vi.stubEnv('MINUTEBOOK_DATA', folder);
    const book = openBook();
    await expectSealing(book.records);
    book.close();
  });
});

const missing = dynamoLocalMissing();

describe.skipIf(missing !== undefined)(`the book on AWS${missing === undefined ? '' : ` (${missing})`}`, () => {
  async function stubTables() {
    const endpoint = await sharedDynamoLocal();
    const { client, tables } = await createTables(endpoint);
    client.destroy();
    const settings = {
      ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
      ...{ AWS_ENDPOINT_URL_DYNAMODB: endpoint, RECORDS_TABLE: tables.records, EXPIRING_TABLE: tables.expiring },
      ...{ ISSUER: 'https://issuer.example.org', JWKS_URI: 'https://issuer.example.org/keys', CLIENT_IDS: 'client' },
    };
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  }

  it('has its events sealed by every function and every job', async () => {
    await stubTables();
    await expectSealing(awsServices().records);
  });

  it('has its events sealed by whichever command opens it, and is not taken for that of this machine', async () => {
    await stubTables();
    const book = openBook();
    await expectSealing(book.records);
    book.close();
    vi.stubEnv('EXPIRING_TABLE', undefined);
    expect(openBook).toThrow(SettingError);
  });
});

describeOnEachStore('the embedded book', book => {
  it('has its events sealed by its server and by its jobs', async () => {
    const { records, services } = book();
    await expectSealing(records);
    // Whatever is committed while nothing seals waits, in the order in which it came to be.
    const folder = newFolder();
    const jobs = startJobs(
      { ...services, blobs: openFileBlobStore(folder) },
      { round: { periodDays: 30, hoursBetweenRounds: 24 } },
    );
    await expectSealing(jobs.records);
    await jobs.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has as many events in its log as it tells of, from the first one on', async () => {
    const { services, as } = book();
    expect(await waitingIn(services.records)).not.toEqual([]);
    await sealNow(book());
    expect(await waitingIn(services.records)).toEqual([]);
    const { items } = (await as.auditor.listBookEvents({ query: { limit: '100' } })).body;
    expect(items.length).toBeGreaterThan(10);
    for (const { record } of items) {
      const params = { kind: record.kind, recordId: record.id, version: String(record.version) };
      expect((await as.auditor.getProofOfEvent({ params })).status).toBe(200);
    }
  });

  it('is sealed by whatever services it is given', async () => {
    const written: number[] = [];
    const plain: RecordStore = {
      ...book().records,
      commit: async writes => {
        written.push(writes.length);
      },
    };
    const act = { operation: 'createPerson', by: null, at: new Date().toISOString(), eventId: v7() };
    const { writes } = changeRecord('person', v7(), undefined, { name: 'Somebody' }, act);
    await embeddedServices(plain, null).records.commit(writes);
    expect(written).toEqual([writes.length + 1]);
  });
});
