/** Asks the handlers of the functions themselves, as API Gateway does. */
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { v7 } from 'uuid';
import { handlersOf } from '../local/server.ts';
import type { OperationId } from '../shared/contract/route.ts';
import { operations } from '../shared/contract/routes.ts';
import { found } from '../shared/core/founding.ts';
import { listPartition } from '../shared/core/records.ts';
import type { Services } from '../shared/http/operation.ts';
import { organisation } from '../test/support/book.ts';

export const archivistEmail = 'archivist@bench.example';

export type Call = (
  id: OperationId,
  params: Record<string, string>,
  body?: object,
  version?: number,
) => Promise<Record<string, unknown>>;

/** @param token names who asks, for the services' own verification. */
export function caller(services: Services, token = 'a.b.c'): Call {
  const handlers = handlersOf(services);
  return async (id, params, body, version) => {
    const declared = operations.find(one => one.id === id);
    if (declared === undefined) throw new Error(`There is no ${id}`);
    const { route, functionName } = declared;
    const event = {
      routeKey: `${route.method} ${route.path}`,
      rawPath: route.path,
      rawQueryString: '',
      pathParameters: params,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      requestContext: { http: { method: route.method }, requestId: v7(), domainName: 'bench.example' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    const answer = await handlers[functionName](event, {} as Context);
    if (answer.statusCode >= 400) throw new Error(`${id}: ${answer.body}`);
    return route.type === undefined ? JSON.parse(answer.body ?? '{}') : {};
  };
}

/** A book whose administrator is its secretary too. @returns the board. */
export async function foundBook({ records }: Services, call: Call): Promise<string> {
  const at = new Date().toISOString();
  const board = { name: 'Board', purpose: '', established: '2020-01-01' };
  const administrator = { name: 'The archivist', email: archivistEmail };
  const invitation = { code: v7(), expiresAt: at };
  await records.commit(
    found({ organisation, board, administrator }, { at, today: '2020-01-01', newId: v7, invitation }),
  );
  const partition = listPartition('bodies');
  const [item] = (await records.query({ table: 'records', partition, order: 'ascending', limit: 1 })).items;
  const bodyId = String(item?.data.id);
  const { person } = (await call('getMe', {})) as { person: { id: string } };
  const seat = { personId: person.id, office: 'secretary', title: null, voting: false, from: '2020-01-01', to: null };
  await call('createSeat', { bodyId }, seat);
  return bodyId;
}
