/** What the archive knows of the bytes that it holds: who uses them, when they were last read again, and what that showed. */
import { BusyError, StateConflictError } from '../../errors.ts';
import type { Protection } from '../../ports/blobStore.ts';
import type { Item, JsonObject, Key, Write } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { replaceItem, rowKey } from '../records.ts';

/** `good`: the bytes are those that were sealed. */
export type CheckResult = 'good' | 'changed' | 'missing';

/** One use of archived bytes: as a version itself or as its text. */
export interface Use {
  readonly documentId: string;
  readonly version: number;
  readonly as: 'original' | 'text';
}

/** The row of archived bytes on the list of all, under their digest. */
export interface Custody {
  readonly size: number;
  readonly uses: readonly Use[];
  /** When they were last read; null before the first time. */
  readonly checkedAt: Instant | null;
  readonly result: CheckResult | null;
  /** When somebody asked for a check that has not been made yet. */
  readonly askedAt: Instant | null;
  /** How the store protects them, as far as it was told. */
  readonly protection: Protection;
  /** True once nothing uses them and they are about to be removed: nothing may use them again until they are gone. */
  readonly leaving: boolean;
}

export const custodyList = 'custody';
export const custodyKey = (sha256: string): Key => rowKey(custodyList, sha256);
export const custodyIn = (item: Item | undefined) => item?.data as unknown as Custody | undefined;

/** The list of bytes that are not what was sealed. */
export const damagedList = 'damaged';
const damagedKey = (sha256: string): Key => rowKey(damagedList, sha256);

/** The list of bytes whose check somebody asked for. */
export const toCheck = 'check';
export const toCheckKey = (sha256: string): Key => rowKey(toCheck, sha256);

/** What is known of the archive as a whole; public. */
export interface ArchiveState {
  /** When this was counted. */
  readonly at: Instant;
  readonly files: number;
  readonly bytes: number;
  /** Of these, read again within the period and found good. */
  readonly good: number;
  readonly failed: number;
  /** The time of the check that lies back longest; null when something was never checked, or there is nothing. */
  readonly oldestCheckAt: Instant | null;
  readonly latestCheckAt: Instant | null;
  readonly periodDays: number;
}

export const archiveStateKey: Key = rowKey('archive', 'state');

const maxUses = 500;
const unprotected: Protection = { retainUntil: null, hold: false };

/** Writes the row of archived bytes over the one that was read, and keeps the list of damaged ones with it. */
export function writeCustody(sha256: string, read: Item | undefined, custody: Custody): Write[] {
  const data = custody as unknown as JsonObject;
  const key = damagedKey(sha256);
  const row: Write[] = isDamaged(custody)
    ? [{ put: { key, version: 1, data }, expect: 'any' }]
    : isDamaged(custodyIn(read))
      ? [{ remove: key, expect: 'any' }]
      : [];
  return [replaceItem(custodyKey(sha256), read, data), ...row];
}

/** Forgets bytes that are gone. */
export function forgetCustody(read: Item): Write[] {
  return [
    { remove: read.key, expect: { version: read.version } },
    { remove: damagedKey(read.key.sort), expect: 'any' },
  ];
}

export const isDamaged = (custody: Custody | undefined) =>
  custody?.result === 'changed' || custody?.result === 'missing';

/**
 * Bytes with one use more. They were just read from what was uploaded, so this counts as a check.
 * @throws {BusyError} they are being removed: try again when they are gone.
 * @throws {StateConflictError} they have too many uses.
 */
export function used(
  custody: Custody | undefined,
  size: number,
  use: Use,
  protection: Protection,
  now: Instant,
): Custody {
  if (custody === undefined) {
    return { size, uses: [use], checkedAt: now, result: 'good', askedAt: null, protection, leaving: false };
  }
  if (custody.leaving) throw new BusyError();
  if (custody.uses.length >= maxUses) throw new StateConflictError(`The same file is in use ${maxUses} times already.`);
  return { ...custody, uses: [...custody.uses, use], protection: stronger(custody.protection, protection) };
}

/** Bytes without the uses of a document; they leave when nothing else uses them. */
export function unused(custody: Custody, documentId: string): Custody {
  const uses = custody.uses.filter(use => use.documentId !== documentId);
  return { ...custody, uses, leaving: uses.length === 0 };
}

/** Bytes after a check. */
export function checked(custody: Custody, result: CheckResult, now: Instant): Custody {
  return { ...custody, checkedAt: now, result, askedAt: null };
}

/** The protection that satisfies both. */
export function stronger(a: Protection, b: Protection): Protection {
  const times = [a.retainUntil, b.retainUntil].filter(time => time !== null).sort();
  return { retainUntil: times.at(-1) ?? null, hold: a.hold || b.hold };
}

/** The protection that all of them together ask for. */
export const strongest = (protections: readonly Protection[]): Protection => protections.reduce(stronger, unprotected);

/** What is due to be read again, the longest unread first: everything once a period, an equal share at a time. */
export interface Due {
  readonly sha256: string;
  readonly size: number;
  readonly checkedAt: Instant | null;
}

/**
 * The share of one run. Whatever is due within the time to the next run is in it, and at least an equal part of all, so that
 * neither a start with everything at once nor a pause makes a run much larger than the others for long.
 *
 * @param runsPerPeriod how often this runs within the period.
 */
export function shareOf(all: readonly Due[], runsPerPeriod: number, now: Instant, periodDays: number): readonly Due[] {
  const ordered = all.toSorted((a, b) => ((a.checkedAt ?? '') < (b.checkedAt ?? '') ? -1 : 1));
  const runMilliseconds = (periodDays * 86_400_000) / runsPerPeriod;
  const dueBefore = new Date(Date.parse(now) - periodDays * 86_400_000 + runMilliseconds).toISOString();
  const due = ordered.filter(({ checkedAt }) => checkedAt === null || checkedAt <= dueBefore).length;
  return ordered.slice(0, Math.max(due, Math.ceil(all.length / runsPerPeriod)));
}

/** The state of the archive, counted from all that it holds. */
export function countArchive(all: readonly Custody[], now: Instant, periodDays: number): ArchiveState {
  const since = new Date(Date.parse(now) - periodDays * 86_400_000).toISOString();
  const times = all.map(one => one.checkedAt).sort((a, b) => ((a ?? '') < (b ?? '') ? -1 : 1));
  return {
    at: now,
    files: all.length,
    bytes: all.reduce((sum, { size }) => sum + size, 0),
    good: all.filter(({ result, checkedAt }) => result === 'good' && checkedAt !== null && checkedAt >= since).length,
    failed: all.filter(isDamaged).length,
    oldestCheckAt: times[0] ?? null,
    latestCheckAt: times.at(-1) ?? null,
    periodDays,
  };
}
