/**
 * The round of the archive: forgets what was abandoned, lets go of what may go, tells the store what to protect, reads a share of
 * all bytes again, and counts.
 *
 * Each step can be broken off and done again at any point.
 */
import {
  archiveStateKey,
  type Custody,
  countArchive,
  custodyIn,
  custodyList,
  isDamaged,
  shareOf,
} from '../../shared/core/archive/custody.ts';
import type { ArchivedDocument } from '../../shared/core/archive/documents.ts';
import { instant } from '../../shared/core/calendar.ts';
import { organisationId } from '../../shared/core/organisation.ts';
import { listPartition, recordKey } from '../../shared/core/records.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { allPages, readEach } from '../../shared/http/read.ts';
import type { JsonObject } from '../../shared/ports/recordStore.ts';
import { forgetAbandoned } from './abandoned.ts';
import { attend } from './attend.ts';
import { checkAsked } from './checkAsked.ts';
import { checkBytes } from './checkBytes.ts';
import { reviewDisposals } from './disposals.ts';
import { readKeeping } from './keeping.ts';

export interface Round {
  /** Every file is read again within so many days. */
  readonly periodDays: number;
  readonly hoursBetweenRounds: number;
  /** When to stop beginning with another file, in milliseconds of the clock; what is left is first in the next round. */
  readonly until?: number;
}

export async function runCustody(services: JobServices, round: Round): Promise<void> {
  const { records, now } = services;
  const organisation = await records.get(recordKey('organisation', organisationId));
  if (organisation === undefined) return;
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(...(error instanceof AggregateError ? error.errors : [error]));
  const attempt = (work: () => Promise<void>) => work().catch(note);
  await attempt(() => forgetAbandoned(services));
  await attempt(() => reviewDisposals(services, organisation));
  await attempt(() => checkAsked(services, round.until));

  const held = new Map<string, Custody>();
  const again = () => readKeeping(services, organisation);
  const keeping = await again();
  for await (const items of allPages(records, { partition: listPartition(custodyList) })) {
    const uses = items.flatMap(item => custodyIn(item)?.uses ?? []);
    const ids = uses.map(({ documentId }) => documentId);
    const documents = await readEach<ArchivedDocument>(records, 'document', ids);
    for (const item of items) {
      const custody = await attend(item, { services, documents, keeping, readKeeping: again }).catch(error => {
        note(error);
        return custodyIn(item);
      });
      if (custody !== undefined && custody.leavingSince === null) held.set(item.key.sort, custody);
    }
  }

  // What was found damaged may have been restored: it is read again in every round.
  const due = [...held].map(([sha256, custody]) => ({
    sha256,
    checkedAt: isDamaged(custody) ? null : custody.checkedAt,
  }));
  const runs = Math.max(1, (round.periodDays * 24) / round.hoursBetweenRounds);
  for (const { sha256 } of shareOf(due, runs, instant(now()), round.periodDays)) {
    if (round.until !== undefined && now().getTime() > round.until) break;
    await attempt(async () => {
      const custody = await checkBytes(sha256, services);
      if (custody !== undefined) held.set(sha256, custody);
    });
  }
  const state = countArchive([...held.values()], instant(now()), round.periodDays);
  const put = { key: archiveStateKey, version: 1, data: state as unknown as JsonObject };
  await records.commit([{ put, expect: 'any' }]);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} steps of the round failed`);
}
