/** Shuts and counts every vote whose time is over. */
import { instant } from '../../shared/core/calendar.ts';
import { type Resolution, resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { allPages, readRecord } from '../../shared/http/read.ts';
import { shutGates } from '../resolutions/shut.ts';
import { countVote } from './countVote.ts';

/** What fails is logged, and stays on its list for the next time. */
export async function countDue(services: JobServices): Promise<void> {
  const partition = listPartition(resolutionLists.open);
  const upTo = `${instant(services.now())}$`;
  for await (const rows of allPages(services.records, { partition, upTo })) {
    for (const { data } of rows) {
      await closeAndCount(String(data.id), services).catch(error => logFaults(error, 'countVote', services));
    }
  }
}

/** A crash between the two leaves a vote that takes no ballot and is not counted: the next run counts it. */
async function closeAndCount(id: string, services: JobServices): Promise<void> {
  const { records, now, newId } = services;
  await untilSettled(async () => {
    const before = await readRecord<Resolution>(records, 'resolution', id);
    // Another counter was faster.
    if (before.data.vote?.result !== null) return;
    const act = { operation: 'closeVote', by: null, at: instant(now()), eventId: newId() };
    const { writes } = shutGates(before, act);
    if (writes.length > 0) await records.commit(writes);
  });
  await countVote(id, services);
}
