/**
 * How long documents are kept, what holds them longer, and how one leaves.
 *
 * A document leaves only after its retention, under no hold, with nothing public referring to it, proposed by the system and
 * approved by two officers. Its record stays, with the digests of its versions.
 */
import { StateConflictError } from '../../errors.ts';
import type { Protection } from '../../ports/blobStore.ts';
import type { Key } from '../../ports/recordStore.ts';
import { addDays, addYears, dateIn, type Instant, instant, overlaps, type PlainDate, type Term } from '../calendar.ts';
import { type History, inForce } from '../history.ts';
import { pointerKey } from '../records.ts';
import {
  type ArchivedDocument,
  type Disposal,
  type DocumentKind,
  documentKinds,
  isDisposed,
  isReferred,
  type References,
} from './documents.ts';

/**
 * `period-end`: the last day that the document is about; when it is about no time, `sealed`.
 * `sealed`: the day on which its latest version was sealed. `later`: the later of the two.
 */
export const triggers = ['period-end', 'sealed', 'later'] as const;
export type Trigger = (typeof triggers)[number];

/** How long documents of a kind are kept: for ever when `years` is null. `basis` says why. */
export interface Rule {
  readonly years: number | null;
  readonly from: Trigger;
  readonly basis: string;
}

export type Rules = Readonly<Record<DocumentKind, Rule>>;

/** The record. */
export interface RetentionSchedule {
  readonly history: History<{ readonly rules: Rules }>;
}

/** There is one schedule to a book; this is its identifier among the records. */
export const scheduleId = 'retention-schedule';

const forEver = (basis: string): Rule => ({ years: null, from: 'sealed', basis });
const kept = (years: number, from: Trigger, basis: string): Rule => ({ years, from, basis });

/** What holds until an organisation records a schedule of its own. Longer than the law asks, where the law asks at all. */
export const defaultRules: Rules = {
  articles: forEver('Governing document: the organisation exists by it.'),
  bylaws: forEver('Governing document: whether a decision was valid is judged by the text of its day.'),
  policy: forEver('What was in force on a day must stay provable.'),
  minutes: forEver('Code of Virginia § 13.1-932: permanent records.'),
  consent: forEver('Code of Virginia § 13.1-932: actions taken without a meeting are permanent records.'),
  'financial-statement': kept(7, 'later', 'One year beyond the six years of IRC § 6501(e).'),
  return: kept(7, 'later', 'Longer than IRC § 6104(d) asks for inspection, and § 6501 for assessment.'),
  'exemption-application': forEver('IRC § 6104(d): open to inspection as long as the organisation exists.'),
  'determination-letter': forEver('IRC § 6104(d): open to inspection as long as the organisation exists.'),
  report: forEver('The public record of what was done.'),
  workplan: kept(10, 'period-end', 'The record of what was planned.'),
  brochure: kept(5, 'sealed', 'Of use for a time.'),
  other: kept(7, 'sealed', 'Unless somebody says otherwise.'),
};

/** The rules of that day. */
export function rulesOn(schedule: RetentionSchedule | undefined, today: PlainDate): Rules {
  // A kind that came after the schedule was recorded has the rule that Minutebook brings.
  return { ...defaultRules, ...(schedule === undefined ? undefined : inForce(schedule.history, today)?.rules) };
}

/** Rules as they are shown: a list, in the order of the kinds. */
export const shownRules = (rules: Rules) =>
  documentKinds.flatMap(kind => (rules[kind] === undefined ? [] : { kind, ...rules[kind] }));

/** All that was recorded, as it is shown. */
export const shownHistory = ({ history }: RetentionSchedule) =>
  history.map(({ from, rules }) => ({ from, rules: shownRules(rules) }));

/** The last day of the retention; null when there is none, because it is kept for ever or nothing was sealed yet. */
export function retainedUntil(
  { facts, latest, keepUntil }: Pick<ArchivedDocument, 'facts' | 'latest' | 'keepUntil'>,
  rules: Rules,
  timeZone: string,
): PlainDate | null {
  const { years, from } = rules[facts.kind];
  if (years === null || latest === null) return null;
  const sealedOn = dateIn(timeZone, latest.sealedAt);
  const periodEnd = facts.period?.to ?? sealedOn;
  const begin = { 'period-end': periodEnd, sealed: sealedOn, later: periodEnd > sealedOn ? periodEnd : sealedOn }[from];
  const end = addYears(begin, years);
  return keepUntil !== null && keepUntil > end ? keepUntil : end;
}

/** Where a hold reaches: to these documents, to all of these bodies, to all about or of a period. */
export interface HoldScope {
  readonly documentIds: readonly string[];
  readonly bodyIds: readonly string[];
  readonly period: (Term & { readonly to: PlainDate }) | null;
}

/** The record of a legal hold. */
export interface Hold {
  /** The name of the case. */
  readonly title: string;
  readonly reason: string;
  readonly scope: HoldScope;
  readonly placedBy: string;
  readonly placedAt: Instant;
  readonly release: { readonly by: string; readonly at: Instant; readonly reason: string } | null;
}

/** All holds in force, in one item: whoever disposes of anything expects the version that was read. */
export interface HoldsInForce {
  readonly holds: readonly { readonly id: string; readonly scope: HoldScope }[];
}

export const holdsKey: Key = pointerKey('place', 'holds');

/** So many holds can be in force at once, each naming so many documents and bodies: they share one item of the store. */
export const maxHolds = 50;
export const maxHeld = 80;

/** @throws {StateConflictError} there are too many. */
export function withHold({ holds }: HoldsInForce, id: string, scope: HoldScope): HoldsInForce {
  if (holds.length >= maxHolds) throw new StateConflictError(`${maxHolds} holds are in force. Release one first.`);
  return { holds: [...holds, { id, scope }] };
}

/** @throws {StateConflictError} it was released before. */
export function release(hold: Hold, by: string, reason: string, now: Instant): Hold {
  if (hold.release !== null) throw new StateConflictError('The hold was released already.');
  return { ...hold, release: { by, at: now, reason } };
}

/** True when any hold reaches the document. */
export function isHeld(id: string, document: ArchivedDocument, { holds }: HoldsInForce, timeZone: string): boolean {
  return holds.some(({ scope }) => reaches(scope, id, document, timeZone));
}

/** By its name, its body, what it is about, or the days from its first sealing to its latest. */
function reaches(
  { documentIds, bodyIds, period }: HoldScope,
  id: string,
  document: ArchivedDocument,
  timeZone: string,
): boolean {
  const { facts, firstSealedAt, latest } = document;
  const spans: Term[] = [
    ...(facts.period === null ? [] : [facts.period]),
    ...(firstSealedAt === null || latest === null
      ? []
      : [{ from: dateIn(timeZone, firstSealedAt), to: dateIn(timeZone, latest.sealedAt) }]),
  ];
  return (
    documentIds.includes(id) ||
    (facts.bodyId !== null && bodyIds.includes(facts.bodyId)) ||
    (period !== null && (spans.length === 0 || spans.some(span => overlaps(period, span))))
  );
}

/** So many officers must approve, and so many days pass after the last of them: time to object. */
export const approvalsNeeded = 2;
export const graceDays = 7;

/** What decides about the disposal of a document. */
export interface Circumstances {
  readonly id: string;
  readonly rules: Rules;
  readonly timeZone: string;
  readonly now: Instant;
  readonly holds: HoldsInForce;
  readonly references: References;
}

/** Why the document must stay, in words for people; null when it may go. */
export function keptBecause(document: ArchivedDocument, on: Circumstances): string | null {
  if (isDisposed(document)) return 'It is gone already.';
  const until = retainedUntil(document, on.rules, on.timeZone);
  if (until === null) return 'It is kept for ever, or nothing was sealed in it.';
  if (dateIn(on.timeZone, on.now) <= until) return `It has to be kept until ${until}.`;
  if (isHeld(on.id, document, on.holds, on.timeZone)) return 'A legal hold reaches it.';
  if (isReferred(on.references)) return 'Something public or scheduled refers to it.';
  return null;
}

/** The system proposes the disposal of what may go; undefined when it may not, or is proposed already. */
export function propose(document: ArchivedDocument, on: Circumstances): ArchivedDocument | undefined {
  if (document.disposal !== null || keptBecause(document, on) !== null) return undefined;
  const { basis } = on.rules[document.facts.kind];
  const until = retainedUntil(document, on.rules, on.timeZone) ?? '';
  const disposal: Disposal = {
    proposedAt: on.now,
    retainedUntil: until,
    basis,
    approvals: [],
    executeAfter: null,
    executedAt: null,
  };
  return { ...document, disposal };
}

/** An officer approves. @throws {StateConflictError} nothing is proposed, it must stay, or the officer has approved already. */
export function approve(document: ArchivedDocument, by: string, on: Circumstances): ArchivedDocument {
  const { disposal } = document;
  if (disposal === null) throw new StateConflictError('No disposal is proposed.');
  const reason = keptBecause(document, on);
  if (reason !== null) throw new StateConflictError(`${reason} It cannot be disposed of.`);
  if (disposal.approvals.some(one => one.by === by)) {
    throw new StateConflictError(`You have approved already. ${approvalsNeeded} different officers are needed.`);
  }
  if (disposal.executeAfter !== null) throw new StateConflictError('It is approved already.');
  const approvals = [...disposal.approvals, { by, at: on.now }];
  const isEnough = approvals.length >= approvalsNeeded;
  const executeAfter = isEnough ? instant(new Date(Date.parse(on.now) + graceDays * 86_400_000)) : null;
  return { ...document, disposal: { ...disposal, approvals, executeAfter } };
}

/** Decides to keep a document until the end of that day. @throws {StateConflictError} it is gone, or that is no longer than before. */
export function keep(document: ArchivedDocument, until: PlainDate, today: PlainDate): ArchivedDocument {
  const { keepUntil } = document;
  if (isDisposed(document)) throw new StateConflictError('The document was disposed of; only its record is left.');
  if (until <= today) throw new StateConflictError('Name a day that is still to come.');
  if (keepUntil !== null && until < keepUntil) throw new StateConflictError(`It is kept until ${keepUntil} already.`);
  return { ...document, keepUntil: until, disposal: null };
}

/** @throws {StateConflictError} a hold reaches the document as it was, and would not reach it as it is described now. */
export function demandStillHeld(before: ArchivedDocument, after: ArchivedDocument, on: Circumstances): void {
  const { id, holds, timeZone } = on;
  const isLost = ({ scope }: HoldsInForce['holds'][number]) =>
    reaches(scope, id, before, timeZone) && !reaches(scope, id, after, timeZone);
  if (holds.holds.some(isLost)) {
    throw new StateConflictError('A legal hold would not reach the document any more. Release the hold first.');
  }
}

/** What the system does about a proposal when it comes by: carries it out, drops it, or nothing. */
export function settle(document: ArchivedDocument, on: Circumstances): 'execute' | 'drop' | 'wait' {
  const { disposal } = document;
  if (disposal === null || disposal.executedAt !== null) return 'wait';
  if (keptBecause(document, on) !== null) return 'drop';
  return disposal.executeAfter !== null && disposal.executeAfter <= on.now ? 'execute' : 'wait';
}

/** The document after its bytes were given up. @throws {StateConflictError} it may not go, or not yet. */
export function execute(document: ArchivedDocument, on: Circumstances): ArchivedDocument {
  const { disposal } = document;
  if (disposal === null || settle(document, on) !== 'execute')
    throw new StateConflictError('It may not be disposed of.');
  return { ...document, disposal: { ...disposal, executedAt: on.now } };
}

/** How the store is to protect the bytes of a document: for ever, or to the end of its retention; and while it is held. */
export function protectionOf(
  id: string,
  document: ArchivedDocument,
  on: Pick<Circumstances, 'rules' | 'timeZone' | 'holds' | 'now'>,
): Protection {
  if (isDisposed(document)) return { retainUntil: null, hold: false };
  const until = retainedUntil(document, on.rules, on.timeZone);
  // At noon in UTC the day before is over everywhere on earth.
  const end = until === null ? null : `${addDays(until, 1)}T12:00:00.000Z`;
  return {
    retainUntil: end !== null && end > on.now ? end : null,
    hold: until === null || isHeld(id, document, on.holds, on.timeZone),
  };
}
