/** Loads a filing, with what decides which day it is. */
import { dateIn, type Instant, type PlainDate } from '../../shared/core/calendar.ts';
import type { Filing } from '../../shared/core/filings/filings.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import { recordKey, type Stored, stored } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** Where the organisation is, and the date there. */
export interface Place {
  /** IANA. */
  readonly timeZone: string;
  readonly today: PlainDate;
}

export interface KnownFiling extends Place {
  readonly filing: Stored<Filing>;
}

/** One read. @throws {NotFoundError} there is no such filing. */
export async function loadFiling(records: RecordStore, id: string, now: Instant): Promise<KnownFiling> {
  const [item, organisation] = await records.getMany([
    recordKey('filing', id),
    recordKey('organisation', organisationId),
  ]);
  if (item === undefined || organisation === undefined) throw new NotFoundError();
  const timeZone = timeZoneOf(organisation.data as unknown as Organisation, now);
  return { filing: stored<Filing>(id, item), timeZone, today: dateIn(timeZone, now) };
}
