/** `npm run add -- FILE --title TITLE --kind KIND`: puts a file into the archive, and goes on where an earlier attempt broke off. */
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { port } from '../local/settings.ts';
import type { Answer } from '../shared/contract/route.ts';
import type { uploadsRoutes } from '../shared/contract/uploads.ts';
import { documentKinds } from '../shared/core/archive/documents.ts';
import { fileKinds, mediaTypes } from '../shared/core/files.ts';
import { type BookClient, bookClient, examined, measure, RefusedError, sendFile, type Upload } from './sendFile.ts';

const usage = `npm run add -- FILE --title TITLE --kind KIND    a new document, with this file as its first version
npm run add -- FILE --document ID                 the next version of a document
npm run add -- FILE --upload ID                   goes on with an upload that broke off

  --kind      ${documentKinds.join(', ')}
  --access    public, members, body, officers, confidential (officers without it)
  --language  such as en (en without it)
  --period    the days it is about, such as 2023-01-01..2023-12-31
  --body      the identifier of the body that it belongs to

MINUTEBOOK_TOKEN holds your access token; MINUTEBOOK_ADDRESS the address of the book, if it is not on this machine.`;

class UsageError extends Error {}

const options = {
  title: { type: 'string' },
  kind: { type: 'string' },
  access: { type: 'string', default: 'officers' },
  language: { type: 'string', default: 'en' },
  period: { type: 'string' },
  body: { type: 'string' },
  document: { type: 'string' },
  upload: { type: 'string' },
} as const;

async function main(): Promise<void> {
  const { file, values } = readArguments();
  const token = process.env.MINUTEBOOK_TOKEN;
  if (!token) throw new UsageError('Set MINUTEBOOK_TOKEN to your access token.');
  const book = bookClient(process.env.MINUTEBOOK_ADDRESS || `http://localhost:${port()}`, token);
  const begun = values.upload === undefined ? await begin(book, file, values) : await resume(book, file, values.upload);
  if (begun.parts !== null)
    console.log(`Should this break off, go on with: npm run add -- ${file} --upload ${begun.id}`);
  const sent = await sendFile(book, file, begun, showProgress);
  const upload = await examined(book, sent);
  if (upload.state !== 'sealed') throw new RefusedError(0, upload.refusal ?? `The upload is ${upload.state}.`);
  console.log(`Sealed as version ${upload.sealedAs} of document ${upload.documentId}
SHA-256 ${upload.sha256}`);
}

function readArguments() {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const [file, ...more] = parsed.positionals;
  if (file === undefined || more.length > 0) throw new UsageError('Name one file.');
  return { file, values: parsed.values };
}

const parse = () => parseArgs({ options, allowPositionals: true });
type Values = ReturnType<typeof parse>['values'];

async function begin(book: BookClient, file: string, values: Values): Promise<Upload> {
  const type = mediaTypes.find(one =>
    (fileKinds[one].extensions as readonly string[]).includes(extname(file).toLowerCase()),
  );
  if (type === undefined) throw new UsageError(`The archive takes no files that end in "${extname(file)}".`);
  const declaration = { name: basename(file), type, ...(await measure(file)) };
  const documentId = values.document ?? (await createDocument(book, values));
  const path = `/v1/documents/${documentId}/uploads`;
  return book.call<Answer<typeof uploadsRoutes.createUpload>>('POST', path, declaration);
}

async function createDocument(book: BookClient, values: Values): Promise<string> {
  const { title, kind, access, language, body, period } = values;
  if (title === undefined || kind === undefined) throw new UsageError('A new document needs --title and --kind.');
  const days = period === undefined ? null : /^(.+)\.\.(.+)$/.exec(period);
  if (days === null && period !== undefined) throw new UsageError('Write a period as 2023-01-01..2023-12-31.');
  const facts = {
    title,
    kind,
    access,
    language,
    bodyId: body ?? null,
    period: days === null ? null : { from: days[1], to: days[2] },
    replaces: null,
    review: null,
  };
  return (await book.call<{ id: string }>('POST', '/v1/documents', facts)).id;
}

async function resume(book: BookClient, file: string, id: string): Promise<Upload> {
  const upload = await book.call<Upload>('GET', `/v1/uploads/${id}`);
  const { sha256 } = await measure(file);
  if (sha256 !== upload.sha256) throw new UsageError(`${file} is not the file that the upload was declared for.`);
  return upload;
}

function showProgress(done: number, of: number): void {
  const percent = Math.floor((done / of) * 100);
  if (process.stdout.isTTY) process.stdout.write(`\rSent: ${percent} %${done === of ? '\n' : ''}`);
}

try {
  await main();
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
  else if (error instanceof RefusedError) console.error(error.message);
  else if (error instanceof Error && 'code' in error && error.code === 'ENOENT') console.error(error.message);
  else if (error instanceof TypeError && error.message === 'fetch failed') {
    console.error('The book does not answer. Is it running, and is MINUTEBOOK_ADDRESS right?');
  } else throw error;
  process.exitCode = 1;
}
