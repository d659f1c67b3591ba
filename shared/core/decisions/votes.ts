/**
 * A vote: who is entitled, by which rule, the ballots, the count.
 *
 * Whether it is still open follows from its end and from the moment of asking. It is counted only after its gates are shut:
 * from then on no ballot can come in any more, so whoever counts counts the same.
 */
import { StateConflictError } from '../../errors.ts';
import type { JsonObject, Key } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { partKey, type Row, rowKey } from '../records.ts';
import type { ElectionOutcome, Standing } from './election.ts';
import type { VotingRule } from './rulebook.ts';
import type { Count, Outcome } from './tally.ts';

/** A vote, with all that its outcome depends on but the ballots, the recusals and who was there. */
export interface Vote {
  readonly openedAt: Instant;
  readonly openedBy: string;
  /** Until then ballots are taken. */
  readonly closesAt: Instant;
  /** The rule as it stood when the vote was opened, and the one in its place when anybody is recused. */
  readonly rule: VotingRule;
  readonly ruleWhenRecused: VotingRule | null;
  /** Who is entitled, by weight; how many people they are; how many seats the rules fix. */
  readonly inOffice: number;
  readonly people: number;
  readonly fixed: number;
  /** Groups whose majorities count, such as regions. */
  readonly groups: readonly { readonly name: string; readonly weight: number }[];
  /** Where whoever is there takes part, voting or not; null when only ballots tell. */
  readonly meetingId: string | null;
  /** The public key (JWK) under which ballots are sealed; null when they are open. */
  readonly sealKey: JsonObject | null;
  /** When the gates were shut; null while they stand open. */
  readonly shutAt: Instant | null;
  /** What was counted while the chair has to decide between as many for as against. */
  readonly tie: Counted | null;
  readonly casting: Casting | null;
  readonly result: Result | null;
}

export interface Casting {
  readonly by: string;
  readonly at: Instant;
  /** Null when the chair leaves it undecided. */
  readonly choice: 'yes' | 'no' | null;
}

/** All that a rule needs to come to its outcome: from this and the rule anybody can count again. */
export interface Counted {
  readonly count: Count;
  /** Votes by option; empty where it is no election. */
  readonly standings: readonly Standing[];
}

export interface Result extends Counted {
  readonly countedAt: Instant;
  /** The rule that decided: the usual one, or the one for when anybody is recused. */
  readonly decidedBy: 'rule' | 'ruleWhenRecused';
  readonly outcome: Outcome;
  readonly election: ElectionOutcome | null;
}

export type VoteState = 'open' | 'closed' | 'tied' | 'carried' | 'failed';

/** `closed`: no ballot is taken any more, and the count is not made yet. `tied`: the chair has to decide. */
export function voteStateAt({ shutAt, closesAt, tie, casting, result }: Vote, now: Instant): VoteState {
  if (result !== null) return result.outcome.carried ? 'carried' : 'failed';
  if (tie !== null && casting === null) return 'tied';
  return shutAt !== null || closesAt <= now ? 'closed' : 'open';
}

/** A vote lasts at least so long, and at most a year. */
const leastVoteSeconds = 60;
const mostVoteDays = 366;

export type NewVote = Omit<Vote, 'openedAt' | 'shutAt' | 'tie' | 'casting' | 'result'>;

/** @throws {StateConflictError} it would be too short, too long, or nobody's. */
export function newVote(vote: NewVote, now: Instant): Vote {
  const lasts = Date.parse(vote.closesAt) - Date.parse(now);
  if (lasts < leastVoteSeconds * 1000) throw new StateConflictError('Let the vote last at least a minute.');
  if (lasts > mostVoteDays * 86_400_000) throw new StateConflictError('Let the vote last a year at most.');
  if (vote.people === 0) throw new StateConflictError('Nobody holds a voting seat in the body on this day.');
  return { ...vote, openedAt: now, shutAt: null, tie: null, casting: null, result: null };
}

/** No ballot comes in from here on. The same vote when its gates are shut already. */
export function shut(vote: Vote, now: Instant): Vote {
  if (vote.shutAt !== null) return vote;
  return { ...vote, shutAt: now, closesAt: vote.closesAt < now ? vote.closesAt : now };
}

/** @throws {StateConflictError} there is nothing to decide. */
export function decideTie(vote: Vote, casting: Casting): Vote {
  if (vote.tie === null || vote.casting !== null) throw new StateConflictError('There is no tie to decide.');
  return { ...vote, casting };
}

export const choices = ['yes', 'no', 'abstain'] as const;
export type Choice = (typeof choices)[number];

/** A vote for or against, or an abstention; in elections the options voted for. */
export type Said = Choice | readonly string[];

/** The ballot of one person in one vote; replaced until the vote closes. */
export interface Ballot {
  readonly resolutionId: string;
  readonly personId: string;
  /** Null where ballots are secret: then only `sealed` holds it, for whoever counts (a JWE in its compact form). Both are null when it is void. */
  readonly said: Said | null;
  readonly sealed: string | null;
  /** Who cast it: the voter, or the voter's proxy. */
  readonly by: string;
  readonly at: Instant;
}

/** The voter stepped aside after it was cast. */
export const voided = (ballot: Ballot): Ballot => ({ ...ballot, said: null, sealed: null });

/** A voter who steps aside from one resolution, and the facts of the interest: counted as recused from then on. */
export interface Recusal {
  readonly resolutionId: string;
  readonly personId: string;
  /** Shown to the body and to auditors. */
  readonly facts: string;
  readonly at: Instant;
}

/** Who may vote for somebody in one vote, where the rule takes proxies. */
export interface GivenProxy {
  readonly resolutionId: string;
  readonly personId: string;
  /** Null when it was taken back. */
  readonly proxyId: string | null;
  readonly at: Instant;
}

/** Somebody entitled, as frozen when the vote opened. */
export interface Voter {
  readonly personId: string;
  readonly weight: number;
  /** The group by its place among those of the vote; -1 for none. */
  readonly group: number;
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
export const mostVotersOfShard = 4500;

/** An electorate as it is stored: as short as it can be. */
export const electorateData = (voters: readonly Voter[]): JsonObject => ({
  voters: voters.map(({ personId, weight, group }) => [personId, weight, group]),
});

/** @param data undefined where nobody was entitled. */
export function votersOf(data: JsonObject | undefined): Voter[] {
  const voters = (data?.voters ?? []) as readonly (readonly [string, number, number])[];
  return voters.map(([personId, weight, group]) => ({ personId, weight, group }));
}

/** What one person does in one vote: the identifier of the ballot, of the recusal, of the proxy. */
export const inVote = (resolutionId: string, personId: string) => `${resolutionId}~${personId}`;

export const ballotList = (resolutionId: string, shard: number) => `ballots#${resolutionId}#${two(shard)}`;

export const recusalList = (resolutionId: string) => `recusals#${resolutionId}`;

export const ballotRow = (ballot: Ballot): Row => ({
  key: rowKey(ballotList(ballot.resolutionId, shardOf(ballot.personId)), ballot.personId),
  card: ballot as unknown as JsonObject,
});

/** What somebody may vote for others in one vote. */
export const proxyList = (resolutionId: string, proxyId: string) => `proxies#${resolutionId}#${proxyId}`;

/** None once it was taken back. */
export const proxyRows = (proxy: GivenProxy | undefined): Row[] =>
  proxy === undefined || proxy.proxyId === null
    ? []
    : [
        {
          key: rowKey(proxyList(proxy.resolutionId, proxy.proxyId), proxy.personId),
          card: proxy as unknown as JsonObject,
        },
      ];

export const recusalRow = (recusal: Recusal): Row => ({
  key: rowKey(recusalList(recusal.resolutionId), recusal.personId),
  card: recusal as unknown as JsonObject,
});

/** Who stepped aside in a year (UTC), by when, from decisions of all bodies. */
export const recusalsOfYear = (year: string) => `recusals-of-year#${year}`;

export const recusalOfYearRow = ({ resolutionId, personId, at }: Recusal, bodyId: string): Row => ({
  key: rowKey(recusalsOfYear(at.slice(0, 4)), `${at}#${inVote(resolutionId, personId)}`),
  card: { resolutionId, personId, at, bodyId },
});

/** The private key of a secret ballot. Its table has no copies, so that nobody can read a ballot once it is gone. */
export const sealingKey = (resolutionId: string): Key => ({
  table: 'expiring',
  partition: `ballot-key#${resolutionId}`,
  sort: 'key',
});

/** In Unix seconds: longer than any count can be late. */
export const sealingKeyExpiresAt = (closesAt: Instant) => Math.floor(Date.parse(closesAt) / 1000) + 10 * 366 * 86_400;
