/** Reads what the first page tells of decisions: the registers there are, what the boards adopted last, when they meet next. */
import { anonymous } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import {
  type ResolutionCard,
  registerKey,
  registerSort,
  resolutionLists,
} from '../../shared/core/decisions/resolutions.ts';
import { rowKey } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { Decisions } from '../../web/decisionsSection.ts';
import type { PresentedBody } from '../bodies/readBodies.ts';
import { readNextMeeting } from '../meetings/readNextMeeting.ts';
import { presentCards } from '../resolutions/presentCards.ts';

/** So many of the newest resolutions are shown. */
const most = 5;

/** How many resolutions a body has adopted in each year, the years in order. */
export type Adopted = readonly { readonly year: string; readonly count: number }[];

/** @param data of the item with the last numbers. */
export const adoptedIn = (data: object | undefined): Adopted =>
  Object.entries(data ?? {})
    .map(([year, last]) => ({ year, count: Number(last) }))
    .toSorted((a, b) => (a.year < b.year ? -1 : 1));

/**
 * Numbers have no gaps, so the last ones of all bodies, one read, tell where the newest resolutions stand: another read finds them,
 * and a third what became of them, where anything did. Besides one query for each board: its next meeting.
 *
 * @param bodies at most 100.
 */
export async function readDecisions(
  records: RecordStore,
  bodies: readonly PresentedBody[],
  now: Instant,
): Promise<Decisions> {
  const boards = bodies.filter(({ kind }) => kind === 'board-of-directors');
  const [registers, meetings] = await Promise.all([
    readRegisters(records, bodies),
    Promise.all(boards.map(({ id }) => readNextMeeting(records, id, anonymous, now))),
  ]);
  const ofBoards = registers.filter(({ body }) => boards.includes(body));
  const [next = null] = meetings
    .flatMap((meeting, index) => (meeting === null ? [] : { ...meeting, bodyName: boards[index]?.name ?? '' }))
    .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
  return { registers, newest: await readNewest(records, ofBoards, now), next };
}

interface Register {
  readonly body: PresentedBody;
  readonly adopted: Adopted;
}

/** Of those that have adopted anything. */
async function readRegisters(records: RecordStore, bodies: readonly PresentedBody[]): Promise<Register[]> {
  if (bodies.length === 0) return [];
  const items = await records.getMany(bodies.map(({ id }) => registerKey(id)));
  const registers = bodies.map((body, index) => ({ body, adopted: adoptedIn(items[index]?.data) }));
  return registers.filter(({ adopted }) => adopted.length > 0);
}

async function readNewest(records: RecordStore, registers: readonly Register[], now: Instant) {
  const keys = registers.flatMap(({ body, adopted }) => lastRows(body.id, adopted)).slice(0, 100);
  if (keys.length === 0) return [];
  const rows = await records.getMany(keys);
  const cards = rows
    .flatMap(row => (row === undefined ? [] : (row.data as unknown as ResolutionCard)))
    .toSorted((a, b) => (a.decidedAt ?? '').localeCompare(b.decidedAt ?? '') || byNumber(a, b));
  return presentCards(records, cards.slice(-most).reverse(), { caller: anonymous, now });
}

const byNumber = (a: ResolutionCard, b: ResolutionCard) => (a.number ?? '').localeCompare(b.number ?? '');

/** Where the resolutions with the last numbers stand. */
function lastRows(bodyId: string, adopted: Adopted) {
  const places = adopted.flatMap(({ year, count }) => {
    const from = Math.max(1, count - most + 1);
    return Array.from({ length: count - from + 1 }, (_, index) => ({ year, number: from + index }));
  });
  return places
    .slice(-most)
    .map(({ year, number }) => rowKey(resolutionLists.register(bodyId, year), registerSort(number)));
}
