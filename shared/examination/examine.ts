/** Examines a file that was sent: whether it arrived whole, whether it is what it claims to be, and what it says. */
import type { Readable } from 'node:stream';
import {
  allowedKinds,
  type Condition,
  type Finding,
  fileKinds,
  isMediaType,
  type MediaType,
  typeProblem,
} from '../core/files.ts';
import type { Bytes } from '../ports/blobStore.ts';
import { type Ends, receive, type Sink } from './arrival.ts';
import { JsonCheck } from './json.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { isEncryptedOffice, officeProblem } from './office.ts';
import { readInProcess } from './pdfReader.ts';
import { describe, isCompoundFile, isZip, textIn, typeOf } from './signatures.ts';
import { openSpool, type Spool } from './spool.ts';
import { endsWithRoot, readXml, TextCheck } from './texts.ts';

/** What the sender says of a file. */
export interface Declared extends Bytes {
  readonly name: string;
  readonly type: string;
}

/**
 * Reads the file once, from front to back, with the same memory for every size, and keeps a copy of it on disk only while it
 * has to be read from anywhere.
 *
 * The content decides what a file is; its name and type must fit. The caller keeps the promise that names are valid
 * ({@link nameProblem}).
 *
 * @throws whatever `open`, the stream, the temporary folder or starting the reader throws: nothing is known of the file then,
 * and nothing of it is left. Examine it again.
 */
export async function examine(
  open: () => Promise<Readable>,
  declared: Declared,
  limits: Partial<Limits> = {},
): Promise<Finding> {
  const all = { ...defaultLimits, ...limits };
  const { name, type, size } = declared;
  if (!isMediaType(type)) return refuse(`Files of the type ${type} cannot be archived. ${onlyThese}`);
  const problem = typeProblem(name, type);
  if (problem !== null) return refuse(problem);
  if (size === 0) return refuse('The file is empty.');
  const kind = kindOf(type);
  if (kind === 'office' && size > all.maxReadBytes) {
    return refuse(`An office document may have at most ${all.maxReadBytes} bytes. Save it as a PDF and send that.`);
  }
  const spool = (kind === 'pdf' || kind === 'office') && size <= all.maxReadBytes ? await openSpool() : undefined;
  try {
    return await examiners[kind]({
      type,
      limits: all,
      spool,
      receive: sinks => take(open, declared, sinks, spool),
    });
  } catch (error) {
    if (error instanceof DamagedError) return refuse('The file arrived damaged. Send it again.');
    throw error;
  } finally {
    await spool?.remove();
  }
}

/** The bytes that arrived are not those that were announced. */
class DamagedError extends Error {}

interface Job {
  readonly type: MediaType;
  readonly limits: Limits;
  readonly spool: Spool | undefined;
  receive(sinks: readonly Sink[]): Promise<Ends>;
}

async function take(open: () => Promise<Readable>, bytes: Bytes, sinks: readonly Sink[], spool?: Spool): Promise<Ends> {
  const ends = await receive(await open(), bytes, spool === undefined ? sinks : [...sinks, spool.sink]);
  if (ends === undefined) throw new DamagedError();
  return ends;
}

type Kind = 'pdf' | 'office' | 'image' | 'text' | 'json' | 'xml';

const kinds: Partial<Record<MediaType, Kind>> = {
  'application/pdf': 'pdf',
  'image/png': 'image',
  'image/jpeg': 'image',
  'text/plain': 'text',
  'text/csv': 'text',
  'application/json': 'json',
  'application/xml': 'xml',
};
const kindOf = (type: MediaType): Kind => kinds[type] ?? 'office';

const examiners: Record<Kind, (job: Job) => Promise<Finding>> = {
  async pdf({ type, limits, spool, receive }) {
    const { head } = await receive([]);
    // Readers forgive what comes before, by which one file can be two things.
    if (!/^%PDF-\d/.test(head.toString('latin1', 0, 8))) return mismatch(head, type);
    if (spool === undefined) return accept('unread', 'It is too large to be read.');
    return readInProcess(spool.path, limits);
  },

  async office({ type, limits, spool, receive }) {
    const { head } = await receive([]);
    if (spool === undefined) return mismatch(head, type);
    if (isCompoundFile(head) && (await isEncryptedOffice(spool.path))) {
      return refuse('The file is protected with a password. Save it without one and send that.');
    }
    if (!isZip(head)) return mismatch(head, type);
    const problem = await officeProblem(spool.path, type, limits.maxUnpackedBytes);
    return problem === null ? accept() : refuse(problem);
  },

  async image({ type, receive }) {
    const { head, tail } = await receive([]);
    const found = await typeOf(head);
    const png = type === 'image/png';
    if (found !== type && !(png && found === 'image/apng')) return mismatch(head, type);
    // The last chunk of a PNG, the end marker of a JPEG.
    const end = png ? Buffer.from('IEND') : Buffer.from([0xff, 0xd9]);
    return tail.includes(end) ? accept() : accept('broken', 'Its end is missing.');
  },

  async text({ type, receive }) {
    const text = new TextCheck();
    const { head } = await receive([text]);
    return (await textMismatch(head, type, text)) ?? accept();
  },

  async json({ type, receive }) {
    const [text, json] = [new TextCheck(), new JsonCheck()];
    const { head } = await receive([text, json]);
    const problem = await textMismatch(head, type, text);
    if (problem !== null) return problem;
    return json.end() ? accept() : refuse('The file is not valid JSON. Correct it, and leave out a byte order mark.');
  },

  async xml({ type, receive }) {
    const text = new TextCheck();
    const { head, tail } = await receive([text]);
    const wrong = text.end();
    if (wrong !== null) return notText(head, type, wrong);
    const xml = readXml(head);
    if (xml.problem !== null) return refuse(`${xml.problem} ${onlyThese}`);
    return endsWithRoot(tail, xml.root) ? accept() : accept('broken', 'Its last element is not closed.');
  },
};

/** Refuses what is no text, or a text that is something else. */
async function textMismatch(head: Buffer, type: MediaType, text: TextCheck): Promise<Finding | null> {
  const wrong = text.end();
  if (wrong !== null) return notText(head, type, wrong);
  const kind = textIn(head.toString('utf8'));
  return kind === undefined ? null : mismatch(head, type);
}

async function notText(head: Buffer, type: MediaType, wrong: string): Promise<Finding> {
  return (await describe(head)) === undefined ? refuse(wrong) : mismatch(head, type);
}

const onlyThese = `Only these kinds can be archived: ${allowedKinds}.`;

const refuse = (refused: string): Finding => ({ refused });

async function mismatch(head: Buffer, type: MediaType): Promise<Finding> {
  return refuse(
    `The file is ${(await describe(head)) ?? 'something else'}, not ${fileKinds[type].label}. ${onlyThese}`,
  );
}

function accept(condition: Condition = 'sound', note: string | null = null): Finding {
  return { refused: null, condition, note, pages: null, title: null, text: null };
}
