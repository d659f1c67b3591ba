/** Carries out an operation; commands commit once, whatever happens to the request. */
import { instant } from '../core/calendar.ts';
import { NotFoundError } from '../errors.ts';
import { respond } from './answer.ts';
import { untilSettled } from './attempts.ts';
import type { CallEvent, Response } from './call.ts';
import { lookUpKey } from './idempotency.ts';
import type { Asked, Decision, Reply, Services } from './operation.ts';
import { withProofs } from './proofs.ts';
import { readOrigin } from './request.ts';

type AnyRun = (input: object, services: Services) => Promise<Reply<unknown> | Decision<unknown>>;

/** @throws {BusyError} others kept changing the same records. Nothing was written. */
export async function carryOut(event: CallEvent, services: Services): Promise<Response> {
  const { call } = event;
  if (call.operation === undefined) throw new NotFoundError();
  const { id, implementation } = call.operation;
  const run = implementation.run as AnyRun;
  return untilSettled(async () => {
    const keyed =
      call.idempotencyKey == null
        ? null
        : await lookUpKey(call.idempotencyKey, call, requestText(event), services.records);
    if (keyed?.answered) return keyed.answered;
    const input = { ...call.input, ...asked(event, id, services) };
    const reply = await withProofs(implementation.route, call.input?.params ?? {}, services.records, () =>
      run(input, services),
    );
    const response = respond(implementation.route, reply);
    if (!('writes' in reply)) return response;
    // A crash before this commit leaves nothing behind; after it, a repeated key is answered with what was remembered.
    const writes = keyed === null ? reply.writes : [...reply.writes, keyed.remember(response)];
    if (writes.length > 0) await services.records.commit(writes);
    return response;
  });
}

function asked(event: CallEvent, operation: string, services: Services): Asked {
  const { call } = event;
  if (call.caller === undefined) throw new NotFoundError();
  const now = instant(call.startedAt);
  return {
    caller: call.caller,
    identity: call.identity ?? null,
    now,
    act: { operation, by: call.caller.personId, at: now, eventId: services.newId() },
    expected: call.expected ?? 0,
    nextAddress: cursor => {
      const query = new URLSearchParams(event.rawQueryString);
      query.set('cursor', cursor);
      return `${event.rawPath}?${query}`;
    },
    origin: () => services.publicOrigin ?? readOrigin(event),
  };
}

/** All that makes a request the same request. */
const requestText = (event: CallEvent) =>
  [
    event.requestContext.http.method,
    event.rawPath,
    event.rawQueryString,
    event.headers['if-match'] ?? '',
    event.isBase64Encoded ? 'base64' : 'text',
    event.body ?? '',
  ].join('\n');
