/** Adds to answers where the log proves what the book says of the records in them. */
import type { ProofState } from '../contract/fields.ts';
import type { Proves, Route } from '../contract/route.ts';
import { type Stated, type Statement, statedKey, withOutbox } from '../core/log/outbox.ts';
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
  const isNew = 'writes' in reply && states(reply.writes, proves, id);
  return { ...reply, body: { ...body, proof: isNew ? 'pending' : known } };
}

const idIn = ({ id }: Proves, params: Readonly<Record<string, unknown>>) =>
  id?.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));

/** Whether something new is said in public with what is about to be written. */
const states = (writes: readonly Write[], { kind }: Proves, id: string | undefined) =>
  withOutbox(writes).some(write => {
    if (!('put' in write) || !isStatement(write.put.key.sort)) return false;
    const { record } = write.put.data as unknown as Statement;
    return record.kind === kind && (id === undefined || record.id === id);
  });

const isStatement = (sort: string) => sort.startsWith('statement#');
