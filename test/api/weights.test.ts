/** Votes with weights, in groups, with a chair who decides ties, in a meeting: counted exactly, and anybody can count again. */
import { afterEach, expect, it } from 'vitest';
import { explain } from '../../shared/core/decisions/explain.ts';
import { tally } from '../../shared/core/decisions/tally.ts';
import { describeOnEachStore } from '../support/book.ts';
import type { Client } from '../support/client.ts';
import { ballotsOf, closedOf, countedOf, motionOf } from '../support/resolutions.ts';
import {
  giveRules,
  half,
  majorityRule,
  type Place,
  putToVote,
  readyOf,
  ruledBody,
  tiedOf,
  type Voter,
} from '../support/votes.ts';

const people = { of: 'cast', fraction: half, comparison: 'more-than', counting: 'votes' } as const;
const regions = { ...people, counting: 'groups' } as const;
const groups = [
  { name: 'North', weight: 2 },
  { name: 'South', weight: 1 },
];

describeOnEachStore('a vote with weights', book => {
  afterEach(() => book().setClock(undefined));

  type Facts = Parameters<typeof ruledBody>[2];
  const opened = async (voters: Partial<Record<Voter, Place>>, facts: Facts = {}, meetingId: string | null = null) => {
    const { as } = book();
    const bodyId = await ruledBody(book(), voters, facts);
    return putToVote(book(), await readyOf(as.member, as.director, bodyId), { meetingId });
  };
  const cast = (voter: Voter, resolutionId: string, choice: 'yes' | 'no' | 'abstain') =>
    book().as[voter].castVote({ params: { resolutionId }, body: { choice } });
  const resultOf = async (id: string) => {
    await closedOf(book(), id);
    return (await countedOf(book(), id)).result;
  };

  it('counts each ballot by the weight of the seat when the vote was opened', async () => {
    const { id, vote } = await opened({ member: { weight: 3 }, director: { weight: 2 }, treasurer: {} });
    expect(vote).toMatchObject({ inOffice: 6, people: 3 });
    await cast('member', id, 'yes');
    await cast('director', id, 'no');
    await cast('treasurer', id, 'abstain');
    expect(await resultOf(id)).toMatchObject({
      carried: true,
      count: { inOffice: 6, fixed: 6, entitled: 6, present: 6, yes: 3, no: 2, abstained: 1, peopleInFavour: 1 },
    });
  });

  it('takes for somebody with several seats the one that counts for most', async () => {
    const { as, people } = book();
    const bodyId = await ruledBody(book(), { member: { weight: 2 }, director: {} });
    const seat = { personId: people.member, office: 'co-chair', title: null, voting: true, weight: 7 } as const;
    await as.secretary.createSeat({ params: { bodyId }, body: { ...seat, from: '2020-01-01', to: null } });
    const { vote } = await putToVote(book(), await readyOf(as.member, as.director, bodyId));
    expect(vote).toMatchObject({ inOffice: 8, people: 2 });
  });

  it('counts vacant seats for one each where the rules fix a number', async () => {
    const quorum = { of: 'fixed', fraction: half, comparison: 'more-than' } as const;
    const voters = { member: { weight: 2 }, director: {} };
    const { id } = await opened(voters, { fixedSeats: 5, rules: { ordinary: { quorum } } });
    await cast('member', id, 'yes');
    await cast('director', id, 'yes');
    expect(await resultOf(id)).toMatchObject({ count: { fixed: 6, present: 3 }, carried: false });
  });

  it('needs the people and the regions where the rule asks for both', async () => {
    const voters = {
      member: { group: 'North' },
      director: { group: 'North' },
      treasurer: { group: 'South', weight: 5 },
      auditor: {},
    };
    const facts = { groups, rules: { ordinary: { majorities: [people, regions] } } };
    const { id } = await opened(voters, facts);
    await cast('member', id, 'no');
    await cast('director', id, 'no');
    await cast('treasurer', id, 'yes');
    await cast('auditor', id, 'yes');
    const result = await resultOf(id);
    expect(result).toMatchObject({
      carried: false,
      count: {
        yes: 6,
        no: 2,
        groups: [
          { name: 'North', weight: 2, yes: 0, no: 2 },
          { name: 'South', weight: 1, yes: 5, no: 0 },
        ],
      },
    });
    expect(result.reasons.slice(1)).toMatchObject([{ met: true }, { met: false, base: 3, needed: 2, got: 1 }]);
  });

  it('cannot be opened by a rule that counts groups the rules do not name', async () => {
    const { as } = book();
    const ordinary = { majorities: [people, regions] };
    const voters = { member: { group: 'North' }, director: { group: 'East' } };
    const bodyId = await ruledBody(book(), voters, { rules: { ordinary } });
    const { id, version } = await readyOf(as.member, as.director, bodyId);
    const open = () =>
      as.secretary.openVote({
        params: { resolutionId: id },
        version,
        body: { closesAt: new Date(Date.now() + 3_600_000).toISOString() },
      });
    expect((await open()).problem.errors).toMatchObject([
      { field: '/rule', message: expect.stringContaining('Name them') },
    ]);
    await giveRules(book(), bodyId, { groups, rules: { ordinary } });
    expect((await open()).problem.errors).toMatchObject([{ field: '/rule', message: expect.stringContaining('East') }]);
    await giveRules(book(), bodyId, { groups: [...groups, { name: 'East', weight: 1 }], rules: { ordinary } });
    expect((await open()).status).toBe(200);
  });

  it('is recorded in rules only where what they name is there', async () => {
    const bodyId = await ruledBody(book(), { member: {} });
    const refused = async (facts: Parameters<typeof giveRules>[2]) =>
      (await giveRules(book(), bodyId, facts)).problem.errors?.map(({ field }) => field);
    expect(await refused({ rules: { ordinary: { whenRecused: 'elsewhere' } } })).toEqual(['/rules']);
    expect(await refused({ rules: { ordinary: { whenRecused: 'ordinary' } } })).toEqual(['/rules']);
    expect(await refused({ groups: [...groups, ...groups] })).toEqual(['/groups']);
    const conflict = { ...majorityRule, tie: 'chair-casts' } as const;
    expect(
      (await giveRules(book(), bodyId, { rules: { ordinary: { whenRecused: 'conflict' }, conflict } })).status,
    ).toBe(200);
  });

  it('can be counted again by anybody, from the public answer alone', async () => {
    const { as } = book();
    const voters = { member: { weight: 2, group: 'North' }, director: { weight: 3, group: 'South' }, treasurer: {} };
    const ordinary = { majorities: [people, regions], quorum: { number: 2 }, whenRecused: 'conflict' };
    const facts = { groups, rules: { ordinary, conflict: { ...ordinary, whenRecused: null, leastDisinterested: 1 } } };
    const { id } = await opened(voters, facts);
    await as.treasurer.recuse({ params: { resolutionId: id }, body: { facts: 'An interest.' } });
    await cast('member', id, 'yes');
    await cast('director', id, 'abstain');
    await resultOf(id);
    const published = JSON.parse((await as.public.getResolution({ params: { resolutionId: id } })).text);
    const { vote } = published;
    const { count, decidedBy, reasons, carried, explanation } = vote.result;
    expect(decidedBy).toBe('ruleWhenRecused');
    const again = tally(vote[decidedBy], count);
    expect({ ...again, explanation: explain(again) }).toEqual({ carried, reasons, explanation });
    // The ballots add up to the count: they are public, too.
    const ballots: { choice: string; weight: number }[] = JSON.parse(
      (await as.public.listBallots({ params: { resolutionId: id } })).text,
    ).items;
    const of = (choice: string) =>
      ballots.filter(ballot => ballot.choice === choice).reduce((sum, { weight }) => sum + weight, 0);
    expect({ yes: of('yes'), no: of('no'), abstained: of('abstain') }).toEqual({ yes: 2, no: 0, abstained: 3 });
    expect(count).toMatchObject({ yes: 2, no: 0, abstained: 3 });
  });

  it('of an election can be counted again, too', async () => {
    const { as } = book();
    const bodyId = await ruledBody(book(), { member: { weight: 2 }, director: {} });
    const election = { method: 'absolute', places: 1, options: ['Ada', 'Ben'] } as const;
    const motion = { ...motionOf(), election: { ...election, options: [...election.options] } };
    const { id } = await putToVote(book(), await readyOf(as.member, as.director, bodyId, motion));
    await as.member.castVote({ params: { resolutionId: id }, body: { choice: ['Ben'] } });
    await as.director.castVote({ params: { resolutionId: id }, body: { choice: ['Ada'] } });
    await resultOf(id);
    const published = JSON.parse((await as.public.getResolution({ params: { resolutionId: id } })).text);
    const { count, standings, reasons, carried } = published.vote.result;
    const again = tally(published.vote.rule, count, { election: published.election, standings });
    expect(again).toEqual({ carried, reasons });
    expect(published.vote.result.elected).toEqual(['Ben']);
  });

  it('lists ballots for the public without names where the body does not publish its seats', async () => {
    const { as } = book();
    const voters = { member: { weight: 2 }, director: {}, treasurer: {} };
    const { id } = await opened(voters, { publishesSeats: false });
    for (const voter of ['member', 'director', 'treasurer'] as const) await cast(voter, id, 'yes');
    expect((await as.public.listBallots({ params: { resolutionId: id } })).status).toBe(404);
    await resultOf(id);
    const listed = async (client: Client) => {
      const { text, body } = await client.listBallots({ params: { resolutionId: id }, query: { limit: '2' } });
      const cursor = new URL(String(body.next), 'http://book').searchParams.get('cursor') ?? '';
      const last = (await client.listBallots({ params: { resolutionId: id }, query: { limit: '2', cursor } })).body;
      return { text: text + Buffer.from(cursor, 'base64url'), items: [...body.items, ...last.items], next: last.next };
    };
    const seen = await listed(as.public);
    expect(seen.items.map(({ person, weight }) => [person, weight])).toEqual(
      expect.arrayContaining([
        [null, 2],
        [null, 1],
        [null, 1],
      ]),
    );
    expect([seen.items.length, seen.next]).toEqual([3, null]);
    for (const personId of Object.values(book().people)) expect(seen.text).not.toContain(personId);
    expect((await ballotsOf(as.member, id)).has('Person member')).toBe(true);
  });

  it('lists ballots for the public with names where it does', async () => {
    const { as } = book();
    const { id } = await opened({ member: {}, director: {} });
    await cast('member', id, 'yes');
    await resultOf(id);
    expect(await ballotsOf(as.public, id)).toEqual(new Map([['Person member', 'yes']]));
  });

  it('waits for the chair where there are as many for as against, and comes out as the chair says', async () => {
    const { as, services } = book();
    const voters = { member: {}, director: {}, treasurer: { office: 'chair' } } as const;
    for (const [choice, state] of [
      ['yes', 'carried'],
      ['no', 'failed'],
      [null, 'failed'],
    ] as const) {
      const { id } = await opened(voters, { rules: { ordinary: { tie: 'chair-casts' } } });
      const params = { resolutionId: id };
      await cast('member', id, 'yes');
      await cast('director', id, 'no');
      await closedOf(book(), id);
      const tied = await tiedOf(book(), id);
      expect(tied.vote).toMatchObject({ tie: { count: { yes: 1, no: 1 } }, casting: null, result: null });
      const { version } = tied;
      expect((await as.member.decideTie({ params, version, body: { choice } })).problem.code).toBe('not-allowed');
      expect((await as.secretary.decideTie({ params, version, body: { choice } })).problem.code).toBe('not-allowed');
      expect((await cast('treasurer', id, 'yes')).problem.code).toBe('state-conflict');
      const { body } = await as.treasurer.decideTie({ params, version, body: { choice } });
      expect(body).toMatchObject({
        state,
        vote: { casting: { choice }, result: { count: { casting: choice }, carried: state === 'carried' } },
      });
      expect(body.vote?.result?.number === null).toBe(state === 'failed');
      const again = { params, version: body.version, body: { choice } };
      expect((await as.treasurer.decideTie(again)).problem.code).toBe('state-conflict');
      expect(services.now().toISOString() >= String(body.vote?.casting?.at)).toBe(true);
    }
  });

  it('is not decided by a chair who stepped aside', async () => {
    const { as } = book();
    const voters = {
      member: {},
      director: {},
      treasurer: { office: 'chair' },
      auditor: { office: 'co-chair' },
    } as const;
    const { id } = await opened(voters, { rules: { ordinary: { tie: 'chair-casts' } } });
    const params = { resolutionId: id };
    await as.treasurer.recuse({ params, body: { facts: 'An interest.' } });
    await cast('member', id, 'yes');
    await cast('director', id, 'no');
    await closedOf(book(), id);
    const { version } = await tiedOf(book(), id);
    expect((await as.treasurer.decideTie({ params, version, body: { choice: 'yes' } })).problem.code).toBe(
      'not-allowed',
    );
    expect((await as.auditor.decideTie({ params, version, body: { choice: 'yes' } })).body.state).toBe('carried');
  });

  it('asks no chair who could change nothing: without a quorum it has failed', async () => {
    const voters = { member: {}, director: {}, treasurer: { office: 'chair' } } as const;
    const { id } = await opened(voters, { rules: { ordinary: { tie: 'chair-casts', quorum: { number: 3 } } } });
    await cast('member', id, 'yes');
    await cast('director', id, 'no');
    expect(await resultOf(id)).toMatchObject({ carried: false, count: { casting: null } });
  });
});
