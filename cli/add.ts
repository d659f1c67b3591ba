/** `npm run add -- FILE --title TITLE --kind KIND`: puts a file into the archive, and goes on where an earlier attempt broke off. */
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { port, SettingError } from '../local/settings.ts';
import type { Answer } from '../shared/contract/route.ts';
import type { uploadsRoutes } from '../shared/contract/uploads.ts';
import { documentKinds } from '../shared/core/archive/documents.ts';
import { allowedKinds, fileKinds, mediaTypes, nameProblem } from '../shared/core/files.ts';
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
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { file, values } = readArguments();
  if (values.help) return console.log(usage);
  if (file === undefined) throw new UsageError('Name one file.');
  const token = process.env.MINUTEBOOK_TOKEN?.trim();
  if (!token) throw new UsageError('Set MINUTEBOOK_TOKEN to your access token.');
  if (!/^[\w.~+/-]+=*$/.test(token))
    throw new UsageError('MINUTEBOOK_TOKEN holds something else than an access token.');
  const address = process.env.MINUTEBOOK_ADDRESS || `http://localhost:${port()}`;
  if (!/^https?:/.test(URL.parse(address)?.protocol ?? ''))
    throw new UsageError(`MINUTEBOOK_ADDRESS must be an address such as https://book.example.org, not "${address}".`);
  const book = bookClient(address, token);
  const begun = values.upload === undefined ? await begin(book, file, values) : await resume(book, file, values.upload);
  if (begun.parts !== null)
    console.log(`Should this break off, go on with: npm run add -- ${quoted(file)} --upload ${begun.id}`);
  const sent = await sendFile(book, file, begun, showProgress);
  const upload = await examined(book, sent);
  if (upload.state !== 'sealed') throw new RefusedError(0, `${refusalOf(upload)}\n${another(upload.documentId)}`);
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
  if (more.length > 0) throw new UsageError('Name one file. Put a name with spaces in quotation marks.');
  return { file, values: parsed.values };
}

const parse = () => parseArgs({ options, allowPositionals: true });
type Values = ReturnType<typeof parse>['values'];

async function begin(book: BookClient, file: string, values: Values): Promise<Upload> {
  // What the book would refuse is said before it gets a document without a version.
  const [name, extension] = [basename(file), extname(file).toLowerCase()];
  const type = mediaTypes.find(one => (fileKinds[one].extensions as readonly string[]).includes(extension));
  if (type === undefined) {
    const ending = extension === '' ? 'without an ending such as .pdf' : `that end in "${extension}"`;
    throw new UsageError(`The archive takes no files ${ending}. It takes ${allowedKinds}.`);
  }
  const problem = nameProblem(name);
  if (problem !== null) throw new UsageError(`${name}: ${problem}`);
  const bytes = await measure(file);
  if (bytes.size === 0) throw new UsageError(`${file} is empty.`);
  const documentId = values.document ?? (await createDocument(book, values));
  const path = `/v1/documents/${documentId}/uploads`;
  return book.call<Answer<typeof uploadsRoutes.createUpload>>('POST', path, { name, type, ...bytes });
}

const refusalOf = ({ refusal, state }: Upload) => refusal ?? `The upload is ${state}.`;

const another = (documentId: string) =>
  `The document has no version of it. Add another file with: npm run add -- FILE --document ${documentId}`;

const quoted = (file: string) => (/^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`);

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

/** What to tell somebody of an error; undefined for a fault of the program. */
function complaintAbout(error: unknown): string | undefined {
  if (error instanceof UsageError) return `${error.message}\n\n${usage}`;
  if (error instanceof SettingError) return error.message;
  if (error instanceof RefusedError) {
    const isUnknown = error.status === 404;
    return isUnknown ? 'The book knows no such document or upload, or does not show it to you.' : error.message;
  }
  if (!(error instanceof Error)) return undefined;
  if (error.message === 'fetch failed')
    return 'The book does not answer. Is it running, and is MINUTEBOOK_ADDRESS right?';
  const { code = '', path } = error as NodeJS.ErrnoException;
  return {
    ENOENT: `There is no file ${path}.`,
    EISDIR: 'Name a file, not a folder.',
    EACCES: `You may not read ${path}.`,
  }[code];
}

try {
  await main();
} catch (error) {
  const complaint = complaintAbout(error);
  if (complaint === undefined) throw error;
  console.error(complaint);
  process.exitCode = 1;
}
