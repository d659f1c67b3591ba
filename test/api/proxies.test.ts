/** Voting for somebody else: where the rule takes proxies, by whom the voter named, replaced by the voter's own ballot and the other way round. */
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { closedOf, countedOf } from '../support/resolutions.ts';
import { putToVote, readyOf, ruledBody, type Voter } from '../support/votes.ts';

const three = { member: {}, director: {}, treasurer: {} } as const;

describeOnEachStore('a proxy', book => {
  const ready = async (proxies = true) => {
    const { as } = book();
    return readyOf(as.member, as.director, await ruledBody(book(), three, { rules: { ordinary: { proxies } } }));
  };
  const opened = async (proxies?: boolean) => (await putToVote(book(), await ready(proxies))).id;
  const give = (voter: Voter | 'signed-in', resolutionId: string, to: Voter | null) =>
    book().as[voter].giveProxy({
      params: { resolutionId },
      body: { to: to === null ? null : book().people[to] },
    });
  const cast = (by: Voter, resolutionId: string, choice: 'yes' | 'no', of?: Voter) =>
    book().as[by].castVote({
      params: { resolutionId },
      body: { choice, ...(of === undefined ? {} : { for: book().people[of] }) },
    });
  const resultOf = async (id: string) => {
    await closedOf(book(), id);
    return (await countedOf(book(), id)).result;
  };

  it('votes for the voter who named it, beside its own vote, and is marked as such', async () => {
    const { as, people } = book();
    const id = await opened();
    expect((await give('treasurer', id, 'member')).body).toEqual({ to: people.member, at: expect.any(String) });
    expect((await cast('member', id, 'yes')).status).toBe(200);
    expect((await cast('member', id, 'no', 'treasurer')).status).toBe(200);
    const { items } = (await as.member.listBallots({ params: { resolutionId: id } })).body;
    expect(items.map(({ person, choice, byProxy }) => `${person?.name}: ${choice}, ${byProxy}`).toSorted()).toEqual([
      'Person member: yes, false',
      'Person treasurer: no, true',
    ]);
    const mine = (await as.treasurer.getResolution({ params: { resolutionId: id } })).body.vote?.mine;
    expect(mine).toMatchObject({ choice: 'no', byProxy: true });
    expect(await resultOf(id)).toMatchObject({ count: { yes: 1, no: 1, present: 2 } });
  });

  it('can be given before the vote opens, and by somebody to whom the resolution is hidden', async () => {
    const motion = await ready();
    expect((await give('treasurer', motion.id, 'administrator')).status).toBe(200);
    await putToVote(book(), motion);
    expect((await cast('administrator', motion.id, 'yes', 'treasurer')).status).toBe(200);
    expect(await resultOf(motion.id)).toMatchObject({ count: { yes: 1 } });
  });

  it('shows the resolution to whoever may vote for somebody, until it is taken back', async () => {
    const { as } = book();
    const id = await opened();
    const email = `${id}@example.org`;
    const person = (await as.secretary.createPerson({ body: { name: 'A Stranger', email } })).body;
    const stranger = await book().signedIn(email);
    const params = { resolutionId: id };
    const seen = async () => (await stranger.getResolution({ params })).status;
    expect(await seen()).toBe(404);
    await as.treasurer.giveProxy({ params, body: { to: person.id } }).then(({ body }) => body);
    expect(await seen()).toBe(200);
    await as.treasurer.giveProxy({ params, body: { to: null } }).then(({ body }) => body);
    expect(await seen()).toBe(404);
  });

  it('is replaced by the ballot of the voter, and the other way round: the last one counts', async () => {
    const id = await opened();
    await give('treasurer', id, 'member');
    await cast('member', id, 'no', 'treasurer');
    await cast('treasurer', id, 'yes');
    await cast('member', id, 'no', 'treasurer');
    await cast('treasurer', id, 'yes');
    expect(await resultOf(id)).toMatchObject({ count: { yes: 1, no: 0 } });
  });

  it('that was not given, or was given to somebody else, or was taken back, is none', async () => {
    const id = await opened();
    expect((await cast('member', id, 'yes', 'treasurer')).problem.code).toBe('not-allowed');
    await give('treasurer', id, 'director');
    expect((await cast('member', id, 'yes', 'treasurer')).problem.code).toBe('not-allowed');
    expect((await cast('director', id, 'yes', 'treasurer')).status).toBe(200);
    expect((await give('treasurer', id, null)).body.to).toBeNull();
    expect((await cast('director', id, 'no', 'treasurer')).problem.code).toBe('not-allowed');
    expect(await resultOf(id)).toMatchObject({ count: { yes: 1, no: 0 } });
  });

  it('is not taken where the rule takes none, whenever it was given', async () => {
    const motion = await ready(false);
    await give('treasurer', motion.id, 'member');
    await putToVote(book(), motion);
    expect((await cast('member', motion.id, 'yes', 'treasurer')).problem.code).toBe('not-allowed');
    expect((await give('director', motion.id, 'member')).problem.code).toBe('state-conflict');
  });

  it('is a person of the book, and somebody else, named by a voter', async () => {
    const { as } = book();
    const id = await opened();
    const params = { resolutionId: id };
    const stranger = await as.treasurer.giveProxy({ params, body: { to: id } });
    expect(stranger.problem.errors?.[0]?.field).toBe('/to');
    expect((await give('treasurer', id, 'treasurer')).problem.errors?.[0]?.field).toBe('/to');
    expect((await give('auditor', id, 'member')).problem.code).toBe('not-allowed');
    expect((await give('signed-in', id, 'member')).problem.code).toBe('not-found');
    await closedOf(book(), id);
    expect((await give('treasurer', id, 'member')).problem.code).toBe('state-conflict');
  });

  it('votes neither for a voter who stepped aside nor after stepping aside itself', async () => {
    const { as } = book();
    const id = await opened();
    const params = { resolutionId: id };
    await give('treasurer', id, 'member');
    await give('director', id, 'member');
    await as.treasurer.recuse({ params, body: { facts: 'An interest.' } });
    expect((await cast('member', id, 'yes', 'treasurer')).problem.code).toBe('not-allowed');
    expect((await cast('member', id, 'yes', 'director')).status).toBe(200);
    await as.member.recuse({ params, body: { facts: 'An interest.' } });
    expect((await cast('member', id, 'no', 'director')).problem.code).toBe('not-allowed');
    expect(await resultOf(id)).toMatchObject({ count: { recused: 2, yes: 1 } });
  });

  it.each([
    ['taken back', () => give('treasurer', current, null)],
    ['voided by a recusal of the proxy', () => recuseOf('member')],
  ] as const)('is worth nothing when it is %s while it is used', async (_, meanwhile) => {
    const { as, people, records, serveWith } = book();
    current = await opened();
    await give('treasurer', current, 'member');
    let isLate = false;
    const commit: typeof records.commit = async writes => {
      if (!isLate) {
        isLate = true;
        expect((await meanwhile()).status).toBe(200);
      }
      await records.commit(writes);
    };
    const slow = clientFor(await serveWith({ records: { ...records, commit } }), as.member.token);
    const body = { choice: 'yes', for: people.treasurer } as const;
    const answer = await slow.castVote({ params: { resolutionId: current }, body });
    expect([isLate, answer.problem.code]).toEqual([true, 'not-allowed']);
    expect((await as.member.listBallots({ params: { resolutionId: current } })).body.items).toEqual([]);
  });

  let current = '';
  const recuseOf = (voter: Voter) =>
    book().as[voter].recuse({ params: { resolutionId: current }, body: { facts: 'An interest.' } });
});
