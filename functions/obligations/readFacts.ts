/** Reads all from which it follows what is owed. */
import { dateIn, type Instant, type PlainDate } from '../../shared/core/calendar.ts';
import {
  type Compliance,
  complianceId,
  type Facts,
  factLists,
  type OwnObligation,
  type YearFigures,
} from '../../shared/core/filings/figures.ts';
import { type Organisation, organisationId, timeZoneOf } from '../../shared/core/organisation.ts';
import { listPartition, recordKey, type Stored, stored } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { allPages } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

export interface ReadFacts {
  readonly facts: Facts;
  readonly organisation: Stored<Organisation>;
  /** Undefined while nobody recorded since when the book keeps filings. */
  readonly compliance: Stored<Compliance> | undefined;
  /** What was recorded of fiscal years, with its version, in order. */
  readonly years: readonly Stored<YearFigures>[];
  /** The date it is where the organisation is. */
  readonly today: PlainDate;
}

/**
 * One read of two records, and one query each for the figures of fiscal years and own obligations.
 * @throws {NotFoundError} the book has not been founded.
 */
export async function readFacts(records: RecordStore, now: Instant): Promise<ReadFacts> {
  const [[organisationItem, complianceItem], years, own] = await Promise.all([
    records.getMany([recordKey('organisation', organisationId), recordKey('compliance', complianceId)]),
    readWhole<YearFigures>(records, factLists.years),
    readWhole<OwnObligation>(records, factLists.own),
  ]);
  if (organisationItem === undefined) throw new NotFoundError();
  const organisation = stored<Organisation>(organisationId, organisationItem);
  const compliance = complianceItem === undefined ? undefined : stored<Compliance>(complianceId, complianceItem);
  const facts: Facts = {
    organisation: organisation.data.history,
    since: compliance?.data.since ?? null,
    solicitsIn: compliance?.data.solicitsIn ?? [],
    figures: new Map(years.map(({ id, data }) => [id, data])),
    own,
  };
  return { facts, organisation, compliance, years, today: dateIn(timeZoneOf(organisation.data, now), now) };
}

/** The records whose rows stand whole in a list; the identifier of each is the place of its row. */
async function readWhole<Data>(records: RecordStore, list: string): Promise<Stored<Data>[]> {
  const found: Stored<Data>[] = [];
  for await (const items of allPages(records, { partition: listPartition(list) }, 1000)) {
    for (const { key, data } of items) {
      const { version, ...rest } = data as unknown as Data & { readonly version: number };
      found.push({ id: key.sort, version, data: rest as unknown as Data });
    }
  }
  return found;
}
