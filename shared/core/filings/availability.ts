/**
 * Whether everybody can really have what the law opens to them, looked for as anybody would: Treas. Reg. 301.6104(d)-2 excuses
 * copies only while the documents are on the web, free, and the very image of what was filed.
 */
import type { Write } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { pointerKey, rowKey } from '../records.ts';
import type { Paper } from './filings.ts';
import { type InspectionItem, isWithoutFile } from './inspection.ts';

/**
 * `same`: the very bytes that are archived came. `changed`: others came, not all of
 * them, or none because they are known to be others. `missing`: there is nothing at the address. `refused`: it is
 * not given out, or by a way that is not the book's. `unreachable`: no answer, or none in time. `unchecked`: nobody looked yet.
 */
export const findings = ['same', 'changed', 'missing', 'refused', 'unreachable', 'unchecked'] as const;
export type Finding = (typeof findings)[number];

/** What was found of one file. */
export interface Look extends Paper {
  readonly at: Instant;
  readonly finding: Exclude<Finding, 'unchecked'>;
}

/** What was found last, all in one item. */
export interface Availability {
  /** Scheme and host by which the public knows the book. */
  readonly origin: string;
  readonly looks: readonly Look[];
  /** When the set was last gone over to its end; what was looked for within the day before was not looked for again. */
  readonly completedAt: Instant | null;
}

/** So many files are looked for; of more than that the rest counts as unchecked. Their looks fit into one item. */
export const mostLooks = 500;

export const availabilityKey = pointerKey('place', 'availability');

/** One row while somebody waits for it. */
export const toLookFor = 'availability-to-check';
export const toLookForKey = rowKey(toLookFor, 'now');

/** To be committed. Whoever has looked removes the version that was read: who asks later is not forgotten. */
export const askToLook = (at: Instant): Write => ({
  put: { key: toLookForKey, version: Date.parse(at), data: { askedAt: at } },
  expect: 'any',
});

const keyOf = ({ documentId, version }: Paper) => `${documentId}~${version}`;
const hour = 3_600_000;

/** Whether to go over the set again: somebody asked, the last time did not come to its end, or an hour is over. */
export function isTimeToLook(known: Availability | undefined, askedAt: Instant | null, now: Instant): boolean {
  const completedAt = known?.completedAt ?? null;
  return askedAt !== null || completedAt === null || Date.parse(now) - Date.parse(completedAt) >= hour;
}

/** What was found is looked for again after a day, what was not after an hour. */
const againAfter = (look: Look) => (look.finding === 'same' ? 24 * hour : hour);

/** Which files are to be looked for now, those first that were not looked for longest. @param askedAt when somebody asked. */
export function toLookForNow<File extends Paper>(
  files: readonly File[],
  known: readonly Look[],
  askedAt: Instant | null,
  now: Instant,
): File[] {
  const looks = looksOf(known);
  const lastAt = (file: File) => lookAt(looks, file)?.at ?? '';
  return files
    .slice(0, mostLooks)
    .filter(file => {
      const look = lookAt(looks, file);
      if (look === undefined || (askedAt !== null && look.at < askedAt)) return true;
      return Date.parse(now) - Date.parse(look.at) >= againAfter(look);
    })
    .sort((a, b) => (lastAt(a) < lastAt(b) ? -1 : lastAt(a) > lastAt(b) ? 1 : 0));
}

/** What is known after some were looked for: of the files that are in the set, and of no other. */
export function noteLooks(files: readonly Paper[], known: readonly Look[], made: readonly Look[]): Look[] {
  const looks = looksOf([...known, ...made]);
  return files.slice(0, mostLooks).flatMap(file => lookAt(looks, file) ?? []);
}

/** What was found of each file. */
export function findingsOf(
  files: readonly Paper[],
  known: readonly Look[],
): { finding: Finding; at: Instant | null }[] {
  const looks = looksOf(known);
  return files.map(file => {
    const look = lookAt(looks, file);
    return { finding: look?.finding ?? 'unchecked', at: look?.at ?? null };
  });
}

/** What was found is believed for so long: whoever looks does so every day. */
const believedDays = 7;

/** Whether everybody could have all of the set, down to the last file, when that was last looked for, within the last week. */
export function isWidelyAvailable(
  items: readonly Pick<InspectionItem, 'files' | 'away' | 'form'>[],
  known: readonly Look[],
  now: Instant,
): boolean {
  const since = Date.parse(now) - believedDays * 24 * hour;
  const recent = known.filter(({ at }) => Date.parse(at) >= since);
  return (
    items.some(({ files }) => files.length > 0) &&
    items.every(
      item =>
        (item.files.length > 0 || isWithoutFile(item)) &&
        item.away.length === 0 &&
        findingsOf(item.files, recent).every(({ finding }) => finding === 'same'),
    )
  );
}

const looksOf = (known: readonly Look[]) => new Map(known.map(look => [keyOf(look), look]));

/** Of these very bytes. */
function lookAt(looks: ReadonlyMap<string, Look>, file: Paper): Look | undefined {
  const look = looks.get(keyOf(file));
  return look?.sha256 === file.sha256 ? look : undefined;
}
