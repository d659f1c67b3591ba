/**
 * Items as DynamoDB attributes and back.
 *
 * `lib-dynamodb` is not used for this: it stores `{"__proto__": "x"}` as something else, refuses an object with a property
 * `constructor`, and gives large numbers back as bigints. What is JSON must come back as the same JSON.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item, Json, JsonObject, Key, Table } from '../ports/recordStore.ts';

export type Attributes = Record<string, AttributeValue>;

export function keyToAttributes(key: Pick<Key, 'partition' | 'sort'>): Attributes {
  return { partition: { S: key.partition }, sort: { S: key.sort } };
}

export function itemToAttributes({ key, version, data, expiresAt }: Item): Attributes {
  return {
    ...keyToAttributes(key),
    version: { N: String(version) },
    data: toAttribute(data),
    ...(expiresAt === undefined ? {} : { expiresAt: { N: String(expiresAt) } }),
  };
}

export function itemFromAttributes(table: Table, attributes: Attributes): Item {
  const { partition, sort, version, data, expiresAt } = attributes;
  return {
    key: { table, partition: partition?.S ?? missing('partition'), sort: sort?.S ?? missing('sort') },
    version: Number(version?.N ?? missing('version')),
    data: mapFromAttribute(data?.M ?? missing('data')),
    ...(expiresAt?.N === undefined ? {} : { expiresAt: Number(expiresAt.N) }),
  };
}

function toAttribute(value: Json): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (isList(value)) return { L: value.map(toAttribute) };
  const entries: [string, AttributeValue][] = [];
  for (const [name, entry] of Object.entries(value)) {
    if (entry !== undefined) entries.push([name, toAttribute(entry)]);
  }
  return { M: Object.fromEntries(entries) };
}

function fromAttribute(value: AttributeValue): Json {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.L !== undefined) return value.L.map(fromAttribute);
  return mapFromAttribute(value.M ?? missing('a JSON value'));
}

/** `fromEntries` defines properties, so `__proto__` is a name like any other. */
function mapFromAttribute(map: Attributes): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, fromAttribute(value)]));
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

function missing(what: string): never {
  throw new TypeError(`an item in DynamoDB lacks ${what}; something else wrote it`);
}
