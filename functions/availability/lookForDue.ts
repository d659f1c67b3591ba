/** Looks whether everybody can have what the law opens to them: once a day each file, and when somebody asks. */
import { type Instant, instant } from '../../shared/core/calendar.ts';
import {
  type Availability,
  availabilityKey,
  isTimeToLook,
  type Look,
  mostLooks,
  noteLooks,
  toLookForKey,
  toLookForNow,
} from '../../shared/core/filings/availability.ts';
import { organisationId } from '../../shared/core/organisation.ts';
import { recordKey, replaceItem } from '../../shared/core/records.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import { fetchAsAnybody, type Wanted } from '../../shared/http/fetchAsAnybody.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import type { JsonObject, RecordStore } from '../../shared/ports/recordStore.ts';
import { readInspectionSet } from '../inspection/readInspectionSet.ts';

export interface Looking {
  /** Scheme and host by which the public knows the book. */
  readonly origin: string;
  /** For one file. */
  readonly patienceMilliseconds: number;
  /** True once no other file is to be fetched; what is left is for the next run. */
  readonly isOver: () => boolean;
}

/** What is wrong is logged, each file with a line of its own. */
export async function lookForDue(services: Omit<JobServices, 'blobs'>, looking: Looking): Promise<void> {
  const { records, now } = services;
  const { origin, patienceMilliseconds, isOver } = looking;
  const [asked, item, organisation] = await records.getMany([
    toLookForKey,
    availabilityKey,
    recordKey('organisation', organisationId),
  ]);
  const last = item?.data as unknown as Availability | undefined;
  // What was found at another address says nothing of this one.
  const state = last?.origin === origin ? last : undefined;
  const askedAt = asked === undefined ? null : String(asked.data.askedAt);
  if (organisation === undefined || !isTimeToLook(state, askedAt, instant(now()))) return;

  const files = await readWanted(records, instant(now()));
  const known = state?.looks ?? [];
  const due = toLookForNow(files, known, askedAt, instant(now()));
  const made: Look[] = [];
  for (const { documentId, version, sha256, size } of due) {
    if (isOver()) break;
    const finding = await fetchAsAnybody(origin, { documentId, version, sha256, size }, patienceMilliseconds);
    // What the end of this run broke off was not looked for.
    if (finding === 'unreachable' && isOver()) break;
    made.push({ documentId, version, sha256, at: instant(now()), finding });
  }
  const isComplete = made.length === due.length;

  // What was taken out of the set meanwhile is not missing from it.
  const isSound = made.every(({ finding }) => finding === 'same');
  const current = isSound ? files : await readWanted(records, instant(now()));
  const looks = noteLooks(current, known, made);
  complain(
    looks.filter(look => made.includes(look)),
    current.length,
    services,
  );
  const after: Availability = {
    origin,
    looks,
    completedAt: isComplete ? instant(now()) : (state?.completedAt ?? null),
  };
  const done = isComplete && asked !== undefined;
  try {
    // A crash before this commit leaves everything to be looked for again.
    await records.commit([
      replaceItem(availabilityKey, item, after as unknown as JsonObject),
      ...(done ? [{ remove: toLookForKey, expect: { version: asked.version } } as const] : []),
    ]);
  } catch (error) {
    // Another run was faster, or somebody asked again: the next run goes on.
    if (!(error instanceof VersionConflictError)) throw error;
  }
}

/** Every file that is public by the set of today, and every copy that was made for everybody and that nobody can have; each once. */
async function readWanted(records: RecordStore, now: Instant): Promise<Wanted[]> {
  const { items } = await readInspectionSet(records, await readToday(records, now), now);
  const wanted = items.flatMap(({ files, away }) => [...files, ...away.map(paper => ({ ...paper, size: null }))]);
  return [...new Map(wanted.map(file => [`${file.documentId}~${file.version}`, file])).values()];
}

/** One line for each file that is not what it should be. */
function complain(looks: readonly Look[], count: number, services: Omit<JobServices, 'blobs'>): void {
  const faults = looks
    .filter(({ finding }) => finding !== 'same')
    .map(
      ({ documentId, version, finding }) => `Version ${version} of document ${documentId} is ${finding} to the public`,
    );
  if (count > mostLooks) faults.push(`Of ${count} public files only ${mostLooks} are fetched`);
  // What a reader needs is the file, not where in the program it was noticed.
  if (faults.length > 0) logFaults(new AggregateError(faults), 'checkAvailability', services);
}
