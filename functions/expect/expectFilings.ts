/** Creates the filings that are due before long, and keeps those that nobody has touched what the rules ask for. */
import { addDays, dateIn, type Instant, instant, type PlainDate } from '../../shared/core/calendar.ts';
import { areSameFacts, type Step, stepsTo } from '../../shared/core/filings/expected.ts';
import { expectKey } from '../../shared/core/filings/expecting.ts';
import { filingLists } from '../../shared/core/filings/filings.ts';
import { filingIdOf } from '../../shared/core/filings/obligations.ts';
import { obligationsOf } from '../../shared/core/filings/obligationsOf.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import { listPartition, recordKey, rowKey } from '../../shared/core/records.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { allPages } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readFilings } from '../filings/readFilings.ts';
import { writeFiling } from '../filings/write.ts';
import { readFacts } from '../obligations/readFacts.ts';

/** What is due within so many days is expected. */
const daysAhead = 400;

/** The day on which all was last worked out: time alone brings new duties. */
const workedOutKey = rowKey('filings-worked-out', 'day');

type ExpectServices = Pick<JobServices, 'records' | 'now' | 'newId'>;

/** Does nothing while nothing has changed since it did its work on this day. One read. */
export async function expectFilings(services: ExpectServices): Promise<void> {
  const { records } = services;
  const now = instant(services.now());
  const [asked, worked, organisation] = await records.getMany([
    expectKey,
    workedOutKey,
    recordKey('organisation', organisationId),
  ]);
  if (organisation === undefined) return;
  const today = dateIn(timeZoneOf(organisation.data as unknown as Organisation, now), now);
  if (asked === undefined && worked?.data.day === today) return;
  await untilSettled(() => expectOnce(services, now));
  // A crash before this commit has the work done again, which changes nothing. What was asked for meanwhile stays.
  await records
    .commit([
      { put: { key: workedOutKey, version: 1, data: { day: today } }, expect: 'any' },
      ...(asked === undefined ? [] : [{ remove: asked.key, expect: { version: asked.version } } as const]),
    ])
    .catch(error => {
      if (!(error instanceof VersionConflictError)) throw error;
    });
}

/** @throws {VersionConflictError} somebody else changed one of the filings. Those before it are done. */
async function expectOnce({ records, newId }: ExpectServices, now: Instant): Promise<void> {
  const worked = await workOut(records, now);
  if (worked === null) return;
  for (const { id, before, after, reason } of worked.steps) {
    const act = { operation: 'expectFilings', by: null, at: now, eventId: newId() };
    const { writes } = writeFiling(id, before, after, { act, timeZone: worked.timeZone, reason });
    // A crash between two of these commits leaves the rest to the next run.
    await records.commit(writes);
  }
}

/**
 * Null while it is not recorded since when the book keeps filings.
 *
 * What decides is read again when the filings have been read. So whoever works from what was changed since finds those filings changed:
 * of two at once, the one that knows less cannot have the last word.
 */
async function workOut(
  records: RecordStore,
  now: Instant,
): Promise<{ readonly steps: readonly Step[]; readonly timeZone: string } | null> {
  for (;;) {
    const { facts, organisation, today } = await readFacts(records, now);
    const { since } = facts;
    if (since === null) return null;
    const open = await readOpen(records);
    const obligations = obligationsOf(facts, { from: since, to: lastDay(today, open) });
    const filings = await readFilings(records, [...open.map(({ id }) => id), ...obligations.map(filingIdOf)]);
    const again = await readFacts(records, now);
    if (!areSameFacts(again.facts, facts)) continue;
    return { steps: stepsTo(filings, obligations), timeZone: timeZoneOf(organisation.data, now) };
  }
}

interface OpenCard {
  readonly id: string;
  readonly ruleDue: PlainDate;
}

async function readOpen(records: RecordStore): Promise<OpenCard[]> {
  const cards: OpenCard[] = [];
  for await (const items of allPages(records, { partition: listPartition(filingLists.open) }, 1000))
    cards.push(...items.map(({ data }) => ({ id: String(data.id), ruleDue: String(data.ruleDue) })));
  return cards;
}

/** Further ahead where something was expected already: else it would look as if it were owed no more. */
const lastDay = (today: PlainDate, open: readonly OpenCard[]): PlainDate =>
  open.reduce((last, { ruleDue }) => (ruleDue > last ? ruleDue : last), addDays(today, daysAhead));
