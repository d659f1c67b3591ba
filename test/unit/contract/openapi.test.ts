// The OpenAPI document: whole, self-contained, and true of the examples in it.
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openapi } from '../../../shared/contract/openapi.ts';
import { operations } from '../../../shared/contract/routes.ts';
import { allowed } from '../../../shared/core/authorisation.ts';

type Json = Record<string, unknown>;
interface Described {
  readonly operationId: string;
  readonly security: object[];
  readonly tags: string[];
  readonly parameters: { name: string; in: string; required: boolean; schema: Json }[];
  readonly requestBody?: { content: Json };
  readonly responses: Record<string, { description: string; content?: Json }>;
}

const document = openapi() as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  tags: { name: string }[];
  components: { schemas: Record<string, Json>; securitySchemes: Json };
};
const described = Object.values(document.paths).flatMap(Object.values) as Described[];
const describedOf = (method: string, path: string) => document.paths[path]?.[method.toLowerCase()];

/** Every object within, with the path to it. */
function* nodes(node: unknown, path: readonly string[] = []): Generator<[Json, readonly string[]]> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield [node as Json, path];
  for (const [name, value] of Object.entries(node)) yield* nodes(value, [...path, name]);
}
const isExample = (path: readonly string[]) => path.includes('example');
const references = [...nodes(document)].flatMap(([node]) => (typeof node.$ref === 'string' ? [node.$ref] : []));

describe('the document', () => {
  it('describes every operation, its HEAD, and no other', () => {
    const expected = operations.flatMap(({ id, route }) => (route.method === 'GET' ? [id, `${id}Head`] : [id]));
    expect(described.map(one => one.operationId).toSorted()).toEqual(expected.toSorted());
    expect(document.openapi).toBe('3.1.0');
  });

  it('refers only to what is in it, and holds no schema that nothing refers to', () => {
    const names = new Set(
      references.map(reference => /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1] ?? reference),
    );
    expect([...names].toSorted()).toEqual(Object.keys(document.components.schemas).toSorted());
  });

  it('has nothing left of how zod names schemas', () => {
    for (const [node, path] of nodes(document)) {
      if (isExample(path)) continue;
      expect(node).not.toHaveProperty('$defs');
      expect(node).not.toHaveProperty('$schema');
      if (path.at(-1) !== 'properties') expect([path, node.id]).toEqual([path, undefined]);
    }
  });

  it('gives one name to one schema only', () => {
    const seen = new Map<string, string>();
    for (const { route } of operations) {
      for (const [schema, io] of [
        [route.body, 'input'],
        [route.answer, 'output'],
      ] as const) {
        const { $defs = {} } = schema === undefined ? {} : z.toJSONSchema(schema, { io, unrepresentable: 'any' });
        for (const [name, definition] of Object.entries($defs)) {
          const text = JSON.stringify(definition);
          expect([name, text]).toEqual([name, seen.get(name) ?? text]);
          seen.set(name, text);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(10);
  });

  it('is the same every time it is made, and is JSON', () => {
    expect(JSON.stringify(openapi())).toBe(JSON.stringify(document));
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it('tags operations only with tags that it explains', () => {
    const tags = new Set(document.tags.map(tag => tag.name));
    expect(described.filter(one => !one.tags.every(tag => tags.has(tag)))).toEqual([]);
  });

  it('knows no schema that allows fields nobody named, in requests or answers', () => {
    const open = [...nodes(document)].filter(
      ([node, path]) =>
        !isExample(path) &&
        node.type === 'object' &&
        node.properties !== undefined &&
        node.additionalProperties !== false,
    );
    expect(open.map(([, path]) => path.join('/'))).toEqual([]);
  });
});

describe.each(operations.map(declared => [declared.id, declared] as const))('%s', (id, { route }) => {
  const one = describedOf(route.method, route.path);
  const named = (where: string) => one?.parameters.filter(parameter => parameter.in === where) ?? [];

  it('has each parameter of its path, required, and those of its query', () => {
    const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(match => match[1]);
    expect(named('path').map(parameter => [parameter.name, parameter.required])).toEqual(
      names.map(name => [name, true]),
    );
    expect(named('query').map(parameter => parameter.name)).toEqual(Object.keys(route.query?.shape ?? {}));
    const isOptional = (name: string) => z.safeParse(route.query?.shape[name] ?? z.never(), undefined).success;
    for (const { name, required } of named('query')) expect(required, name).toBe(!isOptional(name));
  });

  it('says which headers it takes', () => {
    const expected = {
      creates: [['Idempotency-Key', false]],
      updates: [
        ['If-Match', true],
        ['Idempotency-Key', false],
      ],
      reads: [['If-None-Match', false]],
    }[route.command ?? 'reads'];
    expect(named('header').map(parameter => [parameter.name, parameter.required])).toEqual(expected);
  });

  it('needs a token exactly when not everybody may call it', () => {
    const isOpen = (allowed[id] as readonly string[]).includes('public');
    expect(one?.security).toEqual(isOpen ? [{}, { accessToken: [] }] : [{ accessToken: [] }]);
    expect(Object.keys(one?.responses ?? {}).includes('403')).toBe(!isOpen);
  });

  it('has examples of its body and answers that the schemas beside them allow', () => {
    const contents = [one?.requestBody, ...Object.values(one?.responses ?? {})].flatMap(part =>
      Object.values(part?.content ?? {}),
    );
    expect(contents.length).toBeGreaterThan(1);
    for (const { schema, example } of contents as { schema: Json; example: unknown }[]) {
      expect(validator(schema).safeParse(example).error).toBeUndefined();
    }
  });

  it('describes its HEAD as the same without content', () => {
    if (route.method !== 'GET') return;
    const head = describedOf('HEAD', route.path);
    expect({ ...head, operationId: id, responses: Object.keys(head?.responses ?? {}) }).toEqual({
      ...one,
      responses: Object.keys(one?.responses ?? {}),
    });
    expect(JSON.stringify(head?.responses)).not.toContain('"content"');
  });
});

it('its schemas refuse what the contract refuses: a field more, a field less, a wrong type', () => {
  const body = describedOf('POST', '/v1/disclosures')?.requestBody?.content['application/json'];
  const { example, schema } = (body ?? {}) as { example: Json; schema: Json };
  const { title: _title, ...without } = example;
  for (const wrong of [
    { ...example, more: 1 },
    without,
    { ...example, title: 1 },
    { ...example, category: 'gossip' },
    null,
  ]) {
    expect(validator(schema).safeParse(wrong).success).toBe(false);
  }
});

/** A check that knows nothing but the document. */
function validator(schema: Json): z.ZodType {
  const inPlace = JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll(
    '#/components/schemas/',
    '#/$defs/',
  );
  return z.fromJSONSchema(JSON.parse(inPlace));
}
