/** Bodies, rules and votes for tests, where more than the usual matters. */
import type { VotingRule } from '../../shared/core/decisions/rulebook.ts';
import type { TestBook } from './book.ts';
import type { Client } from './client.ts';
import { draftedOf, inAnHour, motionOf } from './resolutions.ts';

export type Voter = keyof TestBook['people'];

export const half = { numerator: 1, denominator: 2 };

/** More for than against, of open ballots, without a quorum. */
export const majorityRule: VotingRule = {
  name: 'Majority of the votes cast',
  source: 'A test',
  explanation: 'More for than against.',
  quorum: null,
  majorities: [{ of: 'cast', fraction: half, comparison: 'more-than', counting: 'votes' }],
  tie: 'fails',
  leastDisinterested: 0,
  ballot: 'open',
  proxies: false,
  whenRecused: null,
};

/** The disinterested of § 13.1-871. */
export const disinterestedRule: VotingRule = {
  ...majorityRule,
  name: 'Majority of the disinterested',
  quorum: { of: 'disinterested', fraction: half, comparison: 'more-than' },
  majorities: [{ of: 'disinterested', fraction: half, comparison: 'more-than', counting: 'votes' }],
  leastDisinterested: 2,
};

interface Ruled {
  readonly rules?: Readonly<Record<string, Partial<VotingRule>>>;
  readonly groups?: readonly { readonly name: string; readonly weight: number }[];
  readonly fixedSeats?: number | null;
}

/** Records rules of that body, from its beginning on; each is the majority rule but for what is given. */
export async function giveRules(
  { as }: TestBook,
  bodyId: string,
  { rules = {}, groups = [], fixedSeats = null }: Ruled,
) {
  const params = { bodyId };
  const { version, from, history, proof, ...set } = (await as.secretary.getRules({ params })).body;
  const named: NonNullable<Ruled['rules']> = { ordinary: {}, ...rules };
  const listed = Object.entries(named).map(([name, rule]) => ({
    name,
    rule: { ...majorityRule, ...rule, majorities: [...(rule.majorities ?? majorityRule.majorities)] },
  }));
  const body = { ...set, fixedSeats, groups: [...groups], rules: listed, from: '2020-01-01', reason: 'For a test.' };
  return as.secretary.updateRules({ params, version, body });
}

export interface Place {
  readonly weight?: number;
  readonly group?: string | null;
  readonly office?: 'member' | 'chair' | 'co-chair' | 'director';
}

/** A body with these voters, and its rules. */
export async function ruledBody(
  book: TestBook,
  voters: Readonly<Partial<Record<Voter, Place>>>,
  { publishesSeats = true, ...ruled }: Ruled & { readonly publishesSeats?: boolean } = {},
): Promise<string> {
  const { as, people } = book;
  const facts = { kind: 'committee', name: 'A body', purpose: '', parentBodyId: null } as const;
  const body = { ...facts, established: '2020-01-01', publishesSeats };
  const { id: bodyId } = (await as.secretary.createBody({ body })).body;
  for (const [voter, { weight = 1, group = null, office = 'member' }] of Object.entries(voters)) {
    const seat = { personId: people[voter as Voter], office, title: null, voting: true, weight, group } as const;
    await as.secretary
      .createSeat({ params: { bodyId }, body: { ...seat, from: '2020-01-01', to: null } })
      .then(answer => answer.body);
  }
  await giveRules(book, bodyId, ruled).then(answer => answer.body);
  return bodyId;
}

type Motion = Parameters<typeof draftedOf>[2];

/** Drafted and moved by the one, seconded by the other. */
export async function readyOf(mover: Client, seconder: Client, bodyId: string, motion: Motion = motionOf()) {
  const drafted = await draftedOf(mover, bodyId, motion);
  const params = { resolutionId: drafted.id };
  const { version } = (await mover.moveResolution({ params, version: drafted.version })).body;
  return (await seconder.secondResolution({ params, version })).body;
}

/** Opened by the secretary of the organisation. */
export async function putToVote(
  { as }: TestBook,
  { id, version }: { readonly id: string; readonly version: number },
  { rule = 'ordinary', closesAt = inAnHour(), meetingId = null as string | null } = {},
) {
  const body = { closesAt, rule, meetingId };
  return (await as.secretary.openVote({ params: { resolutionId: id }, version, body })).body;
}

/** As soon as the chair has to decide. @throws {Error} it is not within half a minute. */
export async function tiedOf({ as }: TestBook, resolutionId: string) {
  for (let tries = 0; tries < 600; tries++) {
    const resolution = (await as.secretary.getResolution({ params: { resolutionId } })).body;
    if (resolution.state === 'tied') return resolution;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`${resolutionId} is not tied`);
}
