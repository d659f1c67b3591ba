/**
 * What the book says to everybody of the organisation, its bodies and seats, what it publishes and what it keeps, in the fields in
 * which the API shows it.
 *
 * Facts that hold from a day on are said as their history: which of them hold is for the day on which somebody asks.
 */
import type { ArchivedDocument } from '../archive/documents.ts';
import { type RetentionSchedule, shownHistory } from '../archive/retention.ts';
import { type Body, knownFacts, type Seat } from '../bodies.ts';
import type { Disclosure } from '../disclosures.ts';
import type { Organisation } from '../organisation.ts';
import { shownDisclosure } from '../shownDisclosure.ts';

export const formOfOrganisation = ({ history }: Organisation): object => ({ history });

export function formOfBody(body: Body): object {
  const { kind, term, publishesSeats } = body;
  return { kind, established: term.from, dissolved: term.to, publishesSeats, history: knownFacts(body) };
}

/** For whoever may see who sits in the body. The name stands with the person, who may ask for another or to be forgotten. */
export function formOfSeat({ bodyId, personId, office, title, voting, weight, group, term }: Seat): object {
  return { bodyId, person: { id: personId }, office, title, voting, weight, group, term };
}

/** From its time of publication on; whether it has come is for whoever shows it. A withdrawn one is a tombstone. */
export const formOfDisclosure = (disclosure: Disclosure): object | null =>
  disclosure.publishAt === null ? null : shownDisclosure(disclosure);

/**
 * While something published refers to it. Which versions everybody may have follows from what refers to them, and their digests stand
 * there: so nothing is said of versions here.
 */
export function formOfDocument({ facts, access, versions, disposal }: ArchivedDocument): object | null {
  if (access !== 'public' || versions === 0) return null;
  const { review: _, ...said } = facts;
  return { ...said, access, disposedAt: disposal?.executedAt ?? null };
}

export const formOfSchedule = (schedule: RetentionSchedule): object => ({ history: shownHistory(schedule) });
