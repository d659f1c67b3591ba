/** Loads a document for a caller, with what decides who may see it and how long it is kept; and writes one with its rows. */
import { documentRows } from '../../shared/core/archive/documentLists.ts';
import {
  type ArchivedDocument,
  type References,
  referencesKey,
  type Version,
  versionKey,
  visibleVersions,
} from '../../shared/core/archive/documents.ts';
import type { Circumstances, HoldsInForce, RetentionSchedule } from '../../shared/core/archive/retention.ts';
import { holdsKey, rulesOn, scheduleId } from '../../shared/core/archive/retention.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import { dateIn, type Instant } from '../../shared/core/calendar.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import {
  type Act,
  type Change,
  changeRecord,
  moveRows,
  recordKey,
  type Stored,
  stored,
} from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { expectVersion } from '../../shared/http/read.ts';
import type { Item, Key, RecordStore, Write } from '../../shared/ports/recordStore.ts';

const scheduleKey = recordKey('retention-schedule', scheduleId);

/** A document and all that decides about it, read at once. */
export interface Known {
  readonly document: Stored<ArchivedDocument>;
  readonly references: References;
  readonly circumstances: Circumstances;
  /** Demand that the references, the holds and the schedule are still what was read. */
  readonly checks: readonly Write[];
  /** The version that was asked for, if there is one of that number. */
  readonly version: Version | undefined;
}

/** One read. @throws {NotFoundError} there is no such document. */
export async function loadDocument(
  records: RecordStore,
  id: string,
  now: Instant,
  versionNumber?: number,
): Promise<Known> {
  const [item, references, organisation, schedule, holds, version] = await records.getMany([
    recordKey('document', id),
    referencesKey(id),
    recordKey('organisation', organisationId),
    scheduleKey,
    holdsKey,
    ...(versionNumber === undefined ? [] : [versionKey(id, versionNumber)]),
  ]);
  if (item === undefined || organisation === undefined) throw new NotFoundError();
  const timeZone = timeZoneOf(organisation.data as unknown as Organisation, now);
  const refer = (references?.data ?? {}) as unknown as References;
  return {
    document: stored<ArchivedDocument>(id, item),
    references: refer,
    circumstances: {
      id,
      rules: rulesOn(schedule?.data as unknown as RetentionSchedule | undefined, dateIn(timeZone, now)),
      timeZone,
      now,
      holds: (holds?.data as unknown as HoldsInForce | undefined) ?? { holds: [] },
      references: refer,
    },
    checks: [unchanged(referencesKey(id), references), unchanged(holdsKey, holds), unchanged(scheduleKey, schedule)],
    version: version?.data as unknown as Version | undefined,
  };
}

export interface Seen extends Known {
  readonly sees: 'all' | ReadonlySet<number>;
}

/** @throws {NotFoundError} there is none, or the caller may not see it: the two do not differ. */
export async function loadVisible(
  records: RecordStore,
  id: string,
  caller: Caller,
  now: Instant,
  versionNumber?: number,
): Promise<Seen> {
  const known = await loadDocument(records, id, now, versionNumber);
  const sees = visibleVersions(caller, known.document.data, known.references, now);
  if (sees === null) throw new NotFoundError();
  return { ...known, sees };
}

/** For whoever changes a document: only those who see all of it may. @throws {NotFoundError} */
export async function loadWhole(records: RecordStore, id: string, caller: Caller, now: Instant): Promise<Seen> {
  const seen = await loadVisible(records, id, caller, now);
  if (seen.sees !== 'all') throw new NotFoundError();
  return seen;
}

/** The record after a change, and everything that has to be committed for it. */
export function writeDocument(
  id: string,
  before: Stored<ArchivedDocument> | undefined,
  after: ArchivedDocument,
  act: Act,
  reason: string | null = null,
): Change<ArchivedDocument> {
  const { stored: written, writes } = changeRecord('document', id, before, after, act, reason);
  if (writes.length === 0) return { stored: written, writes };
  return { stored: written, writes: [...writes, ...moveRows(documentRows(id, before?.data), documentRows(id, after))] };
}

/** What a command on one document is given. */
interface ChangeInput {
  readonly params: { readonly documentId: string };
  readonly caller: Caller;
  readonly now: Instant;
  readonly expected: number;
  readonly act: Act;
}

/** A command on one document: load what the caller may see, at the version the caller read; decide; write. */
export async function changeDocument(
  records: RecordStore,
  { params, caller, now, expected, act }: ChangeInput,
  decide: (seen: Seen) => {
    readonly after: ArchivedDocument;
    readonly reason?: string;
    readonly checks?: readonly Write[];
  },
): Promise<{ readonly seen: Seen; readonly writes: readonly Write[] }> {
  const seen = await loadWhole(records, params.documentId, caller, now);
  expectVersion(seen.document, expected);
  const { after, reason = null, checks = [] } = decide(seen);
  const { stored: document, writes } = writeDocument(params.documentId, seen.document, after, act, reason);
  return { seen: { ...seen, document }, writes: [...writes, ...checks] };
}

const unchanged = (check: Key, read: Item | undefined): Write => ({
  check,
  expect: read === undefined ? 'absent' : { version: read.version },
});
