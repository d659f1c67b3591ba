/** What documents cost on AWS: calls and capacity units of each step from the declaration of a file to its download. */
import type { S3Client } from '@aws-sdk/client-s3';
import { checkBytes } from '../functions/custody/checkBytes.ts';
import { ingestUpload } from '../functions/ingest/ingestUpload.ts';
import { embeddedServices } from '../local/services.ts';
import { dynamoRecordStore } from '../shared/adapters/dynamoRecordStore.ts';
import { s3BlobStore } from '../shared/adapters/s3BlobStore.ts';
import { sha256 } from '../shared/core/digest.ts';
import { closeReader } from '../shared/examination/pdfReader.ts';
import type { Services } from '../shared/http/operation.ts';
import { meter } from '../test/support/consumedCapacity.ts';
import { createTables, dynamoLocalMissing, startDynamoLocal } from '../test/support/dynamoLocal.ts';
import { pdfOf } from '../test/support/pdfs.ts';
import { createBuckets, s3ServerMissing, startS3Server } from '../test/support/s3Server.ts';
import { archivistEmail, caller, foundBook } from './handlerCalls.ts';
import { printTable, type Row, round } from './table.ts';

export async function archive(): Promise<void> {
  const missing = dynamoLocalMissing() ?? s3ServerMissing();
  if (missing !== undefined) return console.log(`\nThe cost of documents is left out: ${missing}.`);
  const [dynamo, s3] = [await startDynamoLocal(), await startS3Server()];
  const { client, tables } = await createTables(dynamo.endpoint);
  const buckets = await createBuckets(s3.endpoint);
  try {
    const store = s3BlobStore({ ...buckets, scanned: false });
    const services: Services = {
      ...embeddedServices(dynamoRecordStore({ client, tables }), null, { blobs: store }),
      verifyToken: async () => ({
        issuer: 'https://issuer.bench.example',
        subject: 'archivist',
        email: archivistEmail,
      }),
    };
    await measureSteps(services, meter(client), countS3(buckets.client));
  } finally {
    client.destroy();
    buckets.client.destroy();
    await closeReader();
    await Promise.all([dynamo.stop(), s3.stop()]);
  }
}

async function measureSteps(services: Services, units: ReturnType<typeof meter>, s3: S3Calls): Promise<void> {
  const call = caller(services);
  const body = await foundBook(services, call);
  const rows: Row[] = [];
  const step = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    units.reset();
    s3.reset();
    const result = await work();
    rows.push({
      step: name,
      'DynamoDB calls': units.calls,
      'read units': round(units.readUnits, 1),
      'write units': units.writeUnits,
      S3: s3.told(),
    });
    return result;
  };

  const pdf = await pdfOf(['A page.', 'Another page.']);
  const declaration = { name: 'report.pdf', type: 'application/pdf', size: pdf.length, sha256: sha256(pdf) };
  const facts = {
    title: 'A report',
    kind: 'report',
    access: 'public',
    language: 'en',
    period: null,
    bodyId: body,
    replaces: null,
    review: null,
  };
  const document = await step('record the document', () => call('createDocument', {}, facts));
  const params = { documentId: String(document.id) };
  const upload = await step('declare the upload', () => call('createUpload', params, declaration));
  const grant = upload.grant as { url: string; headers: Record<string, string> };
  await step('send the bytes', () =>
    fetch(grant.url, { method: 'PUT', headers: grant.headers, body: new Uint8Array(pdf) }),
  );
  const uploadId = String(upload.id);
  await step('complete the upload', () => call('completeUpload', { uploadId }));
  await step('examine and seal', () => ingestUpload(uploadId, services));
  await step('ask for its state', () => call('getUpload', { uploadId }));
  const documents = [{ ...params, version: 1 }];
  const content = {
    title: 'A report',
    category: 'other',
    summary: '',
    language: 'en',
    period: null,
    links: [],
    documents,
  };
  const draft = await step('draft a disclosure with it', () => call('createDisclosure', {}, content));
  await step('publish it', () => call('publishDisclosure', { disclosureId: String(draft.id) }, {}, 1));
  await step('read its page of data', () => call('getDisclosure', { disclosureId: String(draft.id) }));
  await step('lead the public to the bytes', () => call('readFile', { ...params, version: '1' }));
  await step('give a link to one person', () => call('retrieveFile', { ...params, version: '1' }, {}));
  await step('read it again (fixity)', () => checkBytes(declaration.sha256, services));
  printTable('A small PDF, from its declaration to its download. Bytes through functions of the API: none', rows);
}

interface S3Calls {
  /** The commands since the last time, by name. */
  told(): string;
  reset(): void;
}

function countS3(client: S3Client): S3Calls {
  const commands: string[] = [];
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      args => {
        commands.push(commandName.replace('Command', ''));
        return next(args);
      },
    // Signing an address passes here too, and sends nothing.
    { step: 'deserialize', name: 'countS3', priority: 'low' },
  );
  return {
    told: () => [...new Set(commands)].map(name => `${commands.filter(one => one === name).length} ${name}`).join(', '),
    reset: () => commands.splice(0),
  };
}

if (import.meta.main) await archive();
