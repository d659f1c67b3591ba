/** Bodies decide or advise; seats are people's roles in them, from one day to another. */
import { StateConflictError } from '../errors.ts';
import type { JsonObject } from '../ports/recordStore.ts';
import type { BodyKind, Office } from './authorisation.ts';
import { covers, overlaps, type PlainDate, type Term } from './calendar.ts';
import { type History, inForce } from './history.ts';
import { type Row, rowKey, type Stored } from './records.ts';

/** The facts about a body that hold from a day on. */
export interface BodyFacts {
  readonly name: string;
  /** Markdown. */
  readonly purpose: string;
  readonly parentBodyId: string | null;
}

export type DatedFacts = History<BodyFacts>[number];

export interface Body {
  readonly kind: BodyKind;
  /** Its life; the seats of a body end with it at the latest. */
  readonly term: Term;
  /** False keeps who sits in it from the public, as a membership may want. */
  readonly publishesSeats: boolean;
  readonly history: History<BodyFacts>;
}

export interface Seat {
  readonly bodyId: string;
  readonly personId: string;
  readonly office: Office;
  /** What the office is called here, such as "Executive Director"; null for its plain name. */
  readonly title: string | null;
  readonly voting: boolean;
  /** How many votes it has; 1 unless the body's rules give votes another weight. */
  readonly weight: number;
  /** The group that it belongs to where majorities of groups count, such as a region; null for none. */
  readonly group: string | null;
  readonly term: Term;
}

/** The body as it was on that day; undefined when it did not exist. */
export function bodyOn(body: Body, on: PlainDate): DatedFacts | undefined {
  return covers(body.term, on) ? inForce(body.history, on) : undefined;
}

/** The facts that it had, or will have, on any day on which it exists. */
export const knownFacts = ({ term, history }: Body): readonly DatedFacts[] =>
  history.filter(({ from }) => term.to === null || from <= term.to);

/** The row of a body on the list of bodies. */
export function bodyRow({ id, version, data }: Stored<Body>): Row {
  return { key: rowKey('bodies', `${data.term.from}#${id}`), card: { id, version, ...data } as unknown as JsonObject };
}

/** Only one person at a time is the chair, the secretary or the treasurer of a body. */
const oneHolder: ReadonlySet<Office> = new Set<Office>(['chair', 'secretary', 'treasurer']);

/** What cannot be held twice on one day: one office of a body, or one person's place in one office of it. */
export function placeOf(seat: Pick<Seat, 'bodyId' | 'office' | 'personId'>): string {
  const place = `${seat.bodyId}#${seat.office}`;
  return oneHolder.has(seat.office) ? place : `${place}#${seat.personId}`;
}

/** The terms in which one place is taken, by seat. Two seats on one place conflict through this item of the store. */
export interface Place {
  readonly terms: readonly (Term & { readonly seatId: string })[];
}

/** @throws {StateConflictError} the place is taken on a day of the term. */
export function takePlace(place: Place, seatId: string, term: Term): Place {
  const taken = place.terms.find(other => other.seatId !== seatId && overlaps(other, term));
  if (taken !== undefined) {
    const until = taken.to === null ? 'with no end' : `until ${taken.to}`;
    throw new StateConflictError(
      `This place is taken from ${taken.from} ${until}. End that seat first, or begin after it.`,
    );
  }
  return { terms: [...place.terms.filter(other => other.seatId !== seatId), { seatId, ...term }] };
}

/**
 * The terms of all administrators, after one of them was seated or ended.
 * @throws {StateConflictError} from some day on nobody could administrate the book, and nobody could change that any more.
 */
export function keepAdministrated(administrators: Place, seatId: string, term: Term): Place {
  const terms = [...administrators.terms.filter(other => other.seatId !== seatId), { seatId, ...term }];
  if (terms.every(({ to }) => to !== null)) {
    throw new StateConflictError(
      'The book would be left without an administrator. Seat another one first, with no end.',
    );
  }
  return { terms };
}

/** The rows of a seat: under its body in the order of their beginnings, and under its person. */
export function seatRows({ id, data }: Stored<Seat>): Row[] {
  const card = { id, ...data } as unknown as JsonObject;
  const sort = `${data.term.from}#${id}`;
  return [
    { key: rowKey(seatLists.ofBody(data.bodyId), sort), card },
    { key: rowKey(seatLists.ofPerson(data.personId), sort), card },
  ];
}

export const seatLists = {
  ofBody: (bodyId: string) => `seats#body#${bodyId}`,
  ofPerson: (personId: string) => `seats#person#${personId}`,
};

/**
 * Ends a seat on that day, its last.
 * @throws {StateConflictError} the day is before the seat began, or not before the end that it has.
 */
export function endSeat(seat: Seat, lastDay: PlainDate): Seat {
  if (lastDay < seat.term.from) throw new StateConflictError(`The seat began on ${seat.term.from}, after that day.`);
  if (seat.term.to !== null && lastDay >= seat.term.to) {
    throw new StateConflictError(`The seat ends on ${seat.term.to} already. For a longer term, record a new seat.`);
  }
  return { ...seat, term: { ...seat.term, to: lastDay } };
}

/** The part of a seat's term in which its body existed; null when there is none. */
export function withinBody(term: Term, body: Term): Term | null {
  if (!overlaps(term, body)) return null;
  const [, from = term.from] = [term.from, body.from].sort();
  const [to = null] = [term.to, body.to].filter(end => end !== null).sort();
  return { from, to };
}
