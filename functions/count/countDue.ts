/** Shuts and counts every vote whose time is over, and settles every written consent. */
import { instant } from '../../shared/core/calendar.ts';
import { type Resolution, resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { allPages, readRecord } from '../../shared/http/read.ts';
import { shut, shutGates } from '../votes/shut.ts';
import { countVote } from './countVote.ts';
import { settleConsent } from './dueConsents.ts';

/** What fails is logged, and stays on its list for the next time. */
export async function countDue(services: JobServices): Promise<void> {
  const partition = listPartition(resolutionLists.open);
  const upTo = `${instant(services.now())}$`;
  for await (const rows of allPages(services.records, { partition, upTo })) {
    for (const { data } of rows) {
      await closeAndCount(String(data.id), services).catch(error => logFaults(error, 'countVote', services));
      await settleConsent(String(data.id), services).catch(error => logFaults(error, 'countVote', services));
    }
  }
}

/** A crash after any of the three steps leaves a vote that takes no ballot and is not counted: the next run goes on. */
async function closeAndCount(id: string, services: JobServices): Promise<void> {
  const { records, now, newId } = services;
  const isVote = await untilSettled(async () => {
    const before = await readRecord<Resolution>(records, 'resolution', id);
    const { vote } = before.data;
    // Another counter was faster.
    if (vote === null || vote.tie !== null || vote.result !== null) return false;
    const { writes } = shut(before, { operation: 'closeVote', by: null, at: instant(now()), eventId: newId() });
    if (writes.length > 0) await records.commit(writes);
    return true;
  });
  if (!isVote) return;
  await shutGates(records, id);
  await countVote(id, services);
}
