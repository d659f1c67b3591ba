/** Checks files of a book that lie on this machine: a record with its proof, a folder of them, a whole log. */
import { type Dirent, existsSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type Checked, type Checking, checkEntry, checkLog, checkText, isProofFile } from '../web/verifier/book.ts';
import { decodeText, NotProven } from '../web/verifier/bytes.ts';
import { Unreadable } from '../web/verifier/fetching.ts';
import { isRecord, readJson } from '../web/verifier/json.ts';
import { toldPolicyFile } from './copyLog.ts';
import { checkCertificate, isPdf } from './verifyCertificate.ts';

/** What came of one input. */
export type Result = { readonly input: string } & (
  | { readonly is: 'proven'; readonly checked: Checked }
  | { readonly is: 'not proven' | 'unreadable' | 'not checked' | 'left out'; readonly why: string }
);

const mostFileBytes = 8_000_000;
const mostFiles = 20_000;
const mostLevels = 8;

/** Whatever goes wrong becomes part of the result. */
export async function resultOf(input: string, check: () => Promise<Checked>): Promise<Result> {
  try {
    return { input, is: 'proven', checked: await check() };
  } catch (error) {
    if (error instanceof NotProven) return { input, is: 'not proven', why: error.message };
    if (error instanceof Unreadable) return { input, is: 'unreadable', why: error.message };
    throw error;
  }
}

/** At most one byte more than that; null when there is no such file. @throws {Unreadable} */
async function readLimited(file: string, most: number): Promise<Uint8Array | null> {
  try {
    // What is no file, such as a pipe, might never end.
    if (!(await stat(file)).isFile()) throw new Unreadable(`${file} is no file.`);
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const buffer = new Uint8Array(Math.min(size, most + 1));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new Unreadable(`${file} cannot be read (${code ?? error}).`);
  }
}

async function readWhole(file: string): Promise<Uint8Array> {
  const bytes = await readLimited(file, mostFileBytes);
  if (bytes === null) throw new Unreadable(`There is no file ${file}.`);
  if (bytes.length > mostFileBytes) throw new Unreadable(`${file} is larger than any record.`);
  return bytes;
}

/** Some editors begin a file with a byte order mark. */
const textOf = (bytes: Uint8Array, file: string) => decodeText(bytes, basename(file)).replace(/^\uFEFF/, '');

/** Where the proof of a file may lie beside it. */
const companionsOf = (file: string) => [
  file.replace(/\.json$/i, '.proof.json'),
  `${file}.tlog-proof`,
  file.replace(/\.\w+$/, '.tlog-proof'),
];

/** The proof that lies beside a file; null when none does. */
const besideOf = (file: string) => companionsOf(file).find(one => one !== file && existsSync(one)) ?? null;

/** A file, or a folder with a log or with files. @param proofFile what proves the file, when that is said. */
export async function checkPath(path: string, proofFile: string | null, checking: Checking): Promise<Result[]> {
  const found = await stat(path).catch(() => null);
  if (found === null) return [{ input: path, is: 'unreadable', why: `There is no ${path}.` }];
  if (!found.isDirectory()) return [await resultOf(path, () => checkFile(path, proofFile, checking))];
  try {
    return await checkFolder(path, checking);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = error instanceof Unreadable ? error.message : `${path} cannot be read (${code}).`;
    if (code === undefined && !(error instanceof Unreadable)) throw error;
    return [{ input: path, is: 'unreadable', why }];
  }
}

const isLog = (folder: string) => existsSync(join(folder, 'checkpoint')) && existsSync(join(folder, 'tile'));

/** What is the log itself, or was told with it, in a folder that holds one. */
const ofLog = ['checkpoint', 'tile', 'keys.txt', toldPolicyFile];

async function checkFile(file: string, said: string | null, checking: Checking): Promise<Checked> {
  const bytes = await readWhole(file);
  const beside = said ?? besideOf(file);
  const proof = beside === null ? null : textOf(await readWhole(beside), beside);
  // An entry need not be a text.
  if (proof !== null && isProofFile(proof)) return checkEntry(bytes, proof, checking);
  if (isPdf(bytes)) return checkCertificate(bytes, proof, checking);
  const text = textOf(bytes, file);
  const entry = file.replace(/\.tlog-proof$/, '');
  if (isProofFile(text) && entry !== file && existsSync(entry))
    return checkEntry(await readWhole(entry), text, checking);
  return checkText(text, proof, checking);
}

async function checkFolder(folder: string, checking: Checking): Promise<Result[]> {
  const results: Result[] = [];
  const { logs, files, others } = await filesBelow(folder);
  for (const log of logs) results.push(await resultOf(log, () => checkLogFolder(log, checking)));
  const records = files.filter(file => /\.json$/i.test(file));
  const proofs = new Set(records.map(besideOf));
  const strange: string[] = [];
  for (const file of files) {
    if (proofs.has(file)) continue;
    if (!/\.(json|tlog-proof)$/i.test(file)) {
      if (besideOf(file) === null) strange.push(file);
      continue;
    }
    const why = await notOfABook(file);
    results.push(
      why === null
        ? await resultOf(file, () => checkFile(file, null, checking))
        : { input: file, is: 'not checked', why },
    );
  }
  results.push(...others.map(([input, why]) => ({ input, is: 'not checked' as const, why })));
  if (strange.length > 0) {
    const why = `${strange.length} other files, which are neither records nor proofs, such as ${basename(strange[0] ?? '')}.`;
    results.push({ input: folder, is: 'left out', why });
  }
  if (results.every(({ is }) => is === 'left out' || is === 'not checked')) {
    results.push({ input: folder, is: 'unreadable', why: 'The folder holds no records, no proofs and no log.' });
  }
  return results;
}

/** Why a file has nothing to do with a log; null when it has, or cannot be read at all. */
async function notOfABook(file: string): Promise<string | null> {
  try {
    const text = textOf(await readWhole(file), file);
    const value = isProofFile(text) ? null : readJson(text);
    const isOurs =
      value === null || (isRecord(value) && ['proof', 'proven', 'sealed', 'entry'].some(field => field in value));
    return isOurs || besideOf(file) !== null ? null : 'It names no proof, and none lies beside it.';
  } catch {
    return null;
  }
}

async function filesBelow(folder: string) {
  const logs: string[] = [];
  const files: string[] = [];
  const others: (readonly [path: string, why: string])[] = [];
  async function look(at: string, level: number): Promise<void> {
    const hasLog = isLog(at);
    if (hasLog) logs.push(at);
    const names = (await readdir(at, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of names) {
      const path = join(at, entry.name);
      if (hasLog && ofLog.includes(entry.name)) continue;
      if (entry.isDirectory() && level < mostLevels) await look(path, level + 1);
      else if (entry.isDirectory()) others.push([path, 'It lies too deep. Check this folder by itself.']);
      else if (entry.isFile()) files.push(path);
      else others.push([path, 'It is no file, but a link or something else.']);
      if (files.length + others.length > mostFiles)
        throw new Unreadable(`${folder} holds more than ${mostFiles} files.`);
    }
  }
  await look(folder, 0);
  return { logs, files, others };
}

/** A whole log as files, with every file of it that the checkpoint vouches for. */
async function checkLogFolder(folder: string, checking: Checking): Promise<Checked> {
  const seen = new Set<string>();
  const read = (path: string, most: number) => {
    seen.add(path);
    return readLimited(join(folder, path), most);
  };
  const widths = async (path: string): Promise<number[]> => {
    const names = await readdir(join(folder, `${path}.p`)).catch(() => []);
    return names.filter(name => /^[1-9]\d{0,2}$/.test(name)).map(Number);
  };
  const checked = await checkLog(read, checking, widths);
  const others = (await allFiles(join(folder, 'tile')))
    .map(file => relative(folder, file))
    .filter(path => !seen.has(path));
  if (others.length === 0) return checked;
  const { told } = checked;
  const words = `${others.length} files that the checkpoint does not cover, such as ${others[0]}.`;
  return { ...checked, told: { ...told, notProven: [...told.notProven, words] } };
}

async function allFiles(folder: string): Promise<string[]> {
  const entries: Dirent[] = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

/** For messages: where a file lies, without what everybody knows. */
export const shortOf = (file: string) =>
  file.startsWith(process.cwd()) ? relative(process.cwd(), file) || dirname(file) : file;
