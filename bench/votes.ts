/** How fast a large membership votes on the embedded server, and what votes cost on AWS. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { countDue } from '../functions/count/countDue.ts';
import { embeddedServices } from '../local/services.ts';
import { dynamoRecordStore } from '../shared/adapters/dynamoRecordStore.ts';
import type { Services } from '../shared/http/operation.ts';
import { meter } from '../test/support/consumedCapacity.ts';
import { crowd } from '../test/support/crowd.ts';
import { createTables, dynamoLocalMissing, startDynamoLocal } from '../test/support/dynamoLocal.ts';
import { memberEmail, seatMembers } from '../test/support/members.ts';
import { archivistEmail, type Call, caller, foundBook } from './handlerCalls.ts';
import { printTable, quantile, type Row, round } from './table.ts';
import type { Order, Ready } from './votesServer.ts';

const members = 1600;
const connections = 64;
const choices = ['yes', 'no', 'abstain'] as const;

export async function votes(): Promise<void> {
  await speed();
  await cost();
}

async function speed(): Promise<void> {
  const rows: Row[] = [];
  for (const ballot of ['open', 'secret'] as const) rows.push(await voting(ballot));
  printTable(
    `Embedded server on SQLite: ${members} members vote, every fourth twice, over ${connections} connections`,
    rows,
  );
}

type Send = (name: string, method: string, path: string, body?: object, version?: number) => Promise<Answer>;

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function voting(ballot: 'open' | 'secret'): Promise<Row> {
  const child = fork(join(import.meta.dirname, 'votesServer.ts'));
  try {
    const [issuer, clientId] = ['https://issuer.bench.example', 'bench'];
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    child.send({ issuer, clientId, key: { ...(await exportJWK(publicKey)), alg: 'ES256' }, members } satisfies Order);
    const [{ port, membership, names }] = (await once(child, 'message')) as [Ready];
    const tokenOf = (name: string) =>
      new SignJWT({
        client_id: clientId,
        email: name === 'archivist' ? archivistEmail : memberEmail(name),
        email_verified: true,
      })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(issuer)
        .setSubject(name)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey);
    const tokens = new Map<string, string>();
    for (const name of ['archivist', ...names]) tokens.set(name, await tokenOf(name));
    const send = sender(port, tokens);
    const path = await openedVote(send, membership, names, ballot);
    const [times, started] = [[] as number[], performance.now()];
    await crowd(names, connections, async (name, index) => {
      for (let turn = 0; turn < (index % 4 === 0 ? 2 : 1); turn++) {
        const begun = performance.now();
        await send(name, 'POST', `${path}/vote`, { choice: choices[(index + turn) % 3] });
        times.push(performance.now() - begun);
      }
    });
    const seconds = (performance.now() - started) / 1000;
    const closed = performance.now();
    const counted = await closedAndCounted(send, path);
    if (counted !== members) throw new Error(`${counted} counted of ${members}`);
    return {
      ballot,
      ballots: times.length,
      seconds: round(seconds, 1),
      'requests/s': round(times.length / seconds),
      'p50 ms': round(quantile(times)),
      'p99 ms': round(quantile(times, 0.99)),
      'closed and counted in s': round((performance.now() - closed) / 1000, 1),
    };
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
}

function sender(port: number, tokens: ReadonlyMap<string, string>): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return async (name, method, path, body, version) => {
    const content = body === undefined ? undefined : JSON.stringify(body);
    const asked = request({
      ...{ agent, port, host: '127.0.0.1', method, path },
      headers: {
        authorization: `Bearer ${tokens.get(name)}`,
        ...(content === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
    });
    asked.end(content);
    const [answer] = await once(asked, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    if (answer.statusCode >= 400) throw new Error(`${method} ${path}: ${text}`);
    return { status: answer.statusCode, body: JSON.parse(text) };
  };
}

const motion = { title: 'A motion', preamble: '', text: '1. It is so.', language: 'en', effectiveOn: null };

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

/** The rules of a membership, with open ballots or secret ones, from its beginning on. */
function rulesWith(set: Record<string, unknown>, ballot: 'open' | 'secret') {
  const { version: _, from: __, ...rest } = set;
  const rules = (set.rules as { name: string; rule: object }[]).map(({ name, rule }) => ({
    name,
    rule: { ...rule, ballot },
  }));
  return { ...rest, rules, from: '2020-01-01', reason: 'For the benchmark.' };
}

/** @returns the path of the resolution. */
async function openedVote(send: Send, membership: string, names: readonly string[], ballot: 'open' | 'secret') {
  const rules = `/v1/bodies/${membership}/rules`;
  const { body: set } = await send('archivist', 'GET', rules);
  await send('archivist', 'PUT', rules, rulesWith(set, ballot), Number(set.version));
  const [mover = '', seconder = ''] = names;
  const { body } = await send(mover, 'POST', `/v1/bodies/${membership}/resolutions`, motion);
  const path = `/v1/resolutions/${body.id}`;
  await send(mover, 'POST', `${path}/move`, undefined, 1);
  await send(seconder, 'POST', `${path}/second`, undefined, 2);
  await send('archivist', 'POST', `${path}/open`, { closesAt: inAnHour() }, 3);
  return path;
}

/** @returns how many ballots were counted. */
async function closedAndCounted(send: Send, path: string): Promise<number> {
  await send('archivist', 'POST', `${path}/close`, undefined, 4);
  for (;;) {
    const { result } = (await send('archivist', 'GET', path)).body.vote as {
      result: { count: { present: number } } | null;
    };
    if (result !== null) return result.count.present;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

async function cost(): Promise<void> {
  const missing = dynamoLocalMissing();
  if (missing !== undefined) return console.log(`\nThe cost of votes is left out: ${missing}.`);
  const dynamo = await startDynamoLocal();
  const { client, tables } = await createTables(dynamo.endpoint);
  const services: Services = {
    ...embeddedServices(dynamoRecordStore({ client, tables }), null),
    // A token is the name of whoever asks.
    verifyToken: async token => ({
      issuer: 'https://issuer.bench.example',
      subject: token,
      email: token === 'a.b.c' ? archivistEmail : memberEmail(token),
    }),
  };
  try {
    const call = caller(services);
    await foundBook(services, call);
    const facts = { kind: 'membership', name: 'The assembly', purpose: '', parentBodyId: null, publishesSeats: true };
    const { id } = await call('createBody', {}, { ...facts, established: '2020-01-01' });
    const names = await seatMembers(services, String(id), members);
    const units = meter(client);
    const rows: Row[] = [];
    for (const ballot of ['open', 'secret'] as const)
      rows.push(...(await steps(services, call, String(id), names, ballot, units)));
    printTable(`One vote of ${members} members on DynamoDB, step by step`, rows);
  } finally {
    client.destroy();
    await dynamo.stop();
  }
}

async function steps(
  services: Services,
  call: Call,
  bodyId: string,
  names: readonly string[],
  ballot: 'open' | 'secret',
  units: ReturnType<typeof meter>,
): Promise<Row[]> {
  const rows: Row[] = [];
  const as = (index: number) => caller(services, names[index]);
  const step = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    units.reset();
    const result = await work();
    rows.push({
      ballot,
      step: name,
      'DynamoDB calls': units.calls,
      'read units': round(units.readUnits, 1),
      'write units': units.writeUnits,
    });
    return result;
  };
  const set = await call('getRules', { bodyId });
  await call('updateRules', { bodyId }, rulesWith(set, ballot), Number(set.version));
  const { id } = await as(0)('createResolution', { bodyId }, motion);
  const params = { resolutionId: String(id) };
  await as(0)('moveResolution', params, undefined, 1);
  await as(1)('secondResolution', params, undefined, 2);
  await step('open the vote', () => call('openVote', params, { closesAt: inAnHour() }, 3));
  await step('cast a ballot', () => as(0)('castVote', params, { choice: 'yes' }));
  await step('replace it', () => as(0)('castVote', params, { choice: 'no' }));
  await step('step aside', () => as(0)('recuse', params, { facts: 'An interest.' }));
  await crowd(names.slice(1), 16, (_, index) =>
    as(index + 1)('castVote', params, { choice: choices[index % 3] ?? 'yes' }),
  );
  await step('close it', () => call('closeVote', params, undefined, 4));
  await step('shut the gates and count', () => countDue(services));
  await step('read the result', () => call('getResolution', params));
  return rows;
}

if (import.meta.main) await votes();
