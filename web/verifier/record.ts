/** Compares what a book shows of a record with what its log has sealed, and says what is proven by that, and what is not. */
import { encodeText, NotProven } from './bytes.ts';
import { compareFields } from './fields.ts';
import { canonical, fieldOf, isRecord, type Json, type JsonRecord } from './json.ts';
import { type Judged, judge, type Policy } from './policy.ts';
import { entryOf, readProofFile, verifyInclusion } from './proof.ts';

/** Names what a statement or event is about. */
export interface RecordName {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
}

/** What was proven. */
export interface Finding extends Judged {
  /** What the book says in public, what somebody did, or only that some entry stands in the log. */
  readonly what: 'statement' | 'event' | 'entry';
  /** Null for an entry. */
  readonly record: RecordName | null;
  /** When it was, as the book says; null for an entry. */
  readonly at: string | null;
  readonly origin: string;
  readonly index: number;
  readonly size: number;
  /** The fields that are proven: of the record when there is one, else of what was sealed. */
  readonly fields: readonly string[];
  /** Fields of the record that nobody has sealed; null when no record was compared. */
  readonly uncovered: readonly string[] | null;
  /** What was sealed. */
  readonly sealed: JsonRecord | null;
}

/** What a book answers when it is asked for a proof. */
export interface Proven {
  readonly sealed: JsonRecord & { readonly at: string };
  readonly salt: string;
  readonly index: number;
  /** The text of a tlog-proof file. */
  readonly proof: string;
}

/** These fields, and no others. */
export const hasExactly = (record: JsonRecord, ...fields: string[]) =>
  Object.keys(record).sort().join() === fields.sort().join();

/** Whether it looks like a proven statement or event. Nothing is proven by that. */
export const isProven = (value: Json): boolean => isRecord(value) && 'sealed' in value && 'proof' in value;

/** @throws {NotProven} it has another form. */
export function readProven(value: Json): Proven {
  if (!isRecord(value) || !hasExactly(value, 'sealed', 'salt', 'index', 'proof')) {
    throw new NotProven('This is no proven statement: it has the fields sealed, salt, index and proof, and no others.');
  }
  const { sealed, salt, index, proof } = value;
  const at = isRecord(sealed) ? sealed.at : undefined;
  if (!isRecord(sealed) || typeof at !== 'string' || typeof salt !== 'string' || typeof proof !== 'string') {
    throw new NotProven('This is no proven statement: its fields hold something else.');
  }
  if (typeof index !== 'number') throw new NotProven('This is no proven statement: its index is no number.');
  return { sealed: { ...sealed, at }, salt, index, proof };
}

function nameIn(sealed: JsonRecord): RecordName {
  const name = fieldOf(sealed, 'record');
  if (isRecord(name) && hasExactly(name, 'kind', 'id', 'version')) {
    const { kind, id, version } = name;
    if (typeof kind === 'string' && typeof id === 'string' && typeof version === 'number') return { kind, id, version };
  }
  throw new NotProven('What was sealed does not say of which record it is.');
}

/** Statement or event: neither may be taken for the other. */
function kindOf(sealed: JsonRecord): 'statement' | 'event' {
  if (hasExactly(sealed, 'at', 'record', 'content') && isRecord(fieldOf(sealed, 'content'))) return 'statement';
  if (typeof sealed.id === 'string' && typeof sealed.operation === 'string' && Array.isArray(sealed.changes))
    return 'event';
  throw new NotProven('What was sealed is neither a statement nor an event.');
}

/** Seal, entry, inclusion, signatures. @throws {NotProven} what is not proven, and why. */
export async function verifyProven(value: Json, policy: Policy): Promise<Finding> {
  const { sealed, salt, index, proof } = readProven(value);
  const what = kindOf(sealed);
  const record = nameIn(sealed);
  const found = await verifyEntry(await entryOf(sealed, salt), proof, policy);
  if (found.index !== index) throw new NotProven(`The proof is of entry ${found.index}, and ${index} is said.`);
  const fields = Object.keys(what === 'statement' ? (sealed.content as JsonRecord) : sealed);
  return { ...found, what, record, at: sealed.at, fields, sealed };
}

/** That these bytes are an entry of the log. @param proof the text of a tlog-proof file. @throws {NotProven} */
export async function verifyEntry(entry: Uint8Array, proof: string, policy: Policy): Promise<Finding> {
  const { index, proof: hashes, checkpoint } = readProofFile(proof);
  const judged = await judge(checkpoint, policy);
  await verifyInclusion(entry, index, hashes, checkpoint);
  const { origin, size } = checkpoint;
  return {
    ...judged,
    what: 'entry',
    record: null,
    at: null,
    origin,
    index,
    size,
    fields: [],
    uncovered: null,
    sealed: null,
  };
}

/** As `verifyEntry`, for the answer of a book: `{ entry, proof }`. @throws {NotProven} */
export async function verifyEntryAnswer(value: JsonRecord, policy: Policy): Promise<Finding> {
  const { entry, proof } = value;
  if (!hasExactly(value, 'entry', 'proof') || typeof entry !== 'string' || typeof proof !== 'string') {
    throw new NotProven('This is no entry of a log with its proof.');
  }
  return verifyEntry(encodeText(entry), proof, policy);
}

/** Rules apply before the book has any of its own; facts do not. */
export const kindsWithUsual = ['rulebook', 'retention-schedule'];

/** Where a book answers with the proven statement. */
export const proofAddress = ({ kind, id, version }: RecordName) => `/v1/log/records/${kind}/${id}/versions/${version}`;

/**
 * Compares a record, as a book shows it, field by field with the proven statement of what the book says in public.
 * @throws {NotProven} what is not proven, and why.
 */
export async function verifyRecord(record: Json, proven: Json, policy: Policy): Promise<Finding> {
  if (!isRecord(record)) throw new NotProven('This is no record.');
  const finding = await verifyProven(proven, policy);
  const { what, record: name, sealed } = finding;
  if (what !== 'statement' || name === null || sealed === null) {
    throw new NotProven('This is the proof of an event; a record is proven by a statement.');
  }
  const id = fieldOf(record, 'id');
  if (id !== undefined && id !== name.id) {
    throw new NotProven(
      `The record is ${canonical(id).slice(0, 80)}, and the statement is about ${name.kind} ${name.id}.`,
    );
  }
  const version = fieldOf(record, 'version');
  if (typeof version === 'number' && version < name.version) {
    throw new NotProven(`The record is version ${version}, and the statement is about version ${name.version}.`);
  }
  const namesIt = compareProof(fieldOf(record, 'proof'), name, finding.index);
  if (id === undefined && !namesIt) {
    throw new NotProven(
      `The record does not say that it is ${name.kind} ${name.id}: it has no id, and names no proof.`,
    );
  }
  const uncovered = compareFields(record, sealed.content as JsonRecord, kindsWithUsual.includes(name.kind));
  const apart = new Set([...uncovered, 'id', 'proof']);
  return { ...finding, fields: Object.keys(record).filter(field => !apart.has(field)), uncovered };
}

/** @returns whether the record names this as its proof; it may name none. @throws {NotProven} it names another one. */
function compareProof(proof: Json | undefined, name: RecordName, index: number): boolean {
  if (proof === undefined || proof === null || proof === 'pending') return false;
  const own = proofAddress(name);
  const said =
    isRecord(proof) && typeof proof.url === 'string' && URL.canParse(proof.url, 'https://book.invalid') ? proof : null;
  if (said === null || new URL(String(said.url), 'https://book.invalid').pathname !== own || said.index !== index) {
    throw new NotProven(`The record names another proof than that of entry ${index}, ${own}.`);
  }
  return true;
}
