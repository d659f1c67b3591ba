/** The one middy stack that every function runs in. */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { OperationId, Route } from '../contract/route.ts';
import { MinutebookError, NotFoundError } from '../errors.ts';
import { admitCaller, admitInput } from './admit.ts';
import { explain, finish, type Problem } from './answer.ts';
import type { Call, CallEvent, Middleware, Response } from './call.ts';
import { carryOut } from './carryOut.ts';
import { identify } from './identify.ts';
import type { Operation, Reply, Services } from './operation.ts';

export type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Response>;

export interface ServeOptions {
  /** Shows an error to somebody who asked for a page. */
  readonly problemPage?: (problem: Problem) => Reply<string>;
  /** Answers addresses that are not in the contract. */
  readonly fallback?: (event: APIGatewayProxyEventV2, services: Services) => Response;
}

/** The handler of one function: its operations, chosen by the route that API Gateway matched. */
export function serve(
  operations: { readonly [Id in OperationId]?: { readonly route: Route; readonly run: unknown } },
  services: Services,
  options: ServeOptions = {},
): Handler {
  const byRouteKey = new Map<string, NonNullable<Call['operation']>>();
  for (const [id, operation] of Object.entries(operations)) {
    const implementation = operation as Operation;
    const { method, path } = implementation.route;
    byRouteKey.set(`${method} ${path}`, { id: id as OperationId, implementation });
    if (method === 'GET') byRouteKey.set(`HEAD ${path}`, { id: id as OperationId, implementation });
  }

  const begin: Middleware = {
    before: ({ event }) => {
      event.call = { startedAt: services.now(), operation: byRouteKey.get(event.routeKey) };
    },
  };

  const base = async (event: CallEvent): Promise<Response> => {
    if (event.call.operation !== undefined) return carryOut(event, services);
    if (options.fallback === undefined) throw new NotFoundError();
    return options.fallback(event, services);
  };

  // The first comes last on the way out: the log line tells what was really answered.
  return middy<CallEvent, Response>(base).use([
    begin,
    record(services),
    finish(),
    explain(options.problemPage),
    identify(services),
    admitCaller(),
    admitInput(),
  ]) as unknown as Handler;
}

function record(services: Services): Middleware {
  const log: Middleware['after'] = ({ event, response }) => {
    const { call } = event;
    const status = response?.statusCode ?? 500;
    const { error } = call;
    services.log({
      level: status >= 500 ? 'error' : 'info',
      at: call.startedAt.toISOString(),
      requestId: event.requestContext.requestId,
      operation: call.operation?.id ?? 'none',
      status,
      milliseconds: services.now().getTime() - call.startedAt.getTime(),
      ...(error instanceof MinutebookError ? { code: error.code } : {}),
      ...internalOf(error, status),
    });
  };
  return { after: log, onError: log };
}

function internalOf(error: unknown, status: number): { internal?: string } {
  if (error instanceof MinutebookError && error.internal !== undefined) return { internal: error.internal };
  if (status < 500 || error === undefined) return {};
  return { internal: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
