/** Votes in a meeting: whoever is there at the end takes part, voting or not. */
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { inMinutes, openMeetingOf, scheduledOf } from '../support/meetings.ts';
import { closedOf, countedOf } from '../support/resolutions.ts';
import { half, putToVote, readyOf, ruledBody, type Voter } from '../support/votes.ts';

const quorum = { of: 'in-office', fraction: half, comparison: 'more-than' } as const;
const voters = { member: {}, director: {}, treasurer: {}, secretary: {}, auditor: {}, administrator: {} } as const;

describeOnEachStore('a vote in a meeting', book => {
  const ready = async () => {
    const { as } = book();
    const bodyId = await ruledBody(book(), voters, { rules: { ordinary: { quorum } } });
    return { motion: await readyOf(as.member, as.director, bodyId), bodyId };
  };
  const come = (meetingId: string, voter: Voter) =>
    book().as.secretary.recordArrival({
      params: { meetingId, personId: book().people[voter] },
      body: { at: inMinutes(-2) },
    });
  const leave = (meetingId: string, voter: Voter) =>
    book().as.secretary.recordDeparture({ params: { meetingId, personId: book().people[voter] }, body: {} });
  const cast = (voter: Voter, resolutionId: string) =>
    book().as[voter].castVote({ params: { resolutionId }, body: { choice: 'yes' } });

  const presentWith = async (meanwhile: (resolutionId: string, meetingId: string) => Promise<unknown>) => {
    const { as } = book();
    const { motion, bodyId } = await ready();
    const { id: meetingId } = await openMeetingOf(as.secretary, bodyId);
    for (const voter of ['member', 'director', 'treasurer', 'secretary'] as const)
      expect((await come(meetingId, voter)).status).toBe(200);
    const { vote } = await putToVote(book(), motion, { meetingId });
    expect(vote?.meetingId).toBe(meetingId);
    await cast('member', motion.id);
    await meanwhile(motion.id, meetingId);
    await closedOf(book(), motion.id);
    const { result } = await countedOf(book(), motion.id);
    return {
      present: result.count.present,
      yes: result.count.yes,
      recused: result.count.recused,
      carried: result.carried,
    };
  };

  it('has its quorum by those who are there, though they say nothing', async () => {
    expect(await presentWith(async () => {})).toEqual({ present: 4, yes: 1, recused: 0, carried: true });
  });

  it('loses its quorum when somebody leaves before the end', async () => {
    const outcome = await presentWith((_, meetingId) => leave(meetingId, 'treasurer'));
    expect(outcome).toEqual({ present: 3, yes: 1, recused: 0, carried: false });
  });

  it('counts whoever votes from elsewhere as taking part, and nobody twice', async () => {
    const outcome = await presentWith(async id => {
      await cast('auditor', id);
      await cast('director', id);
    });
    expect(outcome).toEqual({ present: 5, yes: 3, recused: 0, carried: true });
  });

  it('does not count as there who stepped aside', async () => {
    const outcome = await presentWith(resolutionId =>
      book().as.treasurer.recuse({ params: { resolutionId }, body: { facts: 'An interest.' } }),
    );
    expect(outcome).toEqual({ present: 3, yes: 1, recused: 1, carried: false });
  });

  it('is in a meeting of the body that is open', async () => {
    const { as } = book();
    const { motion, bodyId } = await ready();
    const other = await openMeetingOf(as.secretary, (await ready()).bodyId);
    const planned = await scheduledOf(as.secretary, bodyId);
    for (const meetingId of [other.id, planned.id, bodyId]) {
      const body = { closesAt: inMinutes(60), meetingId };
      const { problem } = await as.secretary.openVote({
        params: { resolutionId: motion.id },
        version: motion.version,
        body,
      });
      expect([problem.code, problem.errors?.[0]?.field]).toEqual(['validation-failed', '/meetingId']);
    }
  });
});
