/** A store that is full, stopped, or given what hangs its readers: a clear state for the person, nothing half, and it goes on. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openFileBlobStore } from '../../shared/adapters/fileBlobStore.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { archiveFaults } from '../support/archiveCheck.ts';
import { newFolder } from '../support/book.ts';
import { faultsOf } from '../support/bookCheck.ts';
import { clientFor } from '../support/client.ts';
import { declarationOf, documentFacts, endOf, sentOf, uploadedOf } from '../support/documents.ts';
import { freePorts, launchEmbedded } from '../support/embedded.ts';
import { embeddedSite, s3Site, secretaryToken } from '../support/largeFile.ts';
import { endlessPdf } from '../support/pdfs.ts';
import { s3ServerMissing } from '../support/s3Server.ts';

const mebibyte = 2 ** 20;

/** A disk of that many megabytes of its own; undefined where nobody may mount one. */
function smallDisk(megabytes: number) {
  const parent = newFolder();
  const folder = join(parent, 'disk');
  mkdirSync(folder);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'minutebook', folder]).status === 0;
  const remove = () => {
    if (mounted) spawnSync('umount', [folder]);
    rmSync(parent, { recursive: true });
  };
  if (mounted) return { folder, remove };
  remove();
  return undefined;
}

it('answers 503 on a full disk, keeps nothing half, and goes on when there is room', { timeout: 60_000 }, async ({
  skip,
}) => {
  const disk = smallDisk(120) ?? skip('needs leave to mount a small disk');
  const data = join(disk.folder, 'data');
  const environment = { MINUTEBOOK_DATA: data, ...(await freePorts()) };
  const server = launchEmbedded(environment);
  try {
    const origin = await server.ready;
    const secretary = clientFor(origin, await secretaryToken(environment.MINUTEBOOK_ISSUER_PORT));
    const filler = join(disk.folder, 'filler');
    const leave = (bytes: number) => {
      rmSync(filler, { force: true });
      const { bavail, bsize } = statfsSync(disk.folder);
      try {
        writeFileSync(filler, Buffer.alloc(bavail * bsize - bytes));
      } catch (error) {
        // The server was faster with what was left.
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    };
    const content = Buffer.alloc(10 * mebibyte, 'Ten megabytes. ');
    const { id: documentId } = (await secretary.createDocument({ body: documentFacts() })).body;
    const quarantine = join(data, 'demonstration-files', 'quarantine');

    leave(4 * mebibyte);
    const { upload, status, text } = await sentOf(secretary, documentId, 'a.txt', content);
    expect({ status, text }).toMatchObject({ status: 503, text: expect.stringContaining('temporarily-unavailable') });
    expect(readdirSync(quarantine)).toEqual([]);
    expect((await secretary.completeUpload({ params: { uploadId: upload.id } })).status).toBe(409);

    // There is room for the upload, but not for what is sealed of it.
    leave(14 * mebibyte);
    const second = await sentOf(secretary, documentId, 'a.txt', content);
    expect(second.status).toBe(200);
    const params = { uploadId: second.upload.id };
    expect((await secretary.completeUpload({ params })).body.state).toBe('received');
    await expect.poll(server.output, { timeout: 10_000 }).toContain('is full');
    expect((await secretary.getUpload({ params })).body.state).toBe('received');

    leave(0);
    const full = await secretary.createDocument({ body: documentFacts({ title: 'x'.repeat(200) }) });
    expect([201, 503]).toContain(full.status);

    rmSync(filler);
    expect(await uploadedOf(secretary, documentId, 'b.txt', 'Another one.')).toMatchObject({ state: 'sealed' });
    expect(await endOf(secretary, second.upload.id, 10)).toMatchObject({ state: 'sealed' });
    expect(await server.stop()).toBe(0);
    const file = join(data, 'demonstration.sqlite');
    expect(faultsOf(file)).toEqual([]);
    const records = openSqliteRecordStore(file);
    const files = join(data, 'demonstration-files');
    expect(await archiveFaults(records, openFileBlobStore(files), files)).toEqual([]);
    records.close();
  } finally {
    await server.kill();
    disk.remove();
  }
});

const missing = s3ServerMissing();

it.skipIf(missing !== undefined)(
  `answers 503 while S3 is away, and goes on when it is back${missing === undefined ? '' : ` (${missing})`}`,
  { timeout: 90_000 },
  async () => {
    const site = await s3Site();
    const server = site.launch();
    try {
      const secretary = clientFor(await server.ready, await secretaryToken(site.issuerPort));
      const { id: documentId } = (await secretary.createDocument({ body: documentFacts() })).body;
      const sent = await sentOf(secretary, documentId, 'a.txt', 'Sent before.');
      const params = { uploadId: sent.upload.id };
      const resume = await site.interrupt();
      const startedAt = Date.now();
      const { problem } = await secretary.completeUpload({ params });
      expect(problem.code).toBe('temporarily-unavailable');
      expect(Date.now() - startedAt).toBeLessThan(20_000);
      const body = declarationOf('large.txt', Buffer.alloc(20 * mebibyte));
      expect((await secretary.createUpload({ params: { documentId }, body })).status).toBe(503);
      await resume();
      expect((await secretary.completeUpload({ params })).status).toBe(200);
      expect(await endOf(secretary, sent.upload.id)).toMatchObject({ state: 'sealed', sealedAs: 1 });
    } finally {
      await server.kill();
      await site.close();
    }
  },
);

it('goes on answering while a PDF hangs its reader, and seals that PDF as one that was not read', {
  timeout: 90_000,
}, async () => {
  const site = await embeddedSite();
  const server = site.launch();
  try {
    const origin = await server.ready;
    const secretary = clientFor(origin, await secretaryToken(site.issuerPort));
    const { id: documentId } = (await secretary.createDocument({ body: documentFacts() })).body;
    const { upload } = await sentOf(secretary, documentId, 'endless.pdf', endlessPdf(), 'application/pdf');
    expect((await secretary.completeUpload({ params: { uploadId: upload.id } })).status).toBe(200);
    const times: number[] = [];
    const state = async () => (await secretary.getUpload({ params: { uploadId: upload.id } })).body.state;
    while ((await state()) === 'received') {
      const startedAt = performance.now();
      expect((await fetch(`${origin}/v1/disclosures`)).status).toBe(200);
      times.push(performance.now() - startedAt);
      await pause(50);
    }
    const { versions } = (await secretary.getDocument({ params: { documentId } })).body;
    expect(versions[0]).toMatchObject({
      condition: 'unread',
      note: expect.stringContaining('stopped'),
      hasText: false,
    });
    expect(times.length).toBeGreaterThan(3);
    // Milliseconds: usual ones are single, and the reader takes one of the processors.
    expect(times.toSorted((a, b) => a - b)[times.length >> 1]).toBeLessThan(250);
  } finally {
    await server.kill();
    await site.close();
  }
});
