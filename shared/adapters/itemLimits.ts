/** DynamoDB's limits, checked before any I/O by every RecordStore, so that no store takes what another would refuse. */
import { Buffer } from 'node:buffer';
import { ItemTooLargeError } from '../errors.ts';
import type { Item, Key, Query, Write } from '../ports/recordStore.ts';

export const maxItemBytes = 400 * 1024;
export const maxCommitBytes = 4 * 1024 * 1024;
export const maxWrites = 100;
export const maxKeysPerRead = 100;
export const maxQueryLimit = 1000;
export const maxPartitionBytes = 2048;
export const maxSortBytes = 1024;

/** Maps and lists within one another, `data` included. */
const maxDepth = 31;
const maxNameBytes = 32 * 1024;
/** DynamoDB counts a write's condition as part of the commit; none of ours is longer than this. */
const conditionBytes = 128;
/** The magnitudes a DynamoDB number can have; zero aside, a double can be larger and smaller. */
const [minMagnitude, maxMagnitude] = [1e-130, 9.99e125];

/** One string for one key, the same for equal keys only. */
export function keyIdentity(key: Key): string {
  return JSON.stringify([key.table, key.partition, key.sort]);
}

/** @throws {RangeError} 1 to 100 distinct keys are expected, each within the limits. */
export function checkKeys(keys: readonly Key[]): void {
  if (keys.length > maxKeysPerRead)
    throw new RangeError(`${keys.length} keys; at most ${maxKeysPerRead} are read at once`);
  for (const key of keys) checkKey(key);
  checkDistinct(keys);
}

/** @throws {TypeError | RangeError} the key is empty, too long, or not well-formed text. */
export function checkKey(key: Key): void {
  checkKeyText('partition', key.partition, maxPartitionBytes);
  checkKeyText('sort', key.sort, maxSortBytes);
}

/** @throws {TypeError | RangeError} a bound is empty, too long or not well-formed, or the limit is not from 1 to 1,000. */
export function checkQuery(query: Query): void {
  checkKeyText('partition', query.partition, maxPartitionBytes);
  for (const bound of ['prefix', 'upTo', 'after'] as const) {
    const text = query[bound];
    if (text !== undefined) checkKeyText(bound, text, maxSortBytes);
  }
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > maxQueryLimit) {
    throw new RangeError(`limit is ${query.limit}; it goes from 1 to ${maxQueryLimit}`);
  }
}

/**
 * @throws {ItemTooLargeError} an item, or all writes together, are too large.
 * @throws {TypeError | RangeError} any other thing DynamoDB would not store; a mistake of the program.
 */
export function checkWrites(writes: readonly Write[]): void {
  if (writes.length < 1 || writes.length > maxWrites) {
    throw new RangeError(`${writes.length} writes; a commit has from 1 to ${maxWrites}`);
  }
  let total = 0;
  for (const write of writes) {
    checkKey(keyOf(write));
    if (typeof write.expect === 'object') checkCount('expected version', write.expect.version);
    const bytes = 'put' in write ? checkPut(write) : keyBytes(keyOf(write));
    total += bytes + conditionBytes;
  }
  checkDistinct(writes.map(keyOf));
  if (total > maxCommitBytes) throw new ItemTooLargeError(total, maxCommitBytes);
}

export function keyOf(write: Write): Key {
  if ('put' in write) return write.put.key;
  return 'remove' in write ? write.remove : write.check;
}

/**
 * The bytes DynamoDB counts for an item: names and values in UTF-8, numbers by pairs of digits, three bytes for each map
 * and list and one for each entry. `data` must be JSON that DynamoDB can hold.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes({ key, version, data, expiresAt }: Item): number {
  const expiry = expiresAt === undefined ? 0 : 'expiresAt'.length + numberBytes(expiresAt);
  return keyBytes(key) + 'version'.length + numberBytes(version) + 'data'.length + valueBytes(data, 1) + expiry;
}

function checkPut({ put, expect }: Extract<Write, { put: Item }>): number {
  checkCount('version', put.version);
  if (typeof expect === 'object' && put.version !== expect.version + 1) {
    throw new RangeError(`version ${put.version} cannot follow version ${expect.version}`);
  }
  if (put.expiresAt !== undefined) {
    if (put.key.table !== 'expiring') throw new TypeError('expiresAt belongs to the table "expiring" only');
    checkCount('expiresAt', put.expiresAt);
    if (put.expiresAt >= 1e11)
      throw new RangeError(`expiresAt is ${put.expiresAt}; it counts seconds, not milliseconds`);
  }
  if (put.data === null || typeof put.data !== 'object' || Array.isArray(put.data)) {
    throw new TypeError('data is not an object');
  }
  const bytes = itemBytes(put);
  if (bytes > maxItemBytes) throw new ItemTooLargeError(bytes, maxItemBytes);
  return bytes;
}

function checkKeyText(name: string, text: string, maxBytes: number): void {
  if (typeof text !== 'string' || text === '') throw new TypeError(`${name} is empty`);
  const bytes = textBytes(text);
  if (bytes > maxBytes) throw new RangeError(`${name} has ${bytes} bytes; at most ${maxBytes} are possible`);
}

function checkDistinct(keys: readonly Key[]): void {
  const seen = new Set<string>();
  for (const key of keys) {
    const identity = keyIdentity(key);
    if (seen.has(identity)) throw new RangeError(`the key ${identity} is named twice`);
    seen.add(identity);
  }
}

function checkCount(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${name} is ${value}; it is a whole number from 1`);
}

function keyBytes(key: Key): number {
  return 'partition'.length + textBytes(key.partition) + 'sort'.length + textBytes(key.sort);
}

function valueBytes(value: unknown, depth: number): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return textBytes(value);
  if (typeof value === 'number') return numberBytes(value);
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} is not JSON`);
  if (depth > maxDepth) throw new RangeError(`data is nested over ${maxDepth} levels deep`);
  let bytes = 3;
  if (Array.isArray(value)) {
    for (const entry of value) bytes += 1 + valueBytes(entry, depth + 1);
    return bytes;
  }
  if (!isPlain(value)) throw new TypeError(`a ${value.constructor?.name} is not JSON`);
  for (const [name, entry] of Object.entries(value)) {
    if (entry !== undefined) bytes += 1 + nameBytes(name) + valueBytes(entry, depth + 1);
  }
  return bytes;
}

/** Objects of another realm are plain too, so it is not compared with this realm's `Object.prototype`. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameBytes(name: string): number {
  const bytes = textBytes(name);
  if (bytes === 0) throw new TypeError('a name in data is empty');
  if (bytes > maxNameBytes)
    throw new RangeError(`a name in data has ${bytes} bytes; at most ${maxNameBytes} are possible`);
  return bytes;
}

/** A lone surrogate has no UTF-8: it would come back as another character. */
function textBytes(text: string): number {
  if (!text.isWellFormed()) throw new TypeError(`not well-formed text: ${JSON.stringify(text.slice(0, 100))}`);
  return Buffer.byteLength(text, 'utf8');
}

/** One byte, one for every two digits (paired from the decimal point, outer zeros left out), one for a minus sign. */
function numberBytes(value: number): number {
  if (value === 0) return 1;
  const magnitude = Math.abs(value);
  if (!(magnitude >= minMagnitude && magnitude <= maxMagnitude)) {
    throw new RangeError(`${value} is not a number that can be kept`);
  }
  const [mantissa = '', exponent = ''] = magnitude.toExponential().split('e');
  const digits = mantissa.replace('.', '').length + (Number(exponent) % 2 === 0 ? 1 : 0);
  return 1 + Math.ceil(digits / 2) + (value < 0 ? 1 : 0);
}
