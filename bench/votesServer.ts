/** The embedded server over a new book with a large membership, in a process of its own: told by its parent whom to believe. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, type JWK } from 'jose';
import { startJobs } from '../local/jobs.ts';
import { startServer } from '../local/server.ts';
import { embeddedServices } from '../local/services.ts';
import { openFileBlobStore } from '../shared/adapters/fileBlobStore.ts';
import { openSqliteRecordStore } from '../shared/adapters/sqliteRecordStore.ts';
import { tokenVerifier } from '../shared/http/token.ts';
import { seatMembers } from '../test/support/members.ts';
import { archivistEmail, caller, foundBook } from './handlerCalls.ts';

export interface Order {
  readonly issuer: string;
  readonly clientId: string;
  readonly key: JWK;
  readonly members: number;
}

export interface Ready {
  readonly port: number;
  readonly membership: string;
  /** The names by which the members sign in. */
  readonly names: readonly string[];
}

process.once('message', async ({ issuer, clientId, key, members }: Order) => {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-votes-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const records = openSqliteRecordStore(join(folder, 'book.sqlite'));
  const blobs = openFileBlobStore(join(folder, 'files'));
  const settings = { issuer, jwksUri: `${issuer}/keys`, clientIds: [clientId] };
  const services = {
    ...embeddedServices(records, null, { blobs }),
    verifyToken: tokenVerifier(settings, createLocalJWKSet({ keys: [key] })),
  };
  const archivist = { ...services, verifyToken: async () => ({ issuer, subject: 'archivist', email: archivistEmail }) };
  await foundBook(archivist, caller(archivist));
  const facts = { kind: 'membership', name: 'The assembly', purpose: '', parentBodyId: null };
  const body = { ...facts, established: '2020-01-01', publishesSeats: true };
  const { id } = await caller(archivist)('createBody', {}, body);
  const names = await seatMembers(services, String(id), members);
  const jobs = startJobs(services, { round: { periodDays: 30, hoursBetweenRounds: 24 } });
  const { port } = await startServer({ ...services, records: jobs.records }, 0, undefined, blobs);
  process.send?.({ port, membership: String(id), names } satisfies Ready);
});
process.once('disconnect', () => process.exit());
