/** Archived documents for the site's tests, made through the API by its keeper. */
import { createHash } from 'node:crypto';
import { ingestAll } from '../../functions/ingest/ingestUpload.ts';
import type { MediaType } from '../../shared/core/files.ts';
import { documentFacts } from './documents.ts';
import type { SiteServer } from './siteServer.ts';

export interface SiteFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly type?: MediaType;
}

/** A document with these files as its versions, public unless the facts say otherwise. @returns what a disclosure cites: its latest version. */
export async function archived(
  site: SiteServer,
  title: string,
  files: readonly SiteFile[],
  facts: Parameters<typeof documentFacts>[0] = {},
) {
  const body = documentFacts({ title, access: 'public', ...facts });
  const { id: documentId } = (await site.keeper.createDocument({ body })).body;
  for (const file of files) await addVersion(site, documentId, file);
  return { documentId, version: files.length };
}

async function addVersion({ keeper, origin, jobs }: SiteServer, documentId: string, file: SiteFile): Promise<void> {
  const { name, bytes, type = 'application/pdf' } = file;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const declared = { name, type, size: bytes.length, sha256 };
  const { id, grant } = (await keeper.createUpload({ params: { documentId }, body: declared })).body;
  if (grant === null) throw new Error('A small file comes in one piece');
  const { url, method, headers } = grant;
  const sent = await fetch(new URL(url, origin), { method, headers, body: new Uint8Array(bytes) });
  if (!sent.ok) throw new Error(await sent.text());
  const params = { uploadId: id };
  await keeper.completeUpload({ params }).then(answer => answer.body);
  await ingestAll(jobs);
  const { state, refusal } = (await keeper.getUpload({ params })).body;
  if (state !== 'sealed') throw new Error(`${name} is ${state}: ${refusal}`);
}
