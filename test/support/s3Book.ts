/**
 * `node s3Book.ts`: the embedded server with its documents in S3, where S3_ENDPOINT, S3_ARCHIVE and S3_QUARANTINE say. Its
 * secretary, who is its administrator too, has the address of that of the demonstration.
 */
import { join } from 'node:path';
import { v7 } from 'uuid';
import { startDemoIssuer } from '../../local/demoIssuer.ts';
import { demoPeople } from '../../local/demoPeople.ts';
import { startJobs } from '../../local/jobs.ts';
import { startServer } from '../../local/server.ts';
import { embeddedServices } from '../../local/services.ts';
import { dataFolder, isFounded, issuerPort, port } from '../../local/settings.ts';
import { s3BlobStore } from '../../shared/adapters/s3BlobStore.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { found } from '../../shared/core/founding.ts';
import { clientFor } from './client.ts';
import { demoToken } from './demoIssuerClient.ts';
import { s3Client } from './s3Server.ts';

const { S3_ENDPOINT = '', S3_ARCHIVE = '', S3_QUARANTINE = '' } = process.env;
const organisation = {
  legalName: 'Test Society',
  shortName: null,
  jurisdiction: { code: 'US-VA', name: 'Virginia' },
  incorporatedOn: '2020-01-01',
  taxStatus: '501(c)(3)',
  ein: null,
  fiscalYearEnd: '12-31',
  timeZone: 'America/New_York',
  mission: 'To be tested.',
  website: null,
  demonstration: false,
};
const email = 'secretary@lpsa.example';
const records = openSqliteRecordStore(join(dataFolder(), 'book.sqlite'));
const client = s3Client(S3_ENDPOINT);
const blobs = s3BlobStore({ client, archive: S3_ARCHIVE, quarantine: S3_QUARANTINE, scanned: false });
const people = demoPeople(records);
const issuer = await startDemoIssuer({ port: issuerPort(), host: '127.0.0.1', dataFolder: dataFolder(), people });
const services = embeddedServices(records, { ...issuer, clientIds: [issuer.clientId] }, { blobs });
const jobs = startJobs(services, { round: { periodDays: 30, hoursBetweenRounds: 1 } });
const server = await startServer({ ...services, records: jobs.records }, port());
const origin = `http://127.0.0.1:${server.port}`;
if (!(await isFounded(records))) {
  const at = new Date().toISOString();
  const board = { name: 'Board of Directors', purpose: 'Governs.', established: '2020-01-01' };
  const invitation = { code: v7(), expiresAt: at };
  const moment = { at, today: '2020-01-01', newId: () => v7(), invitation };
  await services.records.commit(found({ organisation, board, administrator: { name: 'A. Secretary', email } }, moment));
  const administrator = clientFor(origin, await demoToken(issuer, email));
  const personId = String((await administrator.getMe()).body.person?.id);
  const bodyId = String((await administrator.listBodies()).body.items[0]?.id);
  const seat = { personId, office: 'secretary', title: null, voting: false, from: '2020-01-01', to: null } as const;
  (await administrator.createSeat({ params: { bodyId }, body: seat })).body;
}
console.log(`Minutebook ready at http://localhost:${server.port}`);
