/** Adds to answers where the log proves what the book says of the records in them. */
import type { ProofState } from '../contract/fields.ts';
import type { Proves, Route } from '../contract/route.ts';
import {
  type Stated,
  type Statement,
  statedKey,
  statementKey,
  statementPrefix,
  withOutbox,
} from '../core/log/outbox.ts';
import { type Seals, sealKey } from '../core/log/sequencing.ts';
import type { BookEvent } from '../core/records.ts';
import type { RecordStore, Write } from '../ports/recordStore.ts';
import type { Decision, Reply } from './operation.ts';

type Name = Pick<BookEvent['record'], 'kind' | 'id'>;

/** The address of the proof of what was said with one version of a record. */
export const proofAddress = ({ kind, id, version }: BookEvent['record']) =>
  `/v1/log/records/${kind}/${id}/versions/${version}`;

/** One read for every hundred. In the order of the names. */
export async function proofsOf(records: RecordStore, names: readonly Name[]): Promise<ProofState[]> {
  const states: ProofState[] = [];
  for (let from = 0; from < names.length; from += 100) {
    const some = names.slice(from, from + 100);
    const items = await records.getMany(some.map(statedKey));
    for (const [place, name] of some.entries()) {
      const stated = items[place]?.data as unknown as Stated | undefined;
      if (stated === undefined) states.push(null);
      else if (stated.index === null) states.push('pending');
      else states.push({ index: stated.index, url: proofAddress({ ...name, version: stated.version }) });
    }
  }
  return states;
}

/** Of what was said with one version of a record, which may not be the latest that was said of it. One read. */
export async function proofOfVersion(records: RecordStore, name: BookEvent['record']): Promise<ProofState> {
  const [statement, sealed] = await records.getMany([statementKey(name), sealKey(name)]);
  if (statement === undefined) return null;
  const seal = (sealed?.data as unknown as Seals | undefined)?.statement;
  if (seal == null) return 'pending';
  return seal.salt === null ? null : { index: seal.index, url: proofAddress(name) };
}

/**
 * Runs an operation whose answer is proven. A record that the request names is looked up at the same time.
 * @param params of the request.
 */
export async function withProofs<R extends Reply<unknown> | Decision<unknown>>(
  { proves }: Route,
  params: Readonly<Record<string, unknown>>,
  records: RecordStore,
  run: () => Promise<R>,
): Promise<R> {
  if (proves === undefined) return run();
  const { kind } = proves;
  const id = idIn(proves, params);
  const [reply, [known = null]] = await Promise.all([run(), id === undefined ? [] : proofsOf(records, [{ kind, id }])]);
  const body = reply.body as { readonly items?: readonly { readonly id: string }[] };
  if (body.items !== undefined) {
    const states = await proofsOf(
      records,
      body.items.map(item => ({ kind, id: item.id })),
    );
    return { ...reply, body: { ...body, items: body.items.map((item, place) => ({ ...item, proof: states[place] })) } };
  }
  const proof = 'writes' in reply ? stateAfter(reply.writes, proves, id, known) : known;
  return { ...reply, body: { ...body, proof } };
}

const idIn = ({ id }: Proves, params: Readonly<Record<string, unknown>>) =>
  id?.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));

/** `pending` when something new is said in public with what is about to be written, null when nothing is said any more. */
function stateAfter(writes: readonly Write[], { kind }: Proves, id: string | undefined, known: ProofState): ProofState {
  const all = withOutbox(writes);
  const isNew = all.some(write => {
    if (!('put' in write) || !isStatement(write.put.key.sort)) return false;
    const { record } = write.put.data as unknown as Statement;
    return record.kind === kind && (id === undefined || record.id === id);
  });
  if (isNew) return 'pending';
  const stated = id === undefined ? undefined : statedKey({ kind, id });
  const isOver = all.some(
    write => 'remove' in write && write.remove.partition === stated?.partition && write.remove.sort === stated.sort,
  );
  return isOver ? null : known;
}

const isStatement = (sort: string) => sort.startsWith(statementPrefix);
