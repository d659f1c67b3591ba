/** Puts what is in a book that is older than its log on the list of what is to be sealed, as if it had been sealed from the beginning. */

import { statementKey, unsealedRow } from '../../shared/core/log/outbox.ts';
import { isStated } from '../../shared/core/log/publicForms.ts';
import { backfillKey } from '../../shared/core/log/sequencing.ts';
import { organisationId } from '../../shared/core/organisation.ts';
import { type BookEvent, eventKey, eventList, listPartition, replaceItem } from '../../shared/core/records.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { Item, Write } from '../../shared/ports/recordStore.ts';
import { stateAgain } from './restate.ts';
import type { SequencerServices } from './services.ts';

type BackfillServices = Pick<SequencerServices, 'records' | 'now'>;

/** First what was said of all records, then all events: so no event gets its place without what was said with it. */
const passes = ['statements', 'events'] as const;

/** How far it came. */
interface Progress {
  readonly pass: (typeof passes)[number] | 'done';
  readonly month: string;
  /** Place in the month; null for its beginning. */
  readonly after: string | null;
}

type Listed = Omit<BookEvent, 'changes'>;

/** So many events are read at a time: with what was said with them their rows are one commit. */
const eventsAtOnce = 90;

/**
 * To be done before the first event of a book gets its place. It may break off anywhere, and goes on where it was; whatever is written
 * twice is the same, and what is committed meanwhile is sealed like everything else.
 */
export async function backfill(services: BackfillServices): Promise<void> {
  // Another run may be at it, too: then this one goes on where that one is.
  await untilSettled(() => backfillOn(services));
}

async function backfillOn({ records, now }: BackfillServices): Promise<void> {
  const [founding, kept] = await records.getMany([eventKey('organisation', organisationId, 1), backfillKey]);
  if (founding === undefined) return;
  const months = monthsBetween(String(founding.data.at), now());
  const [first = ''] = months;
  const start: Progress = { pass: 'statements', month: first, after: null };
  let item = kept;
  let progress = (kept?.data as unknown as Progress | undefined) ?? start;
  const keep = async (next: Progress, writes: readonly Write[] = []) => {
    const write = replaceItem(backfillKey, item, { ...next });
    await records.commit([...writes, write]);
    if ('put' in write) item = write.put;
    progress = next;
  };
  for (const pass of passes) {
    if (progress.pass !== pass) continue;
    for (const month of months.filter(one => one >= progress.month)) {
      let after = month === progress.month ? progress.after : null;
      for (;;) {
        const partition = listPartition(eventList(month));
        const range = { table: 'records', partition, order: 'ascending', limit: eventsAtOnce } as const;
        const { items } = await records.query(after === null ? range : { ...range, after });
        const last = items.at(-1);
        if (last === undefined) break;
        after = last.key.sort;
        const events = items.map(({ data }) => data as unknown as Listed);
        const rows = pass === 'statements' ? await restate(events, { records }) : await rowsOf(events, { records });
        // A crash before this has the page done again.
        await keep({ pass, month, after }, rows);
      }
    }
    await keep(pass === 'statements' ? { ...start, pass: 'events' } : { ...start, pass: 'done' });
  }
}

/** Each record once, where it began. */
async function restate(events: readonly Listed[], services: Pick<BackfillServices, 'records'>): Promise<Write[]> {
  for (const { record } of events) {
    if (record.version === 1 && isStated(record.kind)) await stateAgain(record, services);
  }
  return [];
}

async function rowsOf(events: readonly Listed[], { records }: Pick<BackfillServices, 'records'>): Promise<Write[]> {
  const statements = await records.getMany(events.map(({ record }) => statementKey(record)));
  const rows = events.map((event, place): Item => unsealedRow(event, statements[place] !== undefined));
  // What is sealed by then leaves the list again.
  return rows.map(put => ({ put, expect: 'any' }));
}

/** Of two servers one's clock may be behind: the months before and behind belong to it. */
function monthsBetween(from: string, to: Date): string[] {
  const months: string[] = [];
  const [year = 0, month = 0] = from.slice(0, 7).split('-').map(Number);
  const end = Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1);
  for (let step = -1; ; step++) {
    const first = Date.UTC(year, month - 1 + step);
    if (first > end) return months;
    months.push(new Date(first).toISOString().slice(0, 7));
  }
}
