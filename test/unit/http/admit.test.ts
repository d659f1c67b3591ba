// Admission: who may not is told nothing about the request; who may is told every field that is wrong, by JSON Pointer.
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { OperationId, Route } from '../../../shared/contract/route.ts';
import { type Caller, rolesOn } from '../../../shared/core/authorisation.ts';
import {
  MalformedRequestError,
  MinutebookError,
  NotAllowedError,
  PreconditionRequiredError,
  SignInRequiredError,
  ValidationError,
} from '../../../shared/errors.ts';
import { admitCaller, admitInput, fieldErrors } from '../../../shared/http/admit.ts';
import type { Call } from '../../../shared/http/call.ts';
import { type Asking, callEventOf } from './events.ts';

const base = { summary: 's', answer: z.unknown(), status: 200, example: { answer: null } } as const;
const reading: Route = {
  ...base,
  method: 'GET',
  path: '/v1/me',
  query: z.strictObject({ limit: z.coerce.number().check(z.maximum(9)) }),
};
const creating: Route = {
  ...base,
  method: 'POST',
  path: '/v1/bodies',
  command: 'creates',
  body: z.strictObject({ name: z.string() }),
};
const updating: Route = {
  ...creating,
  command: 'updates',
  params: z.strictObject({ id: z.string().check(z.length(2)) }),
};
const { body: _body, ...updatingWithoutBody } = updating;

/** The call after admission, or the error with which it was refused. */
async function admit(route: Route, asking: Asking): Promise<Call> {
  const implementation = { route, run: async () => ({ body: null }) };
  const call: Call = { startedAt: new Date(0), operation: { id: 'createBody', implementation } };
  await admitInput().before?.({ event: callEventOf(call, asking) } as never);
  return call;
}

async function fieldsOf(route: Route, asking: Asking) {
  const error = await admit(route, asking).catch((one: unknown) => one);
  expect(error).toBeInstanceOf(MinutebookError);
  return (error as MinutebookError).fields.map(field => `${field.in}:${field.field}`);
}

describe('a caller', () => {
  const enter = (caller: Caller | undefined, id: OperationId) => {
    const call: Call = {
      startedAt: new Date(0),
      operation: { id, implementation: { route: creating } as never },
      ...(caller && { caller }),
    };
    return () => admitCaller().before?.({ event: callEventOf(call, { body: 'not even JSON' }) } as never);
  };

  it('without a role is refused before the request is looked at', () => {
    expect(enter({ personId: 'p', roles: rolesOn([], ''), bodies: new Set() }, 'createBody')).toThrow(NotAllowedError);
  });

  it('who was not identified is taken for the public', () => {
    expect(enter(undefined, 'createBody')).toThrow(SignInRequiredError);
    expect(enter(undefined, 'listBodies')).not.toThrow();
  });
});

describe('input', () => {
  it('is handed on as the schemas parsed it', async () => {
    const call = await admit(updating, {
      method: 'PUT',
      params: { id: 'ab' },
      body: '{"name":"Board"}',
      headers: { 'if-match': '"3-hash"', 'idempotency-key': 'k' },
    });
    expect(call).toMatchObject({
      input: { params: { id: 'ab' }, body: { name: 'Board' } },
      expected: 3,
      idempotencyKey: 'k',
    });
  });

  it('is refused with every field that is wrong, in path, query and body at once', async () => {
    const asking = {
      method: 'PUT',
      params: { id: 'abc' },
      query: 'page=2',
      body: '{"name":1,"admin":true}',
      headers: { 'if-match': '"1"' },
    };
    expect(await fieldsOf(updating, asking)).toEqual(['path:/id', 'query:/page', 'body:/name', 'body:/admin']);
  });

  it.each([
    [
      'a query parameter that the operation does not know',
      creating,
      { query: 'debug=1', body: '{"name":"a"}' },
      ['query:/debug'],
    ],
    ['a query parameter that is out of range', reading, { query: 'limit=10' }, ['query:/limit']],
    ['a body where none is taken', updatingWithoutBody, { params: { id: 'ab' }, body: '{"a":1}' }, ['body:']],
    ['a list where no body is taken', updatingWithoutBody, { params: { id: 'ab' }, body: '[]' }, ['body:']],
    ['null where no body is taken', updatingWithoutBody, { params: { id: 'ab' }, body: 'null' }, ['body:']],
    ['a scalar where no body is taken', updatingWithoutBody, { params: { id: 'ab' }, body: '0' }, ['body:']],
    ['null for a body', creating, { body: 'null' }, ['body:']],
    ['a list for a body', creating, { body: '[]' }, ['body:']],
    ['no body where one is needed', creating, {}, ['body:/name']],
    [
      'an If-Match that is none',
      creating,
      { body: '{"name":"a"}', headers: { 'if-match': '*' } },
      ['header:/If-Match'],
    ],
    [
      'an empty Idempotency-Key',
      creating,
      { body: '{"name":"a"}', headers: { 'idempotency-key': '' } },
      ['header:/Idempotency-Key'],
    ],
  ] as [string, Route, Asking, string[]][])('is refused with %s', async (_what, route, asking, expected) => {
    expect(await fieldsOf(route, { method: 'POST', ...asking })).toEqual(expected);
  });

  it('cannot smuggle a field in as a prototype', async () => {
    const asking = { method: 'POST', body: '{"__proto__":{"name":"a"}}' };
    await expect(admit(creating, asking)).rejects.toThrow(ValidationError);
    const { input } = await admit(creating, { method: 'POST', body: '{"name":"a"}' });
    expect(input?.body).toEqual({ name: 'a' });
  });

  it('that is right still needs If-Match to update, and does not to create', async () => {
    const body = '{"name":"a"}';
    await expect(admit(updating, { method: 'PUT', params: { id: 'ab' }, body })).rejects.toThrow(
      PreconditionRequiredError,
    );
    expect(await admit(creating, { method: 'POST', body })).toMatchObject({ expected: 0, idempotencyKey: null });
  });

  it('of a read never has its body looked at', async () => {
    const call = await admit(reading, { query: 'limit=1', body: 'not JSON', headers: { 'if-match': '*' } });
    expect(call.input).toEqual({ params: {}, query: { limit: 1 }, body: {} });
  });

  it('that cannot be read is malformed, not invalid', async () => {
    await expect(admit(creating, { method: 'POST', body: '{' })).rejects.toThrow(MalformedRequestError);
  });
});

describe('field errors', () => {
  const schema = z.strictObject({
    'a/b': z.optional(z.strictObject({ 'c~d': z.array(z.strictObject({ '': z.number() })) })),
    name: z.optional(z.string()),
  });
  const errors = (value: unknown) => fieldErrors('body', schema.safeParse(value).error as z.core.$ZodError);

  it.each([
    [{ 'a/b': { 'c~d': [{ '': 1 }, { '': 'x' }] } }, '/a~1b/c~0d/1/'],
    [{ name: 1 }, '/name'],
    [[], ''],
    [{ '~/~': 1 }, '/~0~1~0'],
    [{ 'a/b': { 'c~d': [], more: 1 } }, '/a~1b/more'],
  ])('of %j point to %j', (value, pointer) => {
    expect(errors(value).map(error => error.field)).toEqual([pointer]);
  });

  it('name every unknown field itself', () => {
    expect(errors({ x: 1, y: 2 })).toEqual([
      { in: 'body', field: '/x', message: 'Is not known here.' },
      { in: 'body', field: '/y', message: 'Is not known here.' },
    ]);
  });
});
