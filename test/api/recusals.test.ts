/** Voters who step aside from a decision: counted nowhere, for good, with the facts on record. */
import { afterEach, expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { ballotsOf, closedOf, countedOf, draftedOf } from '../support/resolutions.ts';
import { disinterestedRule, majorityRule, putToVote, readyOf, ruledBody, type Voter } from '../support/votes.ts';

const facts = 'My employer would be paid for it.';
const rules = { ordinary: { ...majorityRule, whenRecused: 'conflict' }, conflict: disinterestedRule };
const four = { member: {}, director: {}, treasurer: {}, auditor: {} } as const;

describeOnEachStore('a recusal', book => {
  afterEach(() => book().setClock(undefined));

  const ready = async (voters: Partial<Record<Voter, object>> = four) => {
    const { as } = book();
    return readyOf(as.member, as.director, await ruledBody(book(), voters, { rules }));
  };
  const opened = async (voters?: Partial<Record<Voter, object>>) => (await putToVote(book(), await ready(voters))).id;
  const recuse = (voter: Voter | 'signed-in' | 'public', resolutionId: string) =>
    book().as[voter].recuse({ params: { resolutionId }, body: { facts } });
  const cast = (voter: Voter, resolutionId: string, choice: 'yes' | 'no' | 'abstain' = 'yes') =>
    book().as[voter].castVote({ params: { resolutionId }, body: { choice } });
  const resultOf = async (id: string) => {
    await closedOf(book(), id);
    return (await countedOf(book(), id)).result;
  };

  it('keeps an interested director out of the count and out of the quorum, by the rule for that', async () => {
    const id = await opened();
    expect((await recuse('auditor', id)).body).toEqual({ facts, at: expect.any(String) });
    await cast('member', id);
    await cast('director', id);
    const result = await resultOf(id);
    expect(result).toMatchObject({
      decidedBy: 'ruleWhenRecused',
      carried: true,
      count: { entitled: 4, recused: 1, present: 2, yes: 2, peopleInFavour: 2 },
    });
    expect(result.explanation).toContain(
      'As some were recused, at least 2 people without an interest had to be in favour; 2 were.',
    );
  });

  it('never lets a single director decide for the others', async () => {
    const id = await opened({ member: {}, director: {}, treasurer: {} });
    await recuse('treasurer', id);
    await recuse('director', id);
    await cast('member', id);
    expect(await resultOf(id)).toMatchObject({ carried: false, count: { recused: 2, yes: 1, peopleInFavour: 1 } });
  });

  it('of everybody leaves nobody to decide', async () => {
    const id = await opened({ member: {}, director: {} });
    await cast('member', id);
    await recuse('member', id);
    await recuse('director', id);
    expect(await resultOf(id)).toMatchObject({
      carried: false,
      count: { entitled: 2, recused: 2, present: 0, yes: 0 },
    });
  });

  it('voids the ballot that was cast, keeps its event, and takes no other, in person or by proxy', async () => {
    const { as, people } = book();
    const id = await opened();
    await cast('auditor', id, 'yes');
    await cast('member', id, 'no');
    expect((await recuse('auditor', id)).status).toBe(200);
    expect((await cast('auditor', id, 'yes')).problem).toMatchObject({ code: 'not-allowed' });
    expect([...(await ballotsOf(as.member, id)).keys()]).toEqual(['Person member']);
    const params = { kind: 'ballot', recordId: `${id}~${people.auditor}` };
    const events = (await as.secretary.listEvents({ params })).body.items;
    expect(events.map(({ changes }) => changes.find(({ field }) => field === 'said'))).toEqual([
      { field: 'said', from: 'yes', to: null },
      { field: 'said', from: null, to: 'yes' },
    ]);
    expect((await as.auditor.getResolution({ params: { resolutionId: id } })).body.vote?.mine).toBeNull();
    expect(await resultOf(id)).toMatchObject({ count: { yes: 0, no: 1, recused: 1 } });
  });

  it('is made once, and cannot be taken back', async () => {
    const { as } = book();
    const id = await opened();
    await recuse('auditor', id);
    expect((await recuse('auditor', id)).problem.code).toBe('state-conflict');
    const { body } = await as.auditor.listRecusals({ params: { resolutionId: id } });
    expect(body).toMatchObject({ count: 1, items: [{ person: { name: 'Person auditor' }, facts }] });
  });

  it('can be made from the draft on, and counts when the vote is opened later', async () => {
    const { as } = book();
    const bodyId = await ruledBody(book(), four, { rules });
    const draft = await draftedOf(as.member, bodyId);
    expect((await recuse('auditor', draft.id)).status).toBe(200);
    expect((await recuse('administrator', draft.id)).problem.code).toBe('not-found');
    const params = { resolutionId: draft.id };
    const moved = (await as.member.moveResolution({ params, version: draft.version })).body;
    const seconded = (await as.director.secondResolution({ params, version: moved.version })).body;
    await putToVote(book(), seconded);
    expect((await cast('auditor', draft.id)).problem.code).toBe('not-allowed');
    await cast('member', draft.id);
    await cast('director', draft.id);
    expect(await resultOf(draft.id)).toMatchObject({ decidedBy: 'ruleWhenRecused', count: { recused: 1, yes: 2 } });
  });

  it('of somebody who is not entitled in the end changes nothing', async () => {
    const { as, people } = book();
    const motion = await ready();
    await recuse('auditor', motion.id);
    const { items } = (await as.secretary.listSeats({ params: { bodyId: motion.bodyId } })).body;
    const seat = items.find(({ person }) => person.id === people.auditor);
    const body = { lastDay: '2022-01-01', reason: 'Left.' };
    await as.secretary.endSeat({ params: { seatId: String(seat?.id) }, version: 1, body }).then(answer => answer.body);
    await putToVote(book(), motion);
    await cast('member', motion.id);
    expect(await resultOf(motion.id)).toMatchObject({
      decidedBy: 'rule',
      carried: true,
      count: { entitled: 3, recused: 0 },
    });
  });

  it('is refused when the vote is closed, and to those who are not entitled', async () => {
    const { setClock } = book();
    const id = await opened({ member: {}, director: {}, treasurer: {} });
    expect((await recuse('auditor', id)).problem.code).toBe('not-allowed');
    expect((await recuse('signed-in', id)).problem.code).toBe('not-found');
    expect((await recuse('public', id)).status).toBe(401);
    await cast('member', id);
    setClock(new Date(Date.now() + 7_200_000).toISOString());
    expect((await recuse('director', id)).problem.code).toBe('state-conflict');
    expect((await countedOf(book(), id)).result).toMatchObject({ count: { recused: 0, yes: 1 } });
  });

  it.each(['recuse', 'castVote'] as const)(
    'and a ballot of the same voter never both count: %s is the slower',
    async slower => {
      const { as, records, serveWith } = book();
      const id = await opened();
      const params = { resolutionId: id };
      let isLate = false;
      const commit: typeof records.commit = async writes => {
        if (!isLate) {
          isLate = true;
          expect((await (slower === 'recuse' ? cast('auditor', id) : recuse('auditor', id))).status).toBe(200);
        }
        await records.commit(writes);
      };
      const slow = clientFor(await serveWith({ records: { ...records, commit } }), as.auditor.token);
      const answer = await (slower === 'recuse'
        ? slow.recuse({ params, body: { facts } })
        : slow.castVote({ params, body: { choice: 'yes' } }));
      expect([isLate, answer.status]).toEqual([true, slower === 'recuse' ? 200 : 403]);
      expect(await ballotsOf(as.member, id)).toEqual(new Map());
      expect(await resultOf(id)).toMatchObject({ count: { recused: 1, present: 0 } });
    },
  );

  it('that was decided upon before the vote was opened is not written behind its end', async () => {
    const { as, records, serveWith } = book();
    const motion = await ready();
    let isLate = false;
    const commit: typeof records.commit = async writes => {
      if (!isLate) {
        isLate = true;
        await putToVote(book(), motion);
        await cast('member', motion.id);
        await closedOf(book(), motion.id);
        await countedOf(book(), motion.id);
      }
      await records.commit(writes);
    };
    const slow = clientFor(await serveWith({ records: { ...records, commit } }), as.auditor.token);
    const answer = await slow.recuse({ params: { resolutionId: motion.id }, body: { facts } });
    expect([isLate, answer.problem.code]).toEqual([true, 'state-conflict']);
    const { body } = await as.secretary.listRecusals({ params: { resolutionId: motion.id } });
    expect(body).toEqual({ items: [], next: null, count: 0 });
  });

  it('shows its facts to the body, the secretary and auditors, and to others that there is one', async () => {
    const { as } = book();
    const id = await opened({ member: {}, director: {}, treasurer: {} });
    await recuse('treasurer', id);
    await cast('member', id);
    await cast('director', id);
    await resultOf(id);
    const params = { resolutionId: id };
    for (const role of ['member', 'director', 'treasurer', 'secretary', 'auditor'] as const) {
      expect((await as[role].listRecusals({ params })).body.items).toMatchObject([{ facts }]);
    }
    for (const role of ['public', 'signed-in', 'administrator'] as const) {
      expect((await as[role].listRecusals({ params })).body).toEqual({ items: [], next: null, count: 1 });
    }
    expect((await as.public.getResolution({ params })).text).not.toContain(facts);
  });

  it('is not there for whoever may not see the resolution', async () => {
    const { as } = book();
    const draft = await draftedOf(as.member, await ruledBody(book(), four, { rules }));
    const params = { resolutionId: draft.id };
    expect((await as.public.listRecusals({ params })).status).toBe(404);
    expect((await as.administrator.listRecusals({ params })).status).toBe(404);
  });
});
