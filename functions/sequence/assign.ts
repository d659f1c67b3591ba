/** Gives everything that waits to be sealed its place in the log. */
import { type Statement, statedKey, statementKey, unsealedPartition } from '../../shared/core/log/outbox.ts';
import { assign, type EventName, mostAssigned, nextKey, sealKey } from '../../shared/core/log/sequencing.ts';
import { type BookEvent, eventKey } from '../../shared/core/records.ts';
import { BusyError, VersionConflictError } from '../../shared/errors.ts';
import type { Item, Write } from '../../shared/ports/recordStore.ts';
import type { SequencerServices } from './services.ts';

/** So many are assigned before what is there is built and published: nobody waits for the end of a flood. */
const mostInOneRun = 20_000;

/** @returns how many events got their place, and how many entries have one. */
export async function assignWaiting(services: SequencerServices): Promise<{ count: number; next: number }> {
  const { records } = services;
  for (let count = 0; ; ) {
    const [next, { items }] = await Promise.all([
      records.get(nextKey),
      records.query({ table: 'records', partition: unsealedPartition, order: 'ascending', limit: mostAssigned }),
    ]);
    const size = Number(next?.data.size ?? 0);
    if (items.length === 0 || count >= mostInOneRun) return { count, next: size };
    const writes = await writesFor(items, next && { version: next.version, size }, services);
    try {
      // From here on their order is durable. A crash before it leaves them waiting, one behind it leaves them for the building.
      await records.commit(writes);
      count += items.length;
    } catch (error) {
      // Another run was faster: it has done the same, so look again.
      if (!(error instanceof VersionConflictError || error instanceof BusyError)) throw error;
    }
  }
}

async function writesFor(
  rows: readonly Item[],
  next: { readonly version: number; readonly size: number } | undefined,
  { records, newSalt }: SequencerServices,
): Promise<Write[]> {
  const names = rows.map(row => row.data as unknown as EventName);
  const ofEach = names.flatMap(name => [eventKey(name.kind, name.id, name.version), statementKey(name), sealKey(name)]);
  // Several of them may be of one record.
  const stated = [...new Map(names.map(name => [nameOf(name), statedKey(name)]))];
  const found = await records.getMany([...ofEach, ...stated.map(([, key]) => key)]);
  const latest = new Map(stated.map(([name], place) => [name, found[ofEach.length + place]?.data.version]));
  const waiting = names.flatMap((name, place) => {
    const [event, statement, seals] = found.slice(3 * place, 3 * place + 3);
    // What was sealed already, and what is no more, only leaves the list.
    if (event === undefined || seals !== undefined) return [];
    const said = (statement?.data as unknown as Statement | undefined) ?? null;
    const isLatest = latest.get(nameOf(name)) === name.version;
    return [{ event: event.data as unknown as BookEvent, statement: said, isLatest, newSalt }];
  });
  const isAssigned = new Set(waiting.map(({ event }) => event.id));
  const others = rows.filter(({ key }) => !isAssigned.has(key.sort));
  return [
    ...(waiting.length === 0 ? [] : assign(next, waiting)),
    ...others.map(({ key }): Write => ({ remove: key, expect: 'any' })),
  ];
}

const nameOf = ({ kind, id }: EventName) => `${kind}/${id}`;
