/** What the contract says of one operation, and the types that follow from it. */
import type * as z from 'zod/mini';
import type { allowed } from '../core/authorisation.ts';
import type { RecordKind } from '../core/records.ts';
import type { ErrorCode } from '../errors.ts';
import type { ProofState } from './fields.ts';

export type Method = 'GET' | 'POST' | 'PUT';

/** Operations that are declared here must stand in the table of `core/authorisation.ts` under the same name. */
export type OperationId = Exclude<keyof typeof allowed, `${string} ${string}`>;

type Shape = z.ZodMiniObject | undefined;

export interface Route<
  Params extends Shape = Shape,
  Query extends Shape = Shape,
  Body extends Shape = Shape,
  Answer extends z.ZodMiniType = z.ZodMiniType,
> {
  readonly method: Method;
  /** With parameters in braces, as API Gateway and OpenAPI write them. */
  readonly path: `/${string}`;
  /** One line, in the imperative. */
  readonly summary: string;
  readonly description?: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  /** 302 answers with the address of what was asked for. */
  readonly status: 200 | 201 | 302;
  /** Media type of the answer; JSON when absent. */
  readonly type?: string;
  /** True when bytes are answered; operations give them in base64. */
  readonly binary?: true;
  /**
   * What a command does to records. `updates` needs If-Match with the version that was read; both take an Idempotency-Key.
   * Absent for reads.
   */
  readonly command?: 'creates' | 'updates';
  /** True when the answer holds a secret: it is never stored, so a repeated Idempotency-Key is refused, not answered again. */
  readonly answeredOnce?: true;
  /** The answer, or each of its items, is a record of which the book says something in public: the stack adds `proof` to it. */
  readonly proves?: Proves;
  /** Beyond those that follow from the rest of the declaration. */
  readonly errors?: readonly ErrorCode[];
  readonly example: { readonly body?: unknown; readonly answer: unknown };
}

/** Of what kind the record is, and how it is identified, with parameters of the path in braces; absent for lists, and for what is created. */
export interface Proves {
  readonly kind: RecordKind;
  readonly id?: string;
}

/** The operations of one resource, which one function serves. */
export type Resource = Readonly<Partial<Record<OperationId, Route>>>;

/** Declares the operations of one resource, keeping their exact types. */
export function resource<
  const Routes extends { readonly [Id in keyof Routes]: Id extends OperationId ? Route : never },
>(routes: Routes): Routes {
  return routes;
}

type Parsed<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : Record<string, never>;

/** What an operation is given, parsed and validated. */
export interface Input<R extends Route> {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
}

/** What an operation answers, before the stack adds where it is proven. */
export type Answer<R extends Route> = R extends { readonly proves: Proves }
  ? Unproven<z.input<R['answer']>>
  : z.input<R['answer']>;

type Unproven<Body> = Body extends { proof: ProofState }
  ? Omit<Body, 'proof'>
  : Body extends { items: readonly (infer Item)[] }
    ? Omit<Body, 'items'> & { items: readonly Unproven<Item>[] }
    : Body;
