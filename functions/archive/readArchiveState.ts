/** Reads what was counted last of the archive. */
import type { archiveRoutes } from '../../shared/contract/archive.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { type ArchiveState, archiveStateKey } from '../../shared/core/archive/custody.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

const none = {
  at: null,
  files: 0,
  bytes: 0,
  good: 0,
  failed: 0,
  oldestCheckAt: null,
  latestCheckAt: null,
  periodDays: 0,
};

/** One read. */
export async function readArchiveState(records: RecordStore): Promise<Answer<typeof archiveRoutes.getArchiveState>> {
  const item = await records.get(archiveStateKey);
  return (item?.data as unknown as ArchiveState | undefined) ?? none;
}
