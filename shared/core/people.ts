/** People who hold seats, and how a token finds its person. */
import type { Expectation, Key, Write } from '../ports/recordStore.ts';
import type { Instant } from './calendar.ts';
import { sha256 } from './digest.ts';
import { pointerKey, type Row, rowKey, type Stored } from './records.ts';

export interface Person {
  readonly name: string;
  /** Never public. At most one person has an address. */
  readonly email: string | null;
  /** The sign-in that belongs to the person, once an invitation was accepted. */
  readonly identity: Identity | null;
  /** The invitation that is open, by the SHA-256 of its code; null when there is none. */
  readonly invitation: Invitation | null;
  /** When it was erased how the person is reached. */
  readonly contactErasedAt?: Instant;
}

export interface Invitation {
  readonly codeHash: string;
  readonly expiresAt: Instant;
  /** Only an administrator's invitation binds a sign-in to an officer who has one, or to a controller. */
  readonly byAdministrator: boolean;
}

/** Who a verified token says somebody is. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** The addresses that the book knows: others are nobody's, whatever an issuer says of them. */
export const isEmail = (email: string) =>
  /^[\x21-\x3f\x41-\x7e]+@[\x21-\x3f\x41-\x7e]+$/.test(email) && email.length <= 254;

/** One spelling for each address, so that it can belong to one person only. ASCII only: other letters have look-alikes. */
export const normalEmail = (email: string) => email.replace(/[A-Z]/g, letter => letter.toLowerCase());

/** What a pointer to a person holds. */
export const pointerTo = (key: Key, personId: string, expect: Expectation): Write => ({
  put: { key, version: 1, data: { personId } },
  expect,
});

/** Points from an e-mail address to its person. */
export const emailKey = (email: string): Key => pointerKey('email', normalEmail(email));

/** Points from a sign-in to its person. */
export const identityKey = ({ issuer, subject }: Identity): Key =>
  pointerKey('identity', sha256(`${issuer}\n${subject}`));

/** Points from the code of an invitation to its person; the code itself is never stored. */
export const invitationKey = (codeHash: string): Key => pointerKey('invitation', codeHash);

/** The row of a person on the list of people, ordered by name. */
export function personRow({ id, data }: Stored<Person>): Row {
  // A sort key has at most 1,024 bytes; a name of 200 characters can have 800.
  return { key: rowKey('people', `${data.name.toLowerCase()}#${id}`), card: { id, name: data.name } };
}
