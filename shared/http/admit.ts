/** Admits a request to its operation: the caller may, and what was sent has the form of the contract. */
import * as z from 'zod/mini';
import { anonymous, authorise } from '../core/authorisation.ts';
import { type FieldError, PreconditionRequiredError, ValidationError } from '../errors.ts';
import type { Middleware } from './call.ts';
import { readIdempotencyKey, readIfMatch, readJsonBody, readQuery } from './request.ts';

const noParameters = z.strictObject({});

const isEmpty = (body: unknown) => JSON.stringify(body) === '{}';

/** Denies callers without a role for the operation, before anything they sent is looked at. */
export function admitCaller(): Middleware {
  return {
    before: ({ event: { call } }) => {
      if (call.operation !== undefined) authorise(call.caller ?? anonymous, call.operation.id);
    },
  };
}

/** Parses path, query, body and the headers of commands; names every field that is wrong. */
export function admitInput(): Middleware {
  return {
    before: ({ event }) => {
      const { call } = event;
      const route = call.operation?.implementation.route;
      if (route === undefined) return;
      const problems: FieldError[] = [];
      const part = (where: FieldError['in'], schema: z.core.$ZodType | undefined, value: unknown) => {
        const parsed = schema && z.safeParse(schema, value);
        if (parsed?.success === false) problems.push(...fieldErrors(where, parsed.error));
        return (parsed?.data ?? {}) as Record<string, unknown>;
      };
      const body = route.command === undefined ? {} : readJsonBody(event);
      call.input = {
        params: part('path', route.params, event.pathParameters ?? {}),
        query: part('query', route.query ?? (route.type === undefined ? noParameters : undefined), readQuery(event)),
        body: part('body', route.body, body),
      };
      if (route.body === undefined && !isEmpty(body)) {
        problems.push({ in: 'body', field: '', message: 'This operation takes no content; send none, or {}.' });
      }
      if (problems.length > 0) throw new ValidationError(problems);
      if (route.command === undefined) return;
      call.idempotencyKey = readIdempotencyKey(event.headers['idempotency-key']);
      const expected = readIfMatch(event.headers['if-match']);
      if (route.command === 'updates' && expected === null) throw new PreconditionRequiredError();
      call.expected = expected ?? 0;
    },
  };
}

/** The fields that zod found wrong; a field that is not known is named itself, not its parent. */
export function fieldErrors(where: FieldError['in'], error: z.core.$ZodError): FieldError[] {
  return error.issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => ({
        in: where,
        field: pointer([...issue.path, key]),
        message: 'Is not known here.',
      }));
    }
    return [{ in: where, field: pointer(issue.path), message: issue.message }];
  });
}

/** RFC 6901. */
const pointer = (path: readonly PropertyKey[]) =>
  path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
