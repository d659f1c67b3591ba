/** Gives everything that waits to be sealed its place in the log. */
import {
  type Stated,
  type Statement,
  statedKey,
  statementKey,
  type Unsealed,
  unsealedPartition,
} from '../../shared/core/log/outbox.ts';
import { assign, batchesOf, nextKey, sealKey, type Waiting } from '../../shared/core/log/sequencing.ts';
import { type BookEvent, eventKey } from '../../shared/core/records.ts';
import { BusyError, VersionConflictError } from '../../shared/errors.ts';
import type { Item, Key, RecordStore, Write } from '../../shared/ports/recordStore.ts';
import type { SequencerServices } from './services.ts';

/** So many are assigned before what is there is built and published: nobody waits for the end of a flood. */
const mostInOneRun = 2000;

/** Nothing else moves the count than sealing; when it stands still so often, something is wrong with what is stored. */
const mostConflicts = 20;

type AssignServices = Pick<SequencerServices, 'records' | 'newSalt'>;

/** How many entries have their place. */
interface Next {
  readonly version: number;
  readonly size: number;
}

export interface Assigned {
  /** Events that got their place now. */
  readonly count: number;
  /** So many entries have a place. */
  readonly size: number;
  readonly isMoreWaiting: boolean;
}

export async function assignWaiting(services: AssignServices): Promise<Assigned> {
  let count = 0;
  for (let next = await readNext(services); ; ) {
    const query = { table: 'records', partition: unsealedPartition, order: 'ascending', limit: 1000 } as const;
    const { items } = await services.records.query(query);
    const size = next?.size ?? 0;
    if (items.length === 0) return { count, size, isMoreWaiting: false };
    if (count >= mostInOneRun) return { count, size, isMoreWaiting: true };
    const after = await assignRows(items, next, services);
    count += after.count;
    next = after.next;
  }
}

/** Assigns these rows of the list of what waits, those of them that wait by then. */
export async function assignThese(rows: readonly Item[], services: AssignServices): Promise<void> {
  await assignRows(rows, await readNext(services), services);
}

async function assignRows(rows: readonly Item[], from: Next | undefined, services: AssignServices) {
  let next = from;
  let count = 0;
  for (const first of batchesOf(rows)) {
    let batch = first;
    for (let conflicts = 0; batch.length > 0; ) {
      const { writes, assigned, size } = await writesFor(batch, next, services);
      try {
        // From here on their order is durable. A crash before it leaves them waiting, one behind it leaves them for the building.
        await services.records.commit(writes);
        if (assigned > 0) next = { version: (next?.version ?? 0) + 1, size };
        count += assigned;
        break;
      } catch (error) {
        // Another run was faster, or something else is said of a record meanwhile: look again.
        if (!(error instanceof VersionConflictError || error instanceof BusyError)) throw error;
        const now = await readNext(services);
        conflicts = now?.version === next?.version ? conflicts + 1 : 0;
        if (conflicts === mostConflicts) throw error;
        next = now;
        batch = await waitingStill(batch, services);
      }
    }
  }
  return { count, next };
}

/** The rows as they are now: what another run has sealed is on the list no more. */
async function waitingStill(rows: readonly Item[], { records }: AssignServices): Promise<Item[]> {
  const found = await records.getMany(rows.map(({ key }) => key));
  return found.filter(row => row !== undefined);
}

async function readNext({ records }: AssignServices): Promise<Next | undefined> {
  const item = await records.get(nextKey);
  return item && { version: item.version, size: Number(item.data.size) };
}

async function writesFor(rows: readonly Item[], next: Next | undefined, { records, newSalt }: AssignServices) {
  const names = rows.map(({ data }) => data as unknown as Unsealed);
  const found = await readEach(
    names.flatMap(name => [
      eventKey(name.kind, name.id, name.version),
      sealKey(name),
      ...(name.isStated ? [statementKey(name), statedKey(name)] : []),
    ]),
    records,
  );
  const waiting: Waiting[] = [];
  const others: Write[] = [];
  for (const row of rows) {
    const name = row.data as unknown as Unsealed;
    const event = found(eventKey(name.kind, name.id, name.version));
    // What was sealed already, and what is no more, only leaves the list.
    if (event === undefined || found(sealKey(name)) !== undefined) {
      others.push({ remove: row.key, expect: 'any' });
      continue;
    }
    const statement = found(statementKey(name))?.data as unknown as Statement | undefined;
    const stated = found(statedKey(name))?.data as unknown as Stated | undefined;
    waiting.push({
      row,
      event: event.data as unknown as BookEvent,
      statement: statement ?? null,
      isLatest: stated?.version === name.version,
      newSalt,
    });
  }
  const { writes, size } = assign(next, waiting);
  return { writes: [...writes, ...others], assigned: waiting.length, size };
}

/** Several of what waits may be of one record: each key is read once. */
async function readEach(keys: readonly Key[], records: RecordStore): Promise<(key: Key) => Item | undefined> {
  const nameOf = ({ partition, sort }: Key) => JSON.stringify([partition, sort]);
  const distinct = new Map(keys.map(key => [nameOf(key), key]));
  const items = await records.getMany([...distinct.values()]);
  const found = new Map([...distinct.keys()].map((name, place) => [name, items[place]]));
  return key => found.get(nameOf(key));
}
