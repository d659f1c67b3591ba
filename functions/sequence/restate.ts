/** Works out what was said of one record in public, from its events, where nobody kept it at the time. */
import {
  dataBefore,
  type Statement,
  statedItem,
  statedKey,
  statementKey,
  statementOf,
  statementWrite,
} from '../../shared/core/log/outbox.ts';
import { publicFormOf } from '../../shared/core/log/publicForms.ts';
import { type BookEvent, eventKey, eventPrefix, recordKey } from '../../shared/core/records.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';

/** Events and statements may be as large as an item, and are held in memory. */
const eventsAtOnce = 20;
/** A commit has 4 MB at most. */
const statementsAtOnce = 8;

type Name = Pick<BookEvent['record'], 'kind' | 'id'>;

/**
 * Keeps all statements of a record up to the version that it has now, and which is the latest. From then on they are kept with every
 * commit.
 */
export async function stateAgain(name: Name, services: { readonly records: RecordStore }): Promise<void> {
  // The record may change just now, or another run be faster.
  await untilSettled(() => stateOnce(name, services));
}

async function stateOnce({ kind, id }: Name, { records }: { readonly records: RecordStore }): Promise<void> {
  const item = await records.get(recordKey(kind, id));
  if (item === undefined) return;
  const { partition } = item.key;
  const isPublic = publicFormOf(kind, item.data) !== null;
  let latest: Statement | undefined;
  let found: Statement[] = [];
  let after = item.data;
  // From the last version back: only the record itself tells what is null and what is missing in it.
  for (let version = item.version; version > 0; ) {
    const upTo = eventKey(kind, id, version).sort;
    const range = { partition, prefix: eventPrefix, upTo, order: 'descending', limit: eventsAtOnce } as const;
    const { items } = await records.query({ table: 'records', ...range });
    if (items.length === 0) throw new Error(`The event of version ${version} of ${partition} is missing`);
    for (const { data } of items) {
      const event = data as unknown as BookEvent;
      if (event.record.version !== version)
        throw new Error(`The event of version ${version} of ${partition} is missing`);
      const statement = statementOf(event, after);
      if (statement !== null) found.push(statement);
      latest ??= statement ?? undefined;
      after = dataBefore(event, after);
      version--;
    }
    for (; found.length > 0; found = found.slice(statementsAtOnce)) {
      await keepMissing(found.slice(0, statementsAtOnce), records);
    }
  }
  if (latest === undefined || !isPublic || (await records.get(statedKey({ kind, id }))) !== undefined) return;
  // What is no more for everybody by then is not called so.
  const isAsRead: Write = { check: item.key, expect: { version: item.version } };
  await records.commit([isAsRead, { put: statedItem(latest.record), expect: 'absent' }]);
}

/** What is there stays: it may be sealed already. */
async function keepMissing(statements: readonly Statement[], records: RecordStore): Promise<void> {
  const kept = await records.getMany(statements.map(({ record }) => statementKey(record)));
  const writes = statements.filter((_, place) => kept[place] === undefined).map(statementWrite);
  if (writes.length > 0) await records.commit(writes);
}
