/** Decisions for the site's tests, made through the API by the people of the bodies, each at its time. */
import { countDue } from '../../functions/count/countDue.ts';
import type { Choice } from '../../shared/core/decisions/votes.ts';
import { type MotionInput, motionOf } from './resolutions.ts';
import { addBody, type SiteServer, start } from './siteServer.ts';
import { half, majorityRule } from './votes.ts';

export const voters = ['ana', 'ben', 'cleo', 'dov', 'eve'] as const;
type Voter = (typeof voters)[number];

export interface Vote {
  readonly at: string;
  readonly motion: Partial<MotionInput>;
  readonly votes: Partial<Record<Voter, Choice | readonly string[]>>;
  readonly recused?: readonly Voter[];
  readonly meetingId?: string;
  readonly confidential?: boolean;
  /** Changed so once, before it is moved. */
  readonly revised?: Partial<MotionInput>;
}

const minutes = (from: string, count: number) => new Date(Date.parse(from) + 60_000 * count).toISOString();

/** People with an address, and a voting seat each in a body. */
export async function seatVoters(
  { keeper }: SiteServer,
  bodyIds: readonly string[],
  groups: Partial<Record<Voter, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const ids: Record<string, string> = {};
  for (const voter of voters) {
    const name = `${voter.charAt(0).toUpperCase()}${voter.slice(1)} Voter`;
    const body = { name, email: `${voter}@harbour.example` };
    const personId = (await keeper.createPerson({ body })).body.id;
    ids[voter] = personId;
    for (const bodyId of bodyIds) {
      const group = groups[voter] ?? null;
      const facts = { office: 'member' as const, title: null, voting: true, from: '2022-02-01', to: null, group };
      await keeper.createSeat({ params: { bodyId }, body: { personId, ...facts } }).then(answer => answer.body);
    }
  }
  return ids;
}

/** Moved by the first voter and seconded by the second. The clock stands still at that time afterwards. */
export async function openVoteOf(site: SiteServer, bodyId: string, { at, motion, revised, ...vote }: Vote) {
  const { as, keeper, setClock } = site;
  const [ana, ben] = [as('ana'), as('ben')];
  setClock(at);
  let drafted = (await ana.createResolution({ params: { bodyId }, body: motionOf(motion) })).body;
  const params = { resolutionId: drafted.id };
  if (revised !== undefined) {
    const body = motionOf({ ...motion, ...revised });
    drafted = (await ana.updateResolution({ params, version: drafted.version, body })).body;
  }
  if (vote.confidential === true) {
    const confidential = { reason: 'It concerns one person.', reviewOn: '2030-01-31' };
    const body = { confidential, reason: 'Decided in closed session.' };
    drafted = (await keeper.changeConfidentiality({ params, version: drafted.version, body })).body;
  }
  const { version } = (await ana.moveResolution({ params, version: drafted.version })).body;
  const seconded = (await ben.secondResolution({ params, version })).body;
  for (const voter of vote.recused ?? []) {
    await as(voter)
      .recuse({ params, body: { facts: 'the-facts-of-the-interest' } })
      .then(answer => answer.body);
  }
  const body = { closesAt: minutes(at, 60), ...(vote.meetingId === undefined ? {} : { meetingId: vote.meetingId }) };
  await keeper.openVote({ params, version: seconded.version, body }).then(answer => answer.body);
  for (const [voter, choice] of Object.entries(vote.votes)) {
    await as(voter)
      .castVote({ params, body: { choice: choice as Choice } })
      .then(answer => answer.body);
  }
  return drafted.id;
}

/** Voted on for an hour, and counted. The clock stands at its end afterwards. */
export async function decide(site: SiteServer, bodyId: string, vote: Vote): Promise<string> {
  const id = await openVoteOf(site, bodyId, vote);
  site.setClock(minutes(vote.at, 60));
  await countDue(site.jobs);
  const { state } = (await site.keeper.getResolution({ params: { resolutionId: id } })).body;
  if (state !== 'carried' && state !== 'failed') throw new Error(`${vote.motion.title} is ${state}`);
  return id;
}

/** Signed by all of these. */
export async function consentTo(
  site: SiteServer,
  bodyId: string,
  { at, motion, signers }: { at: string; motion: Partial<MotionInput>; signers: readonly Voter[] },
): Promise<string> {
  site.setClock(at);
  const [first = 'ana'] = signers;
  const { id, version } = (await site.as(first).createResolution({ params: { bodyId }, body: motionOf(motion) })).body;
  const params = { resolutionId: id };
  const opening = { expiresAt: minutes(at, 30 * 24 * 60), basis: 'unanimous', membersMustApprove: false } as const;
  const { consent } = (await site.keeper.openConsent({ params, version, body: opening })).body;
  for (const [index, signer] of signers.entries()) {
    site.setClock(minutes(at, 90 * (index + 1)));
    const body = { textHash: consent?.textHash ?? '' };
    await site
      .as(signer)
      .signConsent({ params, body })
      .then(answer => answer.body);
  }
  return id;
}

/** A meeting of two hours, with notice given. */
export async function meetingOf(site: SiteServer, bodyId: string, title: string, startsAt: string, isPublic: boolean) {
  const { keeper, setClock } = site;
  setClock(minutes(startsAt, -20 * 24 * 60));
  const facts = { title, kind: 'regular', timeZone: 'America/New_York', place: 'the-place', isPublic } as const;
  const body = { ...facts, startsAt, endsAt: minutes(startsAt, 120) };
  const made = (await keeper.createMeeting({ params: { bodyId }, body })).body.items[0];
  const params = { meetingId: String(made?.id) };
  await keeper
    .giveNotice({ params, version: made?.version ?? 0, body: { waiver: 'All agreed.' } })
    .then(answer => answer.body);
  return params.meetingId;
}

/** An assembly in which regions count, too. */
export async function assemblyOf(site: SiteServer): Promise<string> {
  const bodyId = await addBody(site, { kind: 'committee', name: 'Assembly of the Regions' });
  const params = { bodyId };
  const { version, from, history, proof, ...set } = (await site.keeper.getRules({ params })).body;
  const votes = { of: 'cast', fraction: half, comparison: 'more-than', counting: 'votes' } as const;
  const rule = {
    ...majorityRule,
    name: 'Majority of the votes and of the regions',
    quorum: { number: 2 },
    majorities: [votes, { ...votes, counting: 'groups' as const }],
  };
  const groups = [
    { name: 'North & "South"', weight: 2 },
    { name: 'الشرق', weight: 3 },
  ];
  const body = { ...set, groups, rules: [{ name: 'ordinary', rule }], from: '2022-02-01', reason: 'For a test.' };
  await site.keeper.updateRules({ params, version, body }).then(answer => answer.body);
  return bodyId;
}

/** The clock as it stands for all other tests. */
export const rewind = ({ setClock }: SiteServer) => setClock(start);
