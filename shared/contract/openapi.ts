/** OpenAPI 3.1 from the contract; made at build time. */
import * as z from 'zod/mini';
import { allowed } from '../core/authorisation.ts';
import { type ErrorCode, errorCodes } from '../errors.ts';
import { type Declared, type FunctionName, operations } from './routes.ts';

type Json = Record<string, unknown>;

const tags: Record<FunctionName, string> = {
  organisation: 'Who the organisation is.',
  bodies: 'The bodies that decide or advise.',
  seats: "People's roles in bodies, from one day to another.",
  people: 'People, and how they sign in.',
  disclosures: 'What the organisation publishes on purpose.',
  documents: 'Documents of the archive, and how to have their bytes.',
  uploads: 'Sending files to the archive.',
  archive: 'How long documents are kept, what holds them, and whether their bytes are what was sealed.',
  votes: 'Opening and closing votes, and voting.',
  consents: 'Decisions without a meeting, by signatures.',
  certificates: 'What was adopted, to print and to sign.',
  resolutions: 'What bodies decide, by which rule, with which votes.',
  meetings: 'Notice, agenda, attendance and minutes, and calendars of them.',
  interests: 'Declarations of interests, which nobody but the board and auditors sees.',
  obligations: 'What is owed to authorities and others, and the facts from which that follows.',
  filings: 'What is due, how far it is, what was filed, and how punctually.',
  returns: 'What was filed: read from the return, with a copy for everybody, and the figures of all years.',
  inspection: 'What anyone may inspect, whether everybody can have it, and who asked for copies.',
  governance: 'Form 990, Part VI, answered from the records of the book, and the policies that it asks for.',
  support: 'Who funds the organisation, as far as they agreed to be named.',
  events: 'Every change to every record.',
  log: 'What proves that the book was not changed: the transparency log.',
  site: 'Pages, the feed and this description.',
};

/** The document of the whole contract. */
export function openapi(): Json {
  const paths: Record<string, Json> = {};
  for (const declared of operations) {
    const { method, path } = declared.route;
    paths[path] ??= {};
    const described = operationObject(declared);
    paths[path][method.toLowerCase()] = described;
    if (method === 'GET') {
      const { responses, ...rest } = described as { responses: Json };
      paths[path].head = { ...rest, operationId: `${declared.id}Head`, responses: withoutContent(responses) };
    }
  }
  return hoist({
    openapi: '3.1.0',
    info: {
      title: 'Minutebook',
      version: '1',
      summary: 'The permanent minute book of a non-profit.',
      description:
        'What is public needs no sign-in. Everything else needs an access token of the issuer that the book trusts; roles come from the seats that a person holds today.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The server that this document came from' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: problemSchema },
    },
  });
}

function operationObject({ id, functionName, route }: Declared): Json {
  const roles: readonly string[] = allowed[id];
  const forEveryone = roles.includes('public');
  return {
    operationId: id,
    tags: [functionName],
    summary: route.summary,
    ...describe([route.description, forEveryone ? undefined : `For: ${roles.join(', ')}.`]),
    security: forEveryone ? [{}, { accessToken: [] }] : [{ accessToken: [] }],
    parameters: [
      ...parameters('path', route.params),
      ...parameters('query', route.query),
      ...(route.command === undefined
        ? [header('If-None-Match', 'An ETag; answers 304 when nothing changed.', false)]
        : []),
      ...(route.command === 'updates'
        ? [header('If-Match', 'The ETag of the record that was read.', true, '^(W/)?"[0-9]{1,9}(-[A-Za-z0-9_-]+)?"$')]
        : []),
      ...(route.command === undefined
        ? []
        : [
            header(
              'Idempotency-Key',
              'Repeats of the request with the same key are answered, not carried out again.',
              false,
              '^[\\x21-\\x7e]{1,200}$',
            ),
          ]),
    ],
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(route.body, 'input'), example: route.example.body } },
          },
        }),
    responses: responses({ id, route }),
  };
}

function responses({ id, route }: Pick<Declared, 'id' | 'route'>): Json {
  const isJson = route.type === undefined;
  const isKept = route.command === undefined && route.status === 200;
  const headers = {
    ETag: { schema: { type: 'string' } },
    'X-Request-Id': { schema: { type: 'string' } },
    ...(route.status === 200 ? {} : { Location: { schema: { type: 'string' } } }),
  };
  const isText = route.type?.startsWith('text/') ?? false;
  const schema = isJson ? schemaOf(route.answer, 'output') : { type: isText ? 'string' : 'object' };
  // Documents in JSON are given to the stack as text.
  const example = isJson || isText || route.binary ? route.example.answer : JSON.parse(String(route.example.answer));
  const media = (route.type ?? 'application/json').split(';')[0] ?? '';
  const answers: Json = {
    [String(route.status)]: {
      description: { 200: 'Done.', 201: 'Recorded.', 302: 'It is at the address in Location.' }[route.status],
      headers,
      // In OpenAPI 3.1 bytes have a media type, and no schema.
      content: { [media]: route.binary ? {} : { schema, example } },
    },
    ...(isKept ? { '304': { description: 'Not changed since.' } } : {}),
  };
  const codes: ErrorCode[] = [
    'validation-failed',
    'malformed-request',
    'token-not-accepted',
    ...(route.params === undefined ? [] : (['not-found'] as const)),
    ...((allowed[id] as readonly string[]).includes('public') ? [] : (['sign-in-required', 'not-allowed'] as const)),
    ...(route.command === undefined
      ? []
      : (['content-too-large', 'unsupported-media-type', 'request-in-flight', 'idempotency-key-reused'] as const)),
    ...(route.command === 'updates' ? (['precondition-failed', 'precondition-required'] as const) : []),
    ...(route.errors ?? []),
  ];
  for (const status of [...new Set(codes.map(code => errorCodes[code].status))].sort()) {
    const here = [...new Set(codes)].filter(code => errorCodes[code].status === status);
    const [first = 'internal-error'] = here;
    answers[String(status)] = {
      description: here.map(code => `\`${code}\`: ${errorCodes[code].title}.`).join(' '),
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          example: problemExample(first),
        },
      },
    };
  }
  return answers;
}

const problemSchema = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'code', 'title', 'status', 'detail'],
  additionalProperties: false,
  properties: {
    type: { type: 'string', description: 'Address of an explanation.' },
    code: { type: 'string', enum: Object.keys(errorCodes) },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What to do.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['in', 'field', 'message'],
        additionalProperties: false,
        properties: {
          in: { type: 'string', enum: ['body', 'query', 'path', 'header'] },
          field: { type: 'string', description: 'JSON Pointer' },
          message: { type: 'string' },
        },
      },
    },
  },
};

const problemExample = (code: ErrorCode) => ({
  type: `/problems/${code}`,
  code,
  ...errorCodes[code],
  detail: 'What to do about it.',
});

function parameters(where: 'path' | 'query', schema: z.core.$ZodObject | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

const header = (name: string, description: string, required: boolean, pattern?: string) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string', ...(pattern === undefined ? {} : { pattern }) },
});

const describe = (sentences: readonly (string | undefined)[]) => {
  const text = sentences.filter(sentence => sentence !== undefined).join(' ');
  return text === '' ? {} : { description: text };
};

function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function withoutContent(answers: Json): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      const { content, ...rest } = answer as Json;
      return [status, rest];
    }),
  );
}

/** Moves schemas that have a name of their own from where they are used to the components. */
function hoist(document: Json): Json {
  const schemas = (document.components as { schemas: Record<string, unknown> }).schemas;
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const { $defs, id, ...rest } = node as Json & { $defs?: Record<string, Json> };
    for (const [name, schema] of Object.entries($defs ?? {})) schemas[name] = visit(schema);
    const visited = Object.fromEntries(
      Object.entries({ ...rest, ...(id === undefined ? {} : { id }) }).map(visitEntry),
    );
    return visited;
  };
  const visitEntry = ([name, value]: [string, unknown]): [string, unknown] =>
    name === '$ref' && typeof value === 'string'
      ? [name, value.replace('#/$defs/', '#/components/schemas/')]
      : [name, visit(value)];
  return visit(document) as Json;
}
