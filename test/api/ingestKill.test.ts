/** The embedded server is killed again and again while files come in: what was completed ends sealed, and nothing by halves. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openFileBlobStore } from '../../shared/adapters/fileBlobStore.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { archiveFaults } from '../support/archiveCheck.ts';
import { newFolder } from '../support/book.ts';
import { faultsOf } from '../support/bookCheck.ts';
import { type Client, clientFor } from '../support/client.ts';
import { declarationOf, documentFacts, endOf, sentOf, sha256Of } from '../support/documents.ts';
import { type Embedded, freePorts, launchEmbedded } from '../support/embedded.ts';
import { secretaryToken } from '../support/largeFile.ts';

/** More in CI, fewer where somebody waits for it; each takes some seconds. */
const kills = Math.min(25, Number(process.env.MINUTEBOOK_KILLS ?? 6));

it(`seals all that was completed, and nothing by halves, in ${kills} kills`, {
  timeout: kills * 20_000 + 90_000,
}, async () => {
  const folder = newFolder();
  const environment = { MINUTEBOOK_DATA: folder, ...(await freePorts()) };
  const [file, files] = [join(folder, 'demonstration.sqlite'), join(folder, 'demonstration-files')];
  /** The digest of everything that the book said it had received, by upload. */
  const completed = new Map<string, string>();
  let server: Embedded | undefined;
  const start = async () => {
    server = launchEmbedded(environment);
    return clientFor(await server.ready, await secretaryToken(environment.MINUTEBOOK_ISSUER_PORT));
  };
  try {
    for (let round = 0; round < kills; round++) {
      const secretary = await start();
      let killed = false;
      const senders = [sendSmall, sendSmall, sendInParts].map(async send => {
        while (!killed) await send(secretary, completed).catch(() => {});
      });
      await pause(200 + Math.random() * 1500);
      killed = true;
      await server?.kill();
      await Promise.all(senders);
      expect(faultsOf(file)).toEqual([]);
    }
    const secretary = await start();
    // How much is sent between two kills depends on the machine; that something was, does not.
    expect(completed.size).toBeGreaterThan(0);
    for (const [id, sha256] of completed) {
      const upload = await endOf(secretary, id);
      expect(upload).toMatchObject({ state: 'sealed', refusal: null });
      const { versions } = (await secretary.getDocument({ params: { documentId: upload.documentId } })).body;
      expect(versions.filter(version => version.sha256 === sha256)).toHaveLength(1);
    }
    expect(await server?.stop()).toBe(0);
    expect(faultsOf(file)).toEqual([]);
    const records = openSqliteRecordStore(file);
    expect(await archiveFaults(records, openFileBlobStore(files), files)).toEqual([]);
    records.close();
  } finally {
    await server?.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

let count = 0;
const documentIn = async (secretary: Client) =>
  (await secretary.createDocument({ body: documentFacts({ title: `Document ${++count}` }) })).body.id;

async function sendSmall(secretary: Client, completed: Map<string, string>): Promise<void> {
  const content = `Text ${++count}, ${Math.random()}.`;
  const { upload, status } = await sentOf(secretary, await documentIn(secretary), 'a.txt', content);
  expect(status).toBe(200);
  (await secretary.completeUpload({ params: { uploadId: upload.id } })).body;
  completed.set(upload.id, upload.sha256);
}

/** Some bytes more than come in one piece. */
async function sendInParts(secretary: Client, completed: Map<string, string>): Promise<void> {
  const content = Buffer.alloc(16 * 2 ** 20 + 1000, `In parts: ${++count}, ${Math.random()}. `);
  const params = { documentId: await documentIn(secretary) };
  const { id, parts, sha256 } = (await secretary.createUpload({ params, body: declarationOf('large.txt', content) }))
    .body;
  for (let number = 1; number <= (parts?.count ?? 0); number++) {
    const body = content.subarray((number - 1) * (parts?.size ?? 0), number * (parts?.size ?? 0));
    const wanted = { parts: [{ number, sha256: sha256Of(body) }] };
    const [grant] = (await secretary.grantUpload({ params: { uploadId: id }, body: wanted })).body.grants;
    const answer = await fetch(String(grant?.url), { method: 'PUT', headers: grant?.headers ?? {}, body });
    expect(answer.status).toBe(200);
  }
  (await secretary.completeUpload({ params: { uploadId: id } })).body;
  completed.set(id, sha256);
}
