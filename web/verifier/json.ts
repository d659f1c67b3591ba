/** JSON read so that nobody can read it differently, and written as RFC 8785 has it: the one text that everybody comes to. */
import { NotProven } from './bytes.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonRecord;
export interface JsonRecord {
  readonly [field: string]: Json;
}

/** Longer texts are no record of a book. */
const mostCharacters = 8_000_000;
const mostLevels = 100;

export const isRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of its own, and nothing that every object has. */
export const fieldOf = (record: JsonRecord, name: string): Json | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** @throws {NotProven} it is no JSON value (RFC 8785, section 3.1: RFC 7493). */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'string' && value.isWellFormed()) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') throw new NotProven('Only JSON can be sealed.');
  // By UTF-16 code units, as RFC 8785 sorts.
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, one]) => `${canonical(name)}:${canonical(one)}`).join(',')}}`;
}

/**
 * Unlike JSON.parse it refuses what two readers could take for different things: a field that stands there twice, halves of
 * characters, and numbers that cannot be held exactly.
 * @throws {NotProven}
 */
export function readJson(text: string): Json {
  if (text.length > mostCharacters) throw new NotProven('The text is longer than any record.');
  let at = 0;
  const refuse = (why: string) => new NotProven(`This is no JSON that can be checked: ${why} at character ${at + 1}.`);

  function skipSpace(): void {
    while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at++;
  }

  function take(mark: string): boolean {
    skipSpace();
    if (text[at] !== mark) return false;
    at++;
    return true;
  }

  function readValue(level: number): Json {
    if (level > mostLevels) throw refuse('it is nested too deeply');
    if (take('{')) return readFields(level);
    if (take('[')) return readItems(level);
    if (text[at] === '"') return readString();
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return value;
      }
    }
    return readNumber();
  }

  function readFields(level: number): JsonRecord {
    // Without a prototype, so that no name means anything more than itself.
    const record: Record<string, Json> = Object.create(null);
    if (take('}')) return record;
    do {
      skipSpace();
      const name = readString();
      if (name in record) throw refuse(`the field "${name.slice(0, 60)}" stands there twice`);
      if (!take(':')) throw refuse('a colon is missing');
      record[name] = readValue(level + 1);
    } while (take(','));
    if (!take('}')) throw refuse('an object does not end');
    return record;
  }

  function readItems(level: number): Json[] {
    const items: Json[] = [];
    if (take(']')) return items;
    do items.push(readValue(level + 1));
    while (take(','));
    if (!take(']')) throw refuse('a list does not end');
    return items;
  }

  function readString(): string {
    if (text[at] !== '"') throw refuse('something else is expected');
    let end = at + 1;
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    let value: string;
    try {
      value = JSON.parse(text.slice(at, end + 1));
    } catch {
      throw refuse('a text cannot be read');
    }
    if (!value.isWellFormed()) throw refuse('a text holds half a character');
    at = end + 1;
    return value;
  }

  function readNumber(): number {
    const pattern = /-?(0|[1-9]\d*)(?:\.(\d+))?(?:[eE][+-]?\d+)?/y;
    pattern.lastIndex = at;
    const [digits, whole = '', part = ''] = pattern.exec(text) ?? [];
    if (digits === undefined) throw refuse('something else is expected');
    const value = Number(digits);
    const isExact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
    const said = `${whole}${part}`.replace(/^0+/, '');
    if (!isExact || said.length > 17 || (value === 0 && said !== '')) throw refuse('a number cannot be held exactly');
    at += digits.length;
    return value;
  }

  const value = readValue(1);
  skipSpace();
  if (at < text.length) throw refuse('something follows');
  return value;
}
