/** Reads who stepped aside from decisions in a fiscal year. */
import { addDays, covers, type Instant } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { inVote, recusalsOfYear } from '../../shared/core/decisions/votes.ts';
import type { Evidence } from '../../shared/core/governance/questions.ts';
import { listPartition } from '../../shared/core/records.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { maySee, seesAllOf } from '../resolutions/load.ts';
import { calendarYears, type YearAsked } from './yearAsked.ts';

/** So many of a year are looked at, the latest ones, and so many of them shown. */
const mostRecusals = 1000;
const mostShown = 100;

interface Row {
  readonly resolutionId: string;
  readonly personId: string;
  readonly bodyId: string;
  readonly at: Instant;
}

/** From decisions of these bodies. One query for each calendar year, and one read. */
export async function readRecusals(
  records: RecordStore,
  { period, caller, now, dateOf }: YearAsked,
  bodyIds: ReadonlySet<string>,
): Promise<Evidence[]> {
  // The rows are by years of UTC.
  const years = calendarYears({ from: addDays(period.from, -1), to: addDays(period.to, 1) });
  const pages = await Promise.all(
    years.map(year =>
      records.query({
        table: 'records',
        partition: listPartition(recusalsOfYear(year)),
        order: 'descending',
        limit: mostRecusals,
      }),
    ),
  );
  const rows = pages
    .flatMap(({ items }) => items.map(({ data }) => data as unknown as Row))
    .filter(({ bodyId, at }) => bodyIds.has(bodyId) && covers(period, dateOf(at)))
    .slice(0, mostShown);
  const resolutions = await readEach<Resolution>(
    records,
    'resolution',
    rows.map(({ resolutionId }) => resolutionId),
  );
  return rows.map(({ resolutionId, personId, bodyId, at }): Evidence => {
    const date = dateOf(at);
    const resolution = resolutions.get(resolutionId);
    if (resolution !== undefined && seesAllOf(caller, bodyId)) {
      return { kind: 'recusal', id: inVote(resolutionId, personId), title: resolution.motion.title, date };
    }
    // Who stepped aside is for the body; of the decision everybody sees what they may.
    const sees = resolution !== undefined && maySee(caller, resolution, now);
    return { kind: 'resolution', id: sees ? resolutionId : null, title: sees ? resolution.motion.title : null, date };
  });
}
