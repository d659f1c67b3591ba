/** The shape of an operation's implementation: what it is given, what it gives back. */
import type { Answer, Input, OperationId, Route } from '../contract/route.ts';
import type { Caller } from '../core/authorisation.ts';
import type { Instant } from '../core/calendar.ts';
import type { Policy } from '../core/log/policy.ts';
import type { Act } from '../core/records.ts';
import type { BlobStore } from '../ports/blobStore.ts';
import type { LogStore } from '../ports/logStore.ts';
import type { RecordStore, Write } from '../ports/recordStore.ts';
import type { LogLine } from './log.ts';
import type { VerifiedIdentity, VerifyToken } from './token.ts';

/** The outside world, as the handlers see it. */
export interface Services {
  readonly records: RecordStore;
  /** Only for functions that were given the archive. */
  readonly blobs: BlobStore;
  /** Only for functions that were given the log. */
  readonly publishedLog: PublishedLog;
  readonly verifyToken: VerifyToken;
  readonly now: () => Date;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** 128 random bits, base64url. */
  readonly newCode: () => string;
  /** The OpenAPI document, as JSON text. */
  readonly openapi: () => string;
  readonly log: (line: LogLine) => void;
  /** Scheme and host by which the public knows the book, where that is not the one that requests come to. */
  readonly publicOrigin?: string;
}

/** The transparency log as everybody may read it. */
export interface PublishedLog {
  /** Its name, such as `book.example.org/log`. */
  readonly origin: string;
  readonly store: Pick<LogStore, 'read' | 'readCheckpoint'>;
  /** Which witnesses the book asks, and how many of them it wants. The keys of the log stand in the book. */
  readonly policy: Policy;
}

/** What work needs that nobody asks for by HTTP: examining what was uploaded, reading the archive again. */
export type JobServices = Pick<Services, 'records' | 'blobs' | 'now' | 'newId' | 'log'>;

/** Who asks, when, and what every operation may need to know of the request. */
export interface Asked {
  readonly caller: Caller;
  readonly identity: VerifiedIdentity | null;
  readonly now: Instant;
  readonly act: Act;
  /** The version that If-Match names; 0 for operations that need none. */
  readonly expected: number;
  /** The address of this list from `cursor` on. */
  readonly nextAddress: (cursor: string) => string;
  /**
   * Scheme and host by which the public knows the book, or that the request came to, such as `https://book.example.org`.
   * @throws {MalformedRequestError} the request names no proper host.
   */
  readonly origin: () => string;
}

/** An answer to a read. */
export interface Reply<Body> {
  readonly body: Body;
  /** The version of the record that was read; its ETag begins with it. */
  readonly version?: number;
  /** Address of what was created. */
  readonly location?: string;
  /** Headers that only this answer needs, such as a content security policy. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a command decided: the stack commits the writes, together with the idempotency record, and then answers. */
export interface Decision<Body> extends Reply<Body> {
  readonly writes: readonly Write[];
}

export type Run<R extends Route> = (
  input: Input<R> & Asked,
  services: Services,
) => Promise<R['command'] extends string ? Decision<Answer<R>> : Reply<Answer<R>>>;

export interface Operation<R extends Route = Route> {
  readonly route: R;
  readonly run: Run<R>;
}

/** Implements one operation of the contract. */
export function operation<const R extends Route>(route: R, run: Run<R>): Operation<R> {
  return { route, run };
}

/** All operations of one resource: leaving one out does not compile. */
export type Implementation<Routes extends { readonly [Id in OperationId]?: Route }> = {
  readonly [Id in keyof Routes]: Routes[Id] extends Route ? Operation<Routes[Id]> : never;
};
