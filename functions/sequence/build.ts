/** Builds the entries that have their places, and moves the head behind them. */
import { type Head, isSame } from '../../shared/core/log/proofs.ts';
import { headData, headIn, headKey } from '../../shared/core/log/sequencing.ts';
import { rootOf, sizeOf } from '../../shared/core/log/tree.ts';
import { BusyError, VersionConflictError } from '../../shared/errors.ts';
import { LogForkError } from '../../shared/ports/logStore.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { type FileServices, mostAtOnce, readEdge, writeFiles } from './files.ts';
import { rebuild } from './rebuild.ts';
import type { StoredHead } from './stand.ts';

/** @returns the head as it is then; further than asked when another run was faster. */
export async function buildUpTo(from: StoredHead, size: number, services: FileServices): Promise<StoredHead> {
  let head = from;
  while (head.size < size || head.version === 0) {
    const edge = (await readEdge(head, services.store)) ?? (await rebuild(head, services));
    const grown = await writeFiles(edge, Math.min(size, head.size + mostAtOnce), services);
    head = await moveHead(head, { size: sizeOf(grown), root: rootOf(grown) }, services.records);
  }
  return head;
}

/** What is signed is the head that is stored: so nobody ever signs two trees of one size. */
async function moveHead(head: StoredHead, to: Head, records: RecordStore): Promise<StoredHead> {
  const version = head.version + 1;
  const expect = head.version === 0 ? ('absent' as const) : { version: head.version };
  try {
    await records.commit([{ put: { key: headKey, version, data: headData(to) }, expect }]);
    return { ...to, version };
  } catch (error) {
    if (!(error instanceof VersionConflictError || error instanceof BusyError)) throw error;
    const item = await records.get(headKey);
    // Nobody moved it, and nobody lets go of it: the next run does.
    if (item === undefined || item.version === head.version) throw error;
    const now = headIn(item.data);
    if (now.size < head.size || (now.size === to.size && !isSame(now.root, to.root))) {
      throw new LogForkError(`Two runs came to different trees at ${now.size} entries`);
    }
    return { ...now, version: item.version };
  }
}
