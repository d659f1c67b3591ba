/**
 * The life of a resolution: draft, moved, seconded, open, and closed as carried or failed; or withdrawn, postponed, referred.
 *
 * Whether a vote is still open follows from its end and from the moment of asking. It is counted only after its gates are shut:
 * from then on no ballot can come in any more, so whoever counts counts the same.
 */
import { NotAllowedError, StateConflictError } from '../../errors.ts';
import type { JsonObject, Key } from '../../ports/recordStore.ts';
import type { Instant, PlainDate } from '../calendar.ts';
import { partKey, type Row, rowKey } from '../records.ts';
import type { DecisionRule } from './rules.ts';
import type { Outcome } from './tally.ts';

/** What is proposed. */
export interface Motion {
  readonly title: string;
  /** Why, before the clauses. Markdown. */
  readonly preamble: string;
  /** What is decided, in Markdown; clauses are numbered by their author. */
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
  /** From when on it holds; null from its adoption on. */
  readonly effectiveOn: PlainDate | null;
}

export interface Resolution {
  readonly bodyId: string;
  readonly motion: Motion;
  readonly draftedBy: string;
  readonly mover: { readonly by: string; readonly at: Instant } | null;
  readonly seconder: { readonly by: string; readonly at: Instant } | null;
  /** Out of the way before a vote, for a reason. */
  readonly aside: Aside | null;
  readonly vote: Vote | null;
}

export interface Aside {
  readonly as: 'withdrawn' | 'postponed' | 'referred';
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
  /** The body that it was referred to. */
  readonly to: string | null;
}

/** A vote, with all that its outcome depends on but the ballots. */
export interface Vote {
  readonly openedAt: Instant;
  readonly openedBy: string;
  /** Until then ballots are taken. */
  readonly closesAt: Instant;
  /** The rule as it stood when the vote was opened. */
  readonly rule: DecisionRule;
  /** How many hold a voting seat, and how many seats the rules fix. */
  readonly inOffice: number;
  readonly fixed: number;
  /** When the gates were shut; null while they stand open. */
  readonly shutAt: Instant | null;
  readonly result: Result | null;
}

export interface Result {
  readonly countedAt: Instant;
  readonly yes: number;
  readonly no: number;
  readonly abstained: number;
  readonly outcome: Outcome;
  /** Its number in the register of the body, such as `2026-014`; null when it failed. */
  readonly number: string | null;
}

export type ResolutionState = 'draft' | 'moved' | 'seconded' | 'open' | 'closed' | 'carried' | 'failed' | Aside['as'];

/** `closed`: no ballot is taken any more, and the count is not made yet. */
export function resolutionStateAt({ mover, seconder, aside, vote }: Resolution, now: Instant): ResolutionState {
  if (aside !== null) return aside.as;
  if (vote !== null) {
    if (vote.result !== null) return vote.result.outcome.carried ? 'carried' : 'failed';
    return vote.shutAt !== null || vote.closesAt <= now ? 'closed' : 'open';
  }
  if (seconder !== null) return 'seconded';
  return mover === null ? 'draft' : 'moved';
}

export function draftResolution(bodyId: string, motion: Motion, by: string): Resolution {
  return { bodyId, motion, draftedBy: by, mover: null, seconder: null, aside: null, vote: null };
}

/** Changes the text; whoever moved or seconded it did so of another, so both are asked again. */
export function reviseMotion(resolution: Resolution, motion: Motion, now: Instant): Resolution {
  demand(resolution, now, ['draft', 'moved', 'seconded'], 'Its text stands.');
  return { ...resolution, motion, mover: null, seconder: null };
}

export function moveMotion(resolution: Resolution, by: string, now: Instant): Resolution {
  demand(resolution, now, ['draft'], 'Only a draft can be moved.');
  return { ...resolution, mover: { by, at: now } };
}

/** @throws {NotAllowedError} nobody seconds a motion of their own. */
export function secondMotion(resolution: Resolution, by: string, now: Instant): Resolution {
  demand(resolution, now, ['moved'], 'Only what was moved can be seconded.');
  if (resolution.mover?.by === by) throw new NotAllowedError('Somebody other than the mover has to second it.');
  return { ...resolution, seconder: { by, at: now } };
}

/** @throws {NotAllowedError} only the mover takes a motion back. */
export function withdrawMotion(resolution: Resolution, by: string, reason: string, now: Instant): Resolution {
  demand(resolution, now, ['moved', 'seconded'], 'Only what was moved, and is not open yet, can be withdrawn.');
  if (resolution.mover?.by !== by) throw new NotAllowedError('Only its mover can withdraw a motion.');
  return { ...resolution, aside: { as: 'withdrawn', by, at: now, reason, to: null } };
}

/** Puts it off, or refers it to a body when one is named. */
export function setAside(
  resolution: Resolution,
  by: string,
  reason: string,
  to: string | null,
  now: Instant,
): Resolution {
  demand(resolution, now, ['moved', 'seconded'], 'Only what was moved, and is not open yet, can be put aside.');
  return { ...resolution, aside: { as: to === null ? 'postponed' : 'referred', by, at: now, reason, to } };
}

/** A vote lasts at least so long, and at most a year. */
const leastVoteSeconds = 60;
const mostVoteDays = 366;

export function openVote(
  resolution: Resolution,
  vote: Omit<Vote, 'openedAt' | 'shutAt' | 'result'>,
  now: Instant,
): Resolution {
  demand(resolution, now, ['seconded'], 'Only what was moved and seconded can be put to the vote.');
  const lasts = Date.parse(vote.closesAt) - Date.parse(now);
  if (lasts < leastVoteSeconds * 1000) throw new StateConflictError('Let the vote last at least a minute.');
  if (lasts > mostVoteDays * 86_400_000) throw new StateConflictError('Let the vote last a year at most.');
  if (vote.inOffice === 0) throw new StateConflictError('Nobody holds a voting seat in the body on this day.');
  return { ...resolution, vote: { ...vote, openedAt: now, shutAt: null, result: null } };
}

/** No ballot comes in from here on. */
export function shutVote(resolution: Resolution, now: Instant): Resolution {
  demand(resolution, now, ['open', 'closed'], 'There is no vote to close.');
  const { vote } = resolution;
  if (vote === null || vote.shutAt !== null) return resolution;
  return { ...resolution, vote: { ...vote, shutAt: now, closesAt: vote.closesAt < now ? vote.closesAt : now } };
}

export function recordResult(resolution: Resolution, result: Result): Resolution {
  const { vote } = resolution;
  if (vote === null || vote.shutAt === null || vote.result !== null) {
    throw new StateConflictError('There is no vote to count.');
  }
  return { ...resolution, vote: { ...vote, result } };
}

function demand(resolution: Resolution, now: Instant, states: readonly ResolutionState[], otherwise: string): void {
  const state = resolutionStateAt(resolution, now);
  if (!states.includes(state)) throw new StateConflictError(`The resolution is ${state}. ${otherwise}`);
}

export const choices = ['yes', 'no', 'abstain'] as const;
export type Choice = (typeof choices)[number];

/** The ballot of one person in one vote; replaced until the vote closes. */
export interface Ballot {
  readonly resolutionId: string;
  readonly personId: string;
  readonly choice: Choice;
  readonly at: Instant;
}

/** Voters, and the gates through which their ballots come in, are spread so that many can vote at once. */
export const shards = 16;

/** The same for a person at all times. */
export function shardOf(personId: string): number {
  // The last digits of a UUIDv7 are random.
  return Number.parseInt(personId.slice(-4), 16) % shards;
}

const two = (number: number) => String(number).padStart(2, '0');

/** A ballot demands that its gate has not changed since the vote was opened. */
export const gateKey = (resolutionId: string, shard: number): Key =>
  partKey('resolution', resolutionId, `gate#${two(shard)}`);

/** Who is entitled, by shard: frozen when the vote opens. */
export const electorateKey = (resolutionId: string, shard: number): Key =>
  partKey('resolution', resolutionId, `electorate#${two(shard)}`);

/** So many people of one shard fit into one item of the store. */
export const mostVotersOfShard = 5000;

export const ballotId = (resolutionId: string, personId: string) => `${resolutionId}~${personId}`;

export const ballotList = (resolutionId: string, shard: number) => `ballots#${resolutionId}#${two(shard)}`;

export const ballotRow = (ballot: Ballot): Row => ({
  key: rowKey(ballotList(ballot.resolutionId, shardOf(ballot.personId)), ballot.personId),
  card: ballot as unknown as JsonObject,
});

/** The last number that the register of a body has given in a year. */
export const registerKey = (bodyId: string, year: string): Key => rowKey(`register#${bodyId}`, `${year}#last`);

/** The number after that one: of three digits at least, counted from 1 in each year. */
export const numberAfter = (year: string, last: number) => `${year}-${String(last + 1).padStart(3, '0')}`;

/** What lists show of a resolution. */
export interface ResolutionCard {
  readonly id: string;
  readonly bodyId: string;
  readonly title: string;
  readonly number: string | null;
  readonly decidedAt: Instant | null;
  readonly closesAt: Instant | null;
}

export const resolutionLists = {
  /** What a body has adopted in a year, by number. */
  register: (bodyId: string, year: string) => `register#${bodyId}#${year}`,
  /** What it is to decide. */
  pending: (bodyId: string) => `pending#${bodyId}`,
  /** Votes of all bodies that are not counted, by their end. */
  open: 'open-votes',
};

export function resolutionRows(id: string, resolution: Resolution | undefined): Row[] {
  if (resolution === undefined || resolution.aside !== null) return [];
  const { bodyId, motion, vote } = resolution;
  const result = vote?.result ?? null;
  const card: ResolutionCard = {
    id,
    bodyId,
    title: motion.title,
    number: result?.number ?? null,
    // It is decided when the vote ends, however long the count takes.
    decidedAt: result === null ? null : (vote?.closesAt ?? null),
    closesAt: vote?.closesAt ?? null,
  };
  const row = (list: string, sort: string): Row => ({ key: rowKey(list, sort), card: card as unknown as JsonObject });
  if (result !== null) {
    const { number } = result;
    return number === null
      ? []
      : [row(resolutionLists.register(bodyId, number.slice(0, 4)), number.slice(5).padStart(6, '0'))];
  }
  return [
    row(resolutionLists.pending(bodyId), id),
    ...(vote === null ? [] : [row(resolutionLists.open, `${vote.closesAt}#${id}`)]),
  ];
}
