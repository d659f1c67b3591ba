/** What the archive knows of the bytes that it holds: who uses them, when they were last read again, and what that showed. */
import { BusyError, StateConflictError } from '../../errors.ts';
import type { Protection } from '../../ports/blobStore.ts';
import type { Item, JsonObject, Key, Write } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { replaceItem, rowKey } from '../records.ts';
import type { Damage } from './documents.ts';

/** `good`: the bytes are those that were sealed. */
export type CheckResult = 'good' | 'changed' | 'missing';

/** One use of archived bytes: as a version itself or as its text. */
export interface Use extends Damage {
  readonly documentId: string;
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
  /**
   * Set once nothing uses them and a round is about to remove them: nothing may use them again until they are gone. Another round takes
   * over only when that one cannot be at it any more, for it might remove bytes that are new.
   */
  readonly leavingSince: Instant | null;
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

/** Whoever checks sees it at once. */
export const askForCheck = (sha256: string, now: Instant): Write => ({
  put: { key: toCheckKey(sha256), version: 1, data: { askedAt: now } },
  expect: 'any',
});

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
 * Bytes with one use more. Those that were new were just read as they were uploaded, which counts as a check; what was known to
 * be damaged has to be checked anew.
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
  if (custody === undefined) return { ...stray(size, protection, now), uses: [use] };
  if (custody.leavingSince !== null) throw new BusyError();
  if (custody.uses.length >= maxUses) throw new StateConflictError(`The same file is in use ${maxUses} times already.`);
  const more = { ...custody, uses: [...custody.uses, use] };
  return isDamaged(custody)
    ? { ...more, result: null, askedAt: now }
    : { ...more, protection: stronger(custody.protection, protection) };
}

/** Bytes without the uses of a document. */
export function unused(custody: Custody, documentId: string): Custody {
  return { ...custody, uses: custody.uses.filter(use => use.documentId !== documentId) };
}

/** True for bytes that nothing uses, and that the store lets go: a lock that it was given ends by itself, and not before. */
export function mayLeave({ uses, protection: { retainUntil } }: Custody, now: Instant): boolean {
  return uses.length === 0 && (retainUntil === null || retainUntil <= now);
}

/** Bytes that were put there and are no version of anything: they leave with the next round. */
export const stray = (size: number, protection: Protection, now: Instant): Custody => ({
  size,
  uses: [],
  checkedAt: now,
  result: 'good',
  askedAt: null,
  protection,
  leavingSince: null,
});

/** Longer than a round can last. */
const claimMinutes = 20;

/** True while another round may be removing these bytes. */
export function isClaimed({ leavingSince }: Custody, now: Instant): boolean {
  return leavingSince !== null && Date.parse(now) - Date.parse(leavingSince) < claimMinutes * 60_000;
}

/** What is asked for now, but no earlier end than the store was told: it would not take that back. */
export function lasting(told: Protection, asked: Protection, now: Instant): Protection {
  const locked = told.retainUntil !== null && told.retainUntil > now ? told.retainUntil : null;
  return { ...stronger({ retainUntil: locked, hold: false }, asked), hold: asked.hold };
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

/** Something that is to be read again once a period. */
export interface Due {
  readonly sha256: string;
  readonly checkedAt: Instant | null;
}

/**
 * What one run reads: an equal share of all, the longest unread first, and whatever the period has already run out for. So
 * everything is read once within a period and one run, and no run has much more to do than another.
 *
 * @param runsPerPeriod how often this runs within the period.
 */
export function shareOf(all: readonly Due[], runsPerPeriod: number, now: Instant, periodDays: number): readonly Due[] {
  const ordered = all.toSorted((a, b) => ((a.checkedAt ?? '') < (b.checkedAt ?? '') ? -1 : 1));
  const period = periodDays * 86_400_000;
  const run = Math.floor(Date.parse(now) / (period / runsPerPeriod));
  // Of few files some runs read none: which ones follows from the time alone.
  const upTo = (count: number) => Math.floor((all.length * count) / runsPerPeriod);
  const share = upTo(run + 1) - upTo(run);
  const overdueBefore = new Date(Date.parse(now) - period).toISOString();
  const overdue = ordered.filter(({ checkedAt }) => checkedAt === null || checkedAt <= overdueBefore).length;
  return ordered.slice(0, Math.max(overdue, share));
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
