/** Archived documents for tests, made through the API as people would. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { checkBytes } from '../../functions/custody/checkBytes.ts';
import { reviewDisposal } from '../../functions/custody/disposals.ts';
import type { AccessLevel, DocumentKind } from '../../shared/core/archive/documents.ts';
import type { MediaType } from '../../shared/core/files.ts';
import type { TestBook } from './book.ts';
import type { Client } from './client.ts';
import { publishedOf } from './disclosures.ts';

interface Facts {
  readonly title?: string;
  readonly kind?: DocumentKind;
  readonly access?: AccessLevel;
  readonly bodyId?: string | null;
  readonly period?: { readonly from: string; readonly to: string } | null;
  readonly review?: { readonly ownerId: string; readonly next: string } | null;
}

/** Complete facts; what matters to a test is given. */
export const documentFacts = (facts: Facts = {}) => ({
  title: 'A document',
  kind: 'report' as const,
  access: 'officers' as const,
  language: 'en',
  period: null,
  bodyId: null,
  replaces: null,
  review: null,
  ...facts,
});

export const documentOf = async ({ as }: TestBook, facts: Facts = {}) =>
  (await as.secretary.createDocument({ body: documentFacts(facts) })).body;

export const sha256Of = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

export const declarationOf = (name: string, content: string | Uint8Array, type: MediaType = 'text/plain') => ({
  name,
  type,
  size: Buffer.byteLength(content),
  sha256: sha256Of(content),
});

/** Sends a small file with the grant that came with its declaration; it is not complete yet. */
export async function sentOf(
  client: Client,
  documentId: string,
  name: string,
  content: string | Uint8Array,
  type?: MediaType,
) {
  const params = { documentId };
  const upload = (await client.createUpload({ params, body: declarationOf(name, content, type) })).body;
  const { grant } = upload;
  if (grant === null) throw new Error('A small file comes in one piece');
  const body = typeof content === 'string' ? content : Buffer.from(content);
  const answer = await fetch(grant.url, { method: grant.method, headers: grant.headers, body });
  return { upload, status: answer.status, text: await answer.text() };
}

/** Waits until the upload has been examined. */
export async function endOf(client: Client, uploadId: string, seconds = 60) {
  for (const patience = Date.now() + seconds * 1000; ; ) {
    const upload = (await client.getUpload({ params: { uploadId } })).body;
    if (upload.state !== 'received') return upload;
    if (Date.now() > patience) throw new Error(`The upload is still ${upload.state} after ${seconds} seconds`);
    await pause(20);
  }
}

/** Sends a file and waits for what becomes of it. */
export async function uploadedOf(
  client: Client,
  documentId: string,
  name: string,
  content: string | Uint8Array,
  type?: MediaType,
) {
  const { upload, status, text } = await sentOf(client, documentId, name, content, type);
  if (status >= 300) throw new Error(`The store answered ${status}: ${text}`);
  await client.completeUpload({ params: { uploadId: upload.id } }).then(({ body }) => body);
  return endOf(client, upload.id);
}

let count = 0;

/** A document with one sealed version, of other bytes each time unless they are given. */
export async function sealedOf(
  book: TestBook,
  facts: Facts = {},
  content = `Text number ${++count}, ${Math.random()}.`,
) {
  const { id: documentId } = await documentOf(book, facts);
  const upload = await uploadedOf(book.as.secretary, documentId, 'document.txt', content);
  if (upload.state !== 'sealed') throw new Error(`It was ${upload.state}: ${upload.refusal}`);
  return { documentId, sha256: upload.sha256, content };
}

/** A public document that a published disclosure cites. */
export async function publishedDocumentOf(book: TestBook, facts: Facts = {}, at?: string) {
  const sealed = await sealedOf(book, { access: 'public', ...facts });
  const documents = [{ documentId: sealed.documentId, version: 1 }];
  const disclosure = await publishedOf(book, { documents }, at);
  return { ...sealed, disclosure };
}

/** A document whose retention is over, as the round of the archive proposes it. */
export async function proposedOf(book: TestBook, facts: Facts = {}) {
  const period = { from: '1980-01-01', to: '1980-12-31' };
  const { documentId, sha256 } = await sealedOf(book, { kind: 'workplan', period, ...facts });
  await reviewDisposal(documentId, book.services);
  const { version } = (await book.as.secretary.getDocument({ params: { documentId } })).body;
  return { documentId, sha256, version };
}

/** Two officers approve a disposal; it can be carried out a week later. */
export async function approvedOf(book: TestBook, facts: Facts = {}) {
  const proposed = await proposedOf(book, facts);
  const params = { documentId: proposed.documentId };
  const once = (await book.as.secretary.approveDisposal({ params, version: proposed.version })).body;
  const { version } = (await book.as.treasurer.approveDisposal({ params, version: once.version })).body;
  return { ...proposed, version };
}

/** What the jobs are given so many days from now. */
export const servicesIn = ({ services }: TestBook, days: number) => ({
  ...services,
  now: () => new Date(services.now().getTime() + days * 86_400_000),
});

/** A document that is disposed of; its bytes go with the next round. */
export async function disposedOf(book: TestBook, facts: Facts = {}) {
  const approved = await approvedOf(book, facts);
  await reviewDisposal(approved.documentId, servicesIn(book, 8));
  return approved;
}

/** A check finds other bytes under that digest, without anything on the store being changed. */
export async function foundDamaged({ services }: TestBook, sha256: string) {
  const read = async () => Readable.from([Buffer.from('Something else.')]);
  await checkBytes(sha256, { ...services, blobs: { ...services.blobs, read } });
}
