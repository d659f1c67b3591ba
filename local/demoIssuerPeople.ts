/** Who can sign in at the demo issuer, and the subject each of them gets. */
import { createHash } from 'node:crypto';

export interface DemoPerson {
  readonly email: string;
  readonly name: string;
  readonly seats: readonly string[];
}

/** Asked at each use, because the book may change. */
export type DemoPeople = () => Promise<readonly DemoPerson[]>;

/**
 * The `sub` of a person: opaque, and the same for the same e-mail whatever happens to the data folder, so that a person whom
 * the book has bound to a subject can still sign in after the issuer's keys were lost.
 */
export function subjectOf(email: string): string {
  return createHash('sha256')
    .update(`minutebook-demo-subject\n${normalised(email)}`)
    .digest('base64url')
    .slice(0, 27);
}

/** Upper and lower case and surrounding space do not matter. */
export function personWithEmail(people: readonly DemoPerson[], email: string): DemoPerson | undefined {
  return people.find(person => normalised(person.email) === normalised(email));
}

export function personWithSubject(people: readonly DemoPerson[], subject: string): DemoPerson | undefined {
  return people.find(person => subjectOf(person.email) === subject);
}

function normalised(email: string): string {
  return email.trim().toLowerCase();
}
