/** How a fiscal year is read and shown. */
import { dateIn, type Instant, type PlainDate } from '../../shared/core/calendar.ts';
import type { circumstanceNames, YearFigures } from '../../shared/core/filings/figures.ts';
import type { Period } from '../../shared/core/filings/obligations.ts';
import { fiscalYearThatEnds } from '../../shared/core/filings/ownObligations.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import { recordKey, type Stored, stored } from '../../shared/core/records.ts';
import { NotFoundError, ValidationError } from '../../shared/errors.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

const nothing = {
  grossReceipts: null,
  totalAssets: null,
  unrelatedIncome: null,
  source: null,
  circumstances: {
    committeesActForBoard: null,
    chapters: null,
    paysTopOfficial: null,
    paysOtherOfficers: null,
    jointVenture: null,
  },
} satisfies Record<keyof YearFigures, unknown> & { circumstances: Record<(typeof circumstanceNames)[number], null> };

export const presentYear = ({ from, to }: Period, recorded: Stored<YearFigures> | undefined) =>
  recorded === undefined
    ? { from, to, ...nothing, version: 0 }
    : { from, to, ...recorded.data, version: recorded.version };

/**
 * The fiscal year that ends on that day, and what is recorded of it.
 * @throws {ValidationError} no fiscal year that has begun ends then.
 */
export async function readYear(
  records: RecordStore,
  end: PlainDate,
  now: Instant,
): Promise<{ readonly year: Period; readonly recorded: Stored<YearFigures> | undefined }> {
  const [organisationItem, item] = await records.getMany([
    recordKey('organisation', organisationId),
    recordKey('fiscal-year', end),
  ]);
  if (organisationItem === undefined) throw new NotFoundError();
  const { data } = stored<Organisation>(organisationId, organisationItem);
  const year = demandYear(data, end, dateIn(timeZoneOf(data, now), now));
  return { year, recorded: item === undefined ? undefined : stored<YearFigures>(end, item) };
}

/** @throws {ValidationError} no fiscal year that has begun ends then; it names those that do. */
export function demandYear({ history }: Organisation, end: PlainDate, today: PlainDate): Period {
  const found = fiscalYearThatEnds(history, end, today);
  if ('year' in found) return found.year;
  const message =
    found.nearest.length === 0
      ? 'No fiscal year ends then: the organisation was incorporated later.'
      : `No fiscal year that has begun ends then. The nearest end on ${found.nearest.join(' and ')}.`;
  throw new ValidationError([{ in: 'path', field: '/end', message }]);
}
