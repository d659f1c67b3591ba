/** Elections: options in place of yes and no, one or several of them elected, and nobody where it cannot be decided. */
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { ballotsOf, closedOf, countedOf, motionOf } from '../support/resolutions.ts';
import { half, putToVote, readyOf, ruledBody, type Voter } from '../support/votes.ts';

type Method = 'absolute' | 'plurality';

const five = { member: {}, director: {}, treasurer: {}, secretary: {}, auditor: {} } as const;

describeOnEachStore('an election', book => {
  const opened = async (method: Method, places: number, quorum = 0) => {
    const { as } = book();
    const ordinary = quorum === 0 ? {} : { quorum: { number: quorum } };
    const bodyId = await ruledBody(book(), five, { rules: { ordinary } });
    const motion = { ...motionOf(), election: { method, places, options: ['Ada', 'Ben', 'Eve'] } };
    return putToVote(book(), await readyOf(as.member, as.director, bodyId, motion));
  };
  const cast = (voter: Voter, resolutionId: string, choice: 'yes' | 'abstain' | string[]) =>
    book().as[voter].castVote({ params: { resolutionId }, body: { choice } });
  const resultOf = async (id: string) => {
    await closedOf(book(), id);
    return countedOf(book(), id);
  };

  it('elects who has more than half of the ballots, and says why', async () => {
    const { id, bodyId } = await opened('absolute', 1);
    await cast('member', id, ['Ada']);
    await cast('director', id, ['Ada']);
    await cast('treasurer', id, ['Ben']);
    await cast('secretary', id, 'abstain');
    const { state, result } = await resultOf(id);
    expect(state).toBe('carried');
    expect(result).toMatchObject({
      elected: ['Ada'],
      count: { yes: 3, no: 0, abstained: 1, present: 4 },
      standings: [
        { option: 'Ada', votes: 2 },
        { option: 'Ben', votes: 1 },
        { option: 'Eve', votes: 0 },
      ],
      explanation: [
        '5 votes were entitled and 4 took part.',
        'More than half of the 3 ballots for an option had to be for one, that is at least 2: Ada (2) had enough.',
        'So Ada was elected.',
      ],
      number: expect.stringMatching(/-001$/),
    });
    expect((await book().as.public.listRegister({ params: { bodyId } })).body.items).toMatchObject([{ id }]);
  });

  it('elects nobody at exactly half, and gives no number', async () => {
    const { id } = await opened('absolute', 1);
    await cast('member', id, ['Ada']);
    await cast('director', id, ['Ben']);
    const { state, result } = await resultOf(id);
    expect([state, result.elected, result.number]).toEqual(['failed', [], null]);
    expect(result.explanation.at(-1)).toBe('So nobody was elected.');
  });

  it('elects several by most votes, and leaves a place vacant that is tied', async () => {
    const { id } = await opened('plurality', 2);
    await cast('member', id, ['Ada', 'Ben']);
    await cast('director', id, ['Eve', 'Ada']);
    await cast('treasurer', id, ['Ada']);
    const { result } = await resultOf(id);
    expect(result).toMatchObject({ elected: ['Ada'], carried: true, count: { yes: 3 } });
    expect(result.explanation.slice(1)).toEqual([
      'Of the 3 ballots for an option the most decided: Ada (3) had enough. Ben (1) and Eve (1) had as many as each other, and there was 1 place for them.',
      'So Ada was elected; 1 place stays vacant.',
    ]);
  });

  it('elects nobody without a quorum, whoever had enough votes', async () => {
    const { id } = await opened('plurality', 1, 3);
    await cast('member', id, ['Ada']);
    await cast('director', id, 'abstain');
    expect((await resultOf(id)).result).toMatchObject({
      carried: false,
      elected: [],
      reasons: [{}, { kind: 'quorum', met: false }, { kind: 'election', met: true }],
    });
  });

  it('takes each option once, of the list, and as many as there are places', async () => {
    const { as } = book();
    const { id } = await opened('plurality', 2);
    for (const choice of [['Ada', 'Ada'], ['Zoe'], ['Ada', 'Ben', 'Eve'], 'yes'] as const) {
      const { problem } = await cast('member', id, typeof choice === 'string' ? choice : [...choice]);
      expect([problem.code, problem.errors?.[0]?.field], String(choice)).toEqual(['validation-failed', '/choice']);
    }
    expect((await cast('member', id, [])).problem.code).toBe('validation-failed');
    const { errors } = (await cast('member', id, 'maybe' as never)).problem;
    expect(errors?.[0]).toMatchObject({ field: '/choice', message: expect.stringContaining('"abstain"') });
    expect((await cast('member', id, ['Ben', 'Ada'])).body.choice).toEqual(['Ben', 'Ada']);
    expect(await ballotsOf(as.member, id)).toEqual(new Map([['Person member', 'Ben,Ada']]));
    expect((await as.member.getResolution({ params: { resolutionId: id } })).body.vote?.mine).toMatchObject({
      choice: ['Ben', 'Ada'],
    });
  });

  it('is no motion: yes and no are for motions, options for elections', async () => {
    const { as } = book();
    const quorum = { of: 'in-office', fraction: half, comparison: 'at-least' } as const;
    const bodyId = await ruledBody(book(), five, { rules: { ordinary: { quorum } } });
    const { id } = await putToVote(book(), await readyOf(as.member, as.director, bodyId));
    expect((await cast('member', id, ['Ada'])).problem.errors?.[0]?.field).toBe('/choice');
    expect((await cast('member', id, 'yes')).status).toBe(200);
  });
});
