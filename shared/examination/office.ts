/** Office documents, OOXML (ECMA-376) and ODF (OASIS 1.3): archives whose every entry is unpacked and looked at, within limits. */
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import { fileKinds, isMediaType, type MediaType } from '../core/files.ts';
import { isCompoundFile, isZip, programIn } from './signatures.ts';

const maxEntries = 10_000;
/** How many times its size what is packed may unpack to, once that is more than some megabytes. */
const maxRatio = 200;
const ratioFreeBytes = 10_000_000;
/** Lists and documents within documents are kept in memory. */
const maxKeptBytes = 20_000_000;

const damaged = 'The file is damaged, or not an office document. Open it, save it anew and send that.';
const tooMuch = 'The file unpacks to far more than a document holds. Save it anew, with fewer or smaller pictures.';
const password = 'The file is protected with a password. Save it without one and send that.';
const macros = 'The file contains macros or other programs. Save it without them, or as a PDF, and send that.';
const objects = 'The file has objects of other programs embedded. Replace them by pictures, or save it as a PDF.';

/** What is left of the limits, for a document and all within it. */
export interface Allowance {
  bytes: number;
  entries: number;
}

/** Says what is wrong with a document. */
class Refusal extends Error {}

/** What is wrong with an office document of that type, as a sentence; null when nothing is. */
export async function officeProblem(path: string, type: MediaType, maxUnpackedBytes: number): Promise<string | null> {
  const allowance = { bytes: maxUnpackedBytes, entries: maxEntries };
  try {
    const found = await documentType(() => openPromise(path, zipOptions), allowance, true);
    return found === type ? null : `The file is of the type ${fileKinds[found].label}. Declare it as that.`;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    // Of the system, not of the archive: the file may be in order.
    if (error instanceof Error && 'syscall' in error) throw error;
    return damaged;
  }
}

// Names with a backslash, an absolute path or ".." are errors.
const zipOptions = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true } as const;

/** True for a compound file that holds an encrypted OOXML document: its directory then names the package (MS-OFFCRYPTO, 1.3.2). */
export async function isEncryptedOffice(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const header = Buffer.alloc(512);
    await file.read(header, 0, 512, 0);
    const sectorBytes = header.readUInt16LE(30) === 12 ? 4096 : 512;
    const directory = Buffer.alloc(4096);
    await file.read(directory, 0, 4096, (header.readUInt32LE(48) + 1) * sectorBytes);
    return directory.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  } finally {
    await file.close();
  }
}

/** Unpacks all entries. @throws {Refusal} */
async function documentType(
  openZip: () => Promise<ZipFile>,
  allowance: Allowance,
  outermost: boolean,
): Promise<MediaType> {
  const zip = await openZip();
  try {
    const entries = await listEntries(zip, allowance);
    const lists = new Map<string, Buffer>();
    for (const entry of entries) {
      refuseName(entry.fileName);
      const { head, content } = await unpack(zip, entry, allowance);
      if (programIn(head) !== undefined) throw new Refusal(macros);
      if (isCompoundFile(head)) throw new Refusal(/vba/i.test(entry.fileName) ? macros : objects);
      if (isZip(head)) {
        // Charts keep their numbers in a workbook; a workbook within that one has no reason to be there.
        if (!outermost || content === undefined) throw new Refusal(objects);
        await documentType(() => fromBufferPromise(content, zipOptions), allowance, false);
      }
      if (content !== undefined && isList(entry.fileName)) lists.set(entry.fileName, content);
    }
    return typeByLists(lists);
  } finally {
    zip.close();
  }
}

async function listEntries(zip: ZipFile, allowance: Allowance): Promise<Entry[]> {
  const entries: Entry[] = [];
  const names = new Set<string>();
  let [packed, unpacked] = [0, 0];
  for await (const entry of zip.eachEntry()) {
    allowance.entries--;
    packed += entry.compressedSize;
    unpacked += entry.uncompressedSize;
    if (entry.isEncrypted()) throw new Refusal(password);
    if (allowance.entries < 0 || unpacked > allowance.bytes || isBomb(packed, unpacked)) throw new Refusal(tooMuch);
    // Which of two is read depends on the reader.
    const name = entry.fileName.toLowerCase();
    if (names.has(name)) throw new Refusal(damaged);
    names.add(name);
    entries.push(entry);
  }
  if (shareBytes(entries)) throw new Refusal(tooMuch);
  return entries;
}

/** Entries that share bytes are how small archives unpack to petabytes. */
function shareBytes(entries: readonly Entry[]): boolean {
  let free = 0;
  return entries
    .toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
    .some(({ relativeOffsetOfLocalHeader: start, compressedSize }) => {
      const shares = start < free;
      free = start + localHeaderBytes + compressedSize;
      return shares;
    });
}

/** At least: its name follows. */
const localHeaderBytes = 30;

const isBomb = (packed: number, unpacked: number) => unpacked > Math.max(ratioFreeBytes, packed * maxRatio);

/** Unpacks to the end; only documents and lists are kept. */
async function unpack(zip: ZipFile, entry: Entry, allowance: Allowance): Promise<{ head: Buffer; content?: Buffer }> {
  let [head, size, sum] = [Buffer.alloc(0), 0, 0];
  const chunks: Buffer[] = [];
  const stream = await zip.openReadStreamPromise(entry);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    allowance.bytes -= chunk.length;
    if (allowance.bytes < 0) throw new Refusal(tooMuch);
    sum = crc32(chunk, sum);
    if (head.length < 16) head = Buffer.concat([head, chunk.subarray(0, 16)]);
    if (size <= maxKeptBytes && (isZip(head) || isList(entry.fileName))) chunks.push(chunk);
  }
  if (sum !== entry.crc32) throw new Refusal(damaged);
  return size > maxKeptBytes || chunks.length === 0 ? { head } : { head, content: Buffer.concat(chunks) };
}

/** Folders and files that hold programs, in either format. */
const programName =
  /(^|\/)(vba|activex|macrosheets|dialogsheets|basic|scripts|dialogs)\/|vbaproject|vbadata|\.(exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|msi|lnk|sh|py)$/i;

function refuseName(name: string): void {
  if (programName.test(name)) throw new Refusal(macros);
  if (/(^|\/)oleObject[^/]*\.bin$/i.test(name)) throw new Refusal(objects);
}

const contentTypes = '[Content_Types].xml';
const isList = (name: string) => name === contentTypes || name === 'mimetype' || name === 'META-INF/manifest.xml';

/** What a document calls itself. */
function typeByLists(lists: ReadonlyMap<string, Buffer>): MediaType {
  const [types, mimetype] = [lists.get(contentTypes), lists.get('mimetype')];
  // One that is both would be one thing to one office, and another to the next.
  if ((types === undefined) === (mimetype === undefined)) throw new Refusal(damaged);
  const type = types === undefined ? mimetype?.toString('utf8').trim() : mainPart(plainXml(types));
  if (mimetype !== undefined) {
    const manifest = plainXml(lists.get('META-INF/manifest.xml') ?? Buffer.alloc(0));
    if (manifest.includes('encryption-data')) throw new Refusal(password);
  }
  if (type === undefined || !isMediaType(type)) throw new Refusal(damaged);
  return type;
}

function mainPart(types: string): string | undefined {
  if (/macroEnabled|vba|macrosheet|activeX/i.test(types)) throw new Refusal(macros);
  const main = /application\/vnd\.openxmlformats-officedocument\.([a-z]+)ml\.([a-z]+)\.main\+xml/gi;
  const parts = new Set([...types.matchAll(main)].map(([, family, kind]) => `${family}ml.${kind}`));
  // Templates and slide shows are other kinds, and two main parts are none.
  if (parts.size !== 1) return undefined;
  const [part] = parts;
  return `application/vnd.openxmlformats-officedocument.${part}`;
}

/** XML in which everything is written as it is meant: in UTF-8, without entities and references. */
function plainXml(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (text.includes('\0') || text.includes('<!DOCTYPE') || text.includes('&#')) throw new Refusal(damaged);
  return text;
}
