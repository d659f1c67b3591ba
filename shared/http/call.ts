/** One request on its way through the middy stack: each middleware adds what it found out. */
import type middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { OperationId } from '../contract/route.ts';
import type { Caller } from '../core/authorisation.ts';
import type { Operation } from './operation.ts';
import type { VerifiedIdentity } from './token.ts';

export interface Call {
  readonly startedAt: Date;
  /** Undefined for addresses that are not in the contract. */
  readonly operation: { readonly id: OperationId; readonly implementation: Operation } | undefined;
  caller?: Caller;
  identity?: VerifiedIdentity | null;
  input?: { readonly params: Readonly<Record<string, unknown>>; readonly query: unknown; readonly body: unknown };
  expected?: number;
  idempotencyKey?: string | null;
  error?: unknown;
}

export interface CallEvent extends APIGatewayProxyEventV2 {
  call: Call;
}

export type Response = APIGatewayProxyStructuredResultV2 & { statusCode: number; headers: Record<string, string> };

export type Middleware = middy.MiddlewareObj<CallEvent, Response>;

export const isHead = (event: APIGatewayProxyEventV2) => event.requestContext.http.method === 'HEAD';
