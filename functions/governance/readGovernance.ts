/** Reads what the answers of Form 990, Part VI, follow from. */
import { type RetentionSchedule, scheduleId } from '../../shared/core/archive/retention.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import { type Instant, overlaps, type PlainDate } from '../../shared/core/calendar.ts';
import { type Circumstances, circumstanceNames, type YearFigures } from '../../shared/core/filings/figures.ts';
import { type Filing, filedOn, standing } from '../../shared/core/filings/filings.ts';
import { annualReturn } from '../../shared/core/filings/inspection.ts';
import { filingIdOf } from '../../shared/core/filings/obligations.ts';
import type { GovernanceFacts, ReturnFiling } from '../../shared/core/governance/facts.ts';
import type { Evidence } from '../../shared/core/governance/questions.ts';
import { inForce } from '../../shared/core/history.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { Item, RecordStore } from '../../shared/ports/recordStore.ts';
import { readBoardSeats, readBodies, votersOn } from './readBodies.ts';
import { readBodyOfYear } from './readBodyOfYear.ts';
import { readDeclared } from './readDeclared.ts';
import { readPolicies } from './readPolicies.ts';
import { readRecusals } from './readRecusals.ts';
import { readInspection, readPapers } from './readShown.ts';
import { readYearAsked } from './yearAsked.ts';

/** So many committees are looked at: each costs some reads. */
const mostCommittees = 20;

/**
 * A few reads for the year, some for each board and each committee that was there in it, and those of the inspection set.
 * @throws {ValidationError} the organisation has had no fiscal year with that last day.
 */
export async function readGovernance(
  records: RecordStore,
  end: PlainDate,
  caller: Caller,
  now: Instant,
): Promise<GovernanceFacts> {
  const year = await readYearAsked(records, end, caller, now);
  const { period, today, lastDay } = year;
  const filingId = filingIdOf({ ruleId: annualReturn, period });
  const [[filingItem, figures, schedule], bodies, inspection] = await Promise.all([
    records.getMany([
      recordKey('filing', filingId),
      recordKey('fiscal-year', end),
      recordKey('retention-schedule', scheduleId),
    ]),
    readBodies(records, today > end ? today : end),
    readInspection(records, year),
  ]);
  const filing = returnFiling(filingId, filingItem);
  const circumstances = circumstancesIn(figures);
  const inYear = bodies.filter(({ term }) => overlaps(term, period));
  const boards = inYear.filter(({ kind }) => kind === 'board-of-directors');
  const committees =
    circumstances.committeesActForBoard === true
      ? inYear.filter(({ kind }) => kind === 'committee').slice(0, mostCommittees)
      : [];
  const [seats, policies, recusals, boardsOfYear, committeesOfYear] = await Promise.all([
    readBoardSeats(records, bodies),
    readPolicies(records, year, bodies),
    readRecusals(records, year, new Set([...boards, ...committees].map(({ id }) => id))),
    Promise.all(boards.map(body => readBodyOfYear(records, body, year))),
    Promise.all(committees.map(body => readBodyOfYear(records, body, year))),
  ]);
  const [directors, declarations, papers] = await Promise.all([
    votersOn(records, seats, filing?.filedOn ?? today),
    readDeclared(records, seats, year),
    readPapers(records, year, policies.get('conflict-of-interest')),
  ]);
  return {
    period,
    today,
    circumstances,
    boards: boardsOfYear,
    committees: committeesOfYear,
    policies,
    filing,
    directors,
    declarations,
    recusals,
    schedule: scheduleOn(schedule, lastDay),
    inspection,
    papers,
  };
}

const nobodySaid = Object.fromEntries(circumstanceNames.map(name => [name, null])) as Circumstances;

const circumstancesIn = (item: Item | undefined): Circumstances =>
  (item?.data as unknown as YearFigures | undefined)?.circumstances ?? nobodySaid;

function returnFiling(id: string, item: Item | undefined): ReturnFiling | null {
  if (item === undefined) return null;
  const filing = item.data as unknown as Filing;
  const { obligation, review, excuse } = filing;
  const form = standing(filing)[0]?.form ?? obligation.form;
  return {
    id,
    title: obligation.title,
    form,
    excused: excuse !== null,
    filedOn: filedOn(filing),
    review: review === null ? null : { documentId: review.paper.documentId, given: review.given },
  };
}

function scheduleOn(item: Item | undefined, day: PlainDate): Evidence | null {
  const history = (item?.data as unknown as RetentionSchedule | undefined)?.history;
  const held = history === undefined ? undefined : inForce(history, day);
  if (held === undefined) return null;
  return { kind: 'retention-schedule', id: scheduleId, title: 'The schedule of retention', date: held.from };
}
