/** Reads who the organisation is, as every page tells it. */
import type { Body } from '../../shared/core/bodies.ts';
import { dateIn, type Instant, type PlainDate } from '../../shared/core/calendar.ts';
import { inForce } from '../../shared/core/history.ts';
import { type Organisation, organisationId, type Profile, timeZoneOf } from '../../shared/core/organisation.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

export interface KnownOrganisation {
  readonly history: Organisation['history'];
  /** The facts of today; the first ones when they begin later. */
  readonly profile: Profile;
  readonly firstDay: PlainDate;
  readonly timeZone: string;
  readonly today: PlainDate;
}

/** Null while nobody has founded the book. One read. */
export async function readOrganisation(records: RecordStore, now: Instant): Promise<KnownOrganisation | null> {
  const item = await records.get(recordKey('organisation', organisationId));
  if (item === undefined) return null;
  const organisation = item.data as unknown as Organisation;
  const { history } = organisation;
  const [first] = history;
  if (first === undefined) return null;
  const timeZone = timeZoneOf(organisation, now);
  const today = dateIn(timeZone, now);
  return { history, profile: inForce(history, today) ?? first, firstDay: first.from, timeZone, today };
}

/** What a body was called on that day; what it was called last, or first, where it did not exist. */
export const nameOn = ({ history }: Body, day: PlainDate): string => (inForce(history, day) ?? history[0])?.name ?? '';
