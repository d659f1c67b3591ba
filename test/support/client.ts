/** A client of the API, made from the contract: one method an operation; it checks every answer against the contract. */
import type * as z from 'zod/mini';
import type { OperationId, Route } from '../../shared/contract/route.ts';
import { type contract, operations } from '../../shared/contract/routes.ts';
import { type ErrorCode, errorCodes, type FieldError } from '../../shared/errors.ts';

type Routes = {
  [Name in keyof typeof contract]: (typeof contract)[Name];
}[keyof typeof contract];
type RouteOf<Id extends OperationId> = Extract<Routes, Record<Id, unknown>>[Id];

export interface Sent<R> {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: R extends { body: z.ZodMiniType } ? z.input<R['body']> : undefined;
  /** For If-Match. */
  readonly version?: number;
  /** For Idempotency-Key. */
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly method?: string;
}

export interface Answered<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Of a successful answer; reading it of another one throws, with the problem in the message. */
  readonly body: Body;
  /** Of an error. */
  readonly problem: { readonly code: ErrorCode; readonly detail: string; readonly errors?: readonly FieldError[] };
}

export type Client = {
  readonly [Id in OperationId]: (
    sent?: Sent<RouteOf<Id>>,
  ) => Promise<Answered<RouteOf<Id> extends { answer: z.ZodMiniType } ? z.output<RouteOf<Id>['answer']> : never>>;
} & { readonly token: string | undefined };

export function clientFor(origin: string, token?: string): Client {
  const methods = operations.map(({ id, route }) => [
    id,
    (sent?: Sent<Route>) => call(origin, token, route, sent ?? {}),
  ]);
  return { ...Object.fromEntries(methods), token } as unknown as Client;
}

async function call(
  origin: string,
  token: string | undefined,
  route: Route,
  sent: Sent<Route>,
): Promise<Answered<unknown>> {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name) => sent.params?.[name] ?? 'missing');
  const query = sent.query === undefined ? '' : `?${new URLSearchParams(sent.query)}`;
  const answer = await fetch(origin + path + query, {
    redirect: 'manual',
    method: sent.method ?? route.method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(sent.version === undefined ? {} : { 'if-match': `"${sent.version}"` }),
      ...(sent.key === undefined ? {} : { 'idempotency-key': sent.key }),
      ...sent.headers,
    },
    ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
  });
  const text = await answer.text();
  const isGood = answer.status < 400;
  const succeeded = isGood && text !== '';
  if (succeeded && route.type === undefined) route.answer.parse(JSON.parse(text));
  if (succeeded && answer.status !== route.status) throw new Error(`${route.path} answered ${answer.status}`);
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    get body() {
      if (!isGood) throw new Error(`${route.method} ${path} answered ${answer.status}: ${text}`);
      return route.type === undefined ? JSON.parse(text) : text;
    },
    get problem() {
      const problem = JSON.parse(text);
      if (errorCodes[problem.code as ErrorCode]?.status !== answer.status) throw new Error(`not a problem: ${text}`);
      return problem;
    },
  };
}
