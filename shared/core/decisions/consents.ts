/** Decisions without a meeting: everybody in office, or enough of them, signs the same text. Code of Virginia § 13.1-865. */
import { NotAllowedError, StateConflictError, wrongField } from '../../errors.ts';
import { addDays, dateIn, type Instant, instantAt } from '../calendar.ts';
import { addBusinessDays, type HolidayCalendar } from '../holidays.ts';
import type { ConsentRule } from './rulebook.ts';
import { needed, type Quorum } from './rules.ts';

/** `unanimous`: all who hold a voting seat sign. `fewer`: enough of them, and nobody objects; only where the articles say so. */
export const consentBases = ['unanimous', 'fewer'] as const;
export type ConsentBasis = (typeof consentBases)[number];

export interface Consent {
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly basis: ConsentBasis;
  /** Where the rules of the body allow it. */
  readonly source: string;
  /** The quorum of the ordinary rule, and how many seats the rules fix: fewer than a quorum never suffice. */
  readonly quorum: Quorum | null;
  readonly fixed: number | null;
  /** What is signed. */
  readonly textHash: string;
  /** Then it is not adopted any more. */
  readonly expiresAt: Instant;
  /** The end of the time in which one objection ends it; null where all must sign. */
  readonly objectionsUntil: Instant | null;
  /** In which its days begin and end. */
  readonly timeZone: string;
  /** One of each person, in the order in which they were given. */
  readonly signatures: readonly Signature[];
  readonly objection: Objection | null;
  /** When to look at it next. */
  readonly wakeAt: Instant;
  readonly decided: ConsentOutcome | null;
}

/** One person's, of exactly that text; withdrawn until the last needed one arrives. */
export interface Signature {
  readonly by: string;
  readonly at: Instant;
  readonly textHash: string;
}

export interface Objection {
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
}

export interface ConsentOutcome {
  /** From that moment on it is decided. */
  readonly at: Instant;
  readonly carried: boolean;
  /** Who held a voting seat then; empty where by then more did than a consent can hold. */
  readonly signatories: readonly string[];
  readonly reasons: readonly ConsentReason[];
}

/** One step of the decision, in the order in which they decide. */
export type ConsentReason =
  | {
      readonly kind: 'signatures';
      readonly basis: ConsentBasis;
      readonly inOffice: number;
      /** More than half of those in office, and a quorum; both null where all must sign. */
      readonly majority: number | null;
      readonly quorum: number | null;
      readonly needed: number;
      readonly got: number;
      /** When the last one was given that was needed; null when there were too few. */
      readonly completeAt: Instant | null;
      readonly met: boolean;
    }
  | { readonly kind: 'objections'; readonly until: Instant; readonly objectedAt: Instant | null; readonly met: boolean }
  | { readonly kind: 'expiry'; readonly expiresAt: Instant; readonly met: boolean };

export type ConsentState = 'signing' | 'carried' | 'failed';

export function consentStateAt({ decided }: Consent): ConsentState {
  if (decided === null) return 'signing';
  return decided.carried ? 'carried' : 'failed';
}

/** Signatures stand in the record of their resolution; more belong to a vote. */
export const mostSignatories = 100;
const mostDays = 366;
/** Written notice to all, and time to object. § 13.1-865. */
const objectionBusinessDays = 10;

export interface NewConsent {
  readonly openedBy: string;
  readonly basis: ConsentBasis;
  /** Then no fewer than all suffice. */
  readonly membersMustApprove: boolean;
  readonly expiresAt: Instant;
  readonly rule: ConsentRule;
  readonly quorum: Quorum | null;
  readonly fixed: number | null;
  readonly holidays: HolidayCalendar;
  readonly timeZone: string;
  readonly textHash: string;
  /** How many hold a voting seat. */
  readonly inOffice: number;
}

/**
 * The notice is given as it opens.
 *
 * @throws {StateConflictError} the body does not decide like this, or nobody could, or too many would have to.
 * @throws {ValidationError} what is asked for contradicts the rules or itself.
 */
export function newConsent(asked: NewConsent, now: Instant): Consent {
  const { basis, rule, expiresAt, quorum, fixed, timeZone, textHash, openedBy } = asked;
  demandAllowed(asked);
  const objectionsUntil = basis === 'fewer' ? endOfObjections(now, timeZone, asked.holidays) : null;
  if (expiresAt <= now) throw wrongField('/expiresAt', 'Must lie in the future.');
  if (Date.parse(expiresAt) - Date.parse(now) > mostDays * 86_400_000) {
    throw wrongField('/expiresAt', 'Must lie within a year.');
  }
  if (objectionsUntil !== null && expiresAt < objectionsUntil) {
    throw wrongField('/expiresAt', `Must not be before the end of the time for objections, ${objectionsUntil}.`);
  }
  return {
    openedAt: now,
    openedBy,
    basis,
    source: rule.source,
    quorum: basis === 'fewer' ? quorum : null,
    fixed,
    textHash,
    expiresAt,
    objectionsUntil,
    timeZone,
    signatures: [],
    objection: null,
    wakeAt: objectionsUntil ?? expiresAt,
    decided: null,
  };
}

function demandAllowed({ basis, membersMustApprove, rule, inOffice, quorum, fixed }: NewConsent): void {
  if (rule.allowed === 'never') {
    throw new StateConflictError(`The body does not decide by written consent (${rule.source}). Vote on it instead.`);
  }
  if (basis === 'fewer' && rule.allowed === 'unanimous') {
    throw wrongField('/basis', `All must sign (${rule.source}): name unanimous, or vote on it instead.`);
  }
  if (basis === 'fewer' && membersMustApprove) {
    throw wrongField('/basis', 'What members must approve too is never adopted by fewer than all: name unanimous.');
  }
  if (inOffice === 0) throw new StateConflictError('Nobody holds a voting seat in the body on this day.');
  if (inOffice > mostSignatories) {
    throw new StateConflictError(
      `${inOffice} would have to be asked, more than ${mostSignatories}. Vote on it instead.`,
    );
  }
  const least = leastSignatures({ basis, quorum, fixed }, inOffice).needed;
  if (least > inOffice) {
    throw new StateConflictError(
      `${least} would have to sign, and ${inOffice} hold a voting seat. Fill the seats first.`,
    );
  }
}

/** The end of the tenth business day after the notice; the day of the notice is not counted. */
function endOfObjections(noticeAt: Instant, timeZone: string, holidays: HolidayCalendar): Instant {
  const last = addBusinessDays(dateIn(timeZone, noticeAt), objectionBusinessDays, holidays);
  return instantAt(timeZone, addDays(last, 1), '00:00');
}

/** How many of so many in office must sign: all, or the greater of more than half and of a quorum. */
export function leastSignatures(
  { basis, quorum, fixed }: Pick<Consent, 'basis' | 'quorum' | 'fixed'>,
  inOffice: number,
) {
  if (basis === 'unanimous') return { majority: null, quorum: null, needed: inOffice };
  const majority = Math.floor(inOffice / 2) + 1;
  const present = quorum === null ? 0 : leastPresent(quorum, inOffice, fixed);
  return { majority, quorum: present, needed: Math.max(majority, present) };
}

function leastPresent(quorum: Quorum, inOffice: number, fixed: number | null): number {
  if ('number' in quorum) return quorum.number;
  return needed(quorum.of === 'fixed' ? (fixed ?? inOffice) : inOffice, quorum.fraction, quorum.comparison);
}

/** Signs as somebody in office. The same when that person has signed already. @param textHash of what was read. */
export function sign(consent: Consent, by: string, textHash: string, now: Instant): Consent {
  demandSigning(consent);
  if (textHash !== consent.textHash) {
    throw new StateConflictError(
      'This is another text than the one to be signed. Read it again, and sign what it says.',
    );
  }
  if (consent.signatures.some(signature => signature.by === by)) return consent;
  if (consent.signatures.length === mostSignatories) {
    throw new StateConflictError('More have signed than a written consent can hold. Vote on it instead.');
  }
  return { ...consent, signatures: [...consent.signatures, { by, at: now, textHash }] };
}

/**
 * @param inOffice who holds a voting seat now.
 * @throws {StateConflictError} the last needed signature is there, or there is none of that person.
 */
export function withdrawSignature(consent: Consent, by: string, inOffice: readonly string[]): Consent {
  demandSigning(consent);
  const signatures = consent.signatures.filter(signature => signature.by !== by);
  if (signatures.length === consent.signatures.length) throw new StateConflictError('You have not signed it.');
  if (signaturesOf(consent, inOffice).met) {
    throw new StateConflictError('As many have signed as are needed: no signature can be withdrawn any more.');
  }
  return { ...consent, signatures };
}

/** One objection in time, and it has failed. @param inOffice who holds a voting seat now. */
export function object(consent: Consent, objection: Objection, inOffice: readonly string[]): Consent {
  demandSigning(consent);
  const { objectionsUntil: until } = consent;
  const { by, at } = objection;
  if (until === null) throw new StateConflictError('All have to sign it: whoever is against it does not sign.');
  if (at >= until) throw new StateConflictError(`The time for objections ended at ${until}.`);
  if (!inOffice.includes(by)) throw new NotAllowedError('Only those who hold a voting seat in the body may do this.');
  const reason: ConsentReason = { kind: 'objections', until, objectedAt: at, met: false };
  const reasons = [signaturesOf(consent, inOffice), reason];
  return { ...consent, objection, decided: { at, carried: false, signatories: kept(inOffice), reasons } };
}

/**
 * What becomes of it at a moment: adopted once enough have signed and nobody can object any more, failed once it has expired.
 *
 * To be asked at every signature, and whenever it is time to look at it (`wakeAt`).
 * @param inOffice who holds a voting seat at that moment; somebody seated meanwhile has to sign, too, and nobody whose seat has ended.
 */
export function settle(consent: Consent, inOffice: readonly string[], at: Instant): Consent {
  const { decided, objectionsUntil: until, expiresAt, wakeAt } = consent;
  if (decided !== null) return consent;
  const signatures = signaturesOf(consent, inOffice);
  const decide = (carried: boolean, last: readonly ConsentReason[]): Consent => {
    const open: ConsentReason[] = until === null ? [] : [{ kind: 'objections', until, objectedAt: null, met: true }];
    const reasons = [signatures, ...open, ...last];
    return { ...consent, decided: { at, carried, signatories: kept(inOffice), reasons } };
  };
  if (signatures.met && (until === null || at >= until)) return decide(true, []);
  if (at >= expiresAt) return decide(false, [{ kind: 'expiry', expiresAt, met: false }]);
  return at < wakeAt ? consent : { ...consent, wakeAt: expiresAt };
}

const kept = (inOffice: readonly string[]) => (inOffice.length > mostSignatories ? [] : inOffice);

function signaturesOf(consent: Consent, inOffice: readonly string[]) {
  const least = leastSignatures(consent, inOffice.length);
  const counted = consent.signatures.filter(({ by }) => inOffice.includes(by));
  const got = counted.length;
  const met = got > 0 && got >= least.needed;
  const completeAt = met ? (counted[least.needed - 1]?.at ?? null) : null;
  const { basis } = consent;
  return { kind: 'signatures', basis, inOffice: inOffice.length, ...least, got, completeAt, met } as const;
}

function demandSigning(consent: Consent): void {
  const state = consentStateAt(consent);
  if (state !== 'signing') throw new StateConflictError(`The resolution is ${state}. Nothing is signed any more.`);
}
