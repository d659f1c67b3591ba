/** Many vote, and much is decided, at the same moment: everything that was acknowledged counts, and nothing else. */
import { afterAll, expect, it } from 'vitest';
import { countDue } from '../../functions/count/countDue.ts';
import type { VerifyToken } from '../../shared/http/token.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { crowd } from '../support/crowd.ts';
import { memberEmail, seatMembers } from '../support/members.ts';
import { ballotsOf, bodyOf, closedOf, countedOf, inAnHour, openedOf } from '../support/resolutions.ts';

const choices = ['yes', 'no', 'abstain'] as const;
type Choice = (typeof choices)[number];

describeOnEachStore('votes', book => {
  const figures: string[] = [];
  afterAll(() => {
    if (process.env.MINUTEBOOK_FIGURES !== undefined) process.stderr.write(`${figures.join('\n')}\n`);
  });

  it('of 1,600 members count exactly as acknowledged while the vote is closed', { timeout: 120_000 }, async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director'], { kind: 'membership' });
    const members = await seatMembers(book().services, bodyId, 1600);
    const origin = await book().serveWith({ verifyToken: trusting(book()) });
    const { id, vote } = await openedOf(book(), as.member, as.director, bodyId);
    expect(vote?.inOffice).toBe(1602);
    const acknowledged = new Map<string, Choice>();
    const refused = new Set<string>();
    let [answers, closing] = [0, Promise.resolve<unknown>(undefined)];
    const started = performance.now();
    let seconds = 0;
    await crowd(members, 64, async (email, index) => {
      if (index === 1400) closing = closedOf(book(), id);
      const client = clientFor(origin, email);
      // Every fourth votes twice.
      for (let turn = 0; turn < (index % 4 === 0 ? 2 : 1); turn++) {
        const choice = choices[(index + turn) % 3] ?? 'yes';
        const answer = await client.castVote({ params: { resolutionId: id }, body: { choice } });
        answers++;
        seconds = (performance.now() - started) / 1000;
        if (answer.status === 200) acknowledged.set(email, choice);
        else {
          expect(answer.problem.code, answer.text).toBe('state-conflict');
          refused.add(email);
        }
      }
    });
    await closing;
    const { result } = await countedOf(book(), id);
    figures.push(
      `${answers} answers in ${seconds.toFixed(1)} s: ${Math.round(answers / seconds)} a second; ${refused.size} refused`,
    );
    const of = (choice: Choice) => [...acknowledged.values()].filter(one => one === choice).length;
    expect(result.count).toMatchObject({ yes: of('yes'), no: of('no'), abstained: of('abstain') });
    expect(acknowledged.size).toBeGreaterThan(1300);
    expect(refused.size).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(60);
    const late = await clientFor(origin, members[0]).castVote({ params: { resolutionId: id }, body: { choice: 'no' } });
    expect(late.problem.code).toBe('state-conflict');
    expect(await ballotsOf(as.member, id)).toEqual(acknowledged);
  });

  it('that end together give numbers without gap or duplicate', { timeout: 120_000 }, async () => {
    const { as, services } = book();
    const many = 'folder' in book().place ? 100 : 60;
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const ids = await crowd(Array.from({ length: many }), 8, async () => {
      const { id } = await openedOf(book(), as.member, as.director, bodyId);
      await as.member.castVote({ params: { resolutionId: id }, body: { choice: 'yes' } });
      return id;
    });
    const closesAt = inAnHour();
    const later = { ...services, now: () => new Date(closesAt) };
    const started = performance.now();
    // Others close, and three count, all at once.
    await Promise.all([
      crowd(ids.slice(0, many / 2), 30, id => closedOf(book(), id).catch(() => {})),
      ...[1, 2, 3].map(() => countDue(later)),
    ]);
    await countDue(later);
    const results = await crowd(ids, 8, async id => (await countedOf(book(), id)).result.number);
    figures.push(`${many} resolutions closed and counted in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    const year = String(results[0]).slice(0, 4);
    const expected = Array.from({ length: many }, (_, index) => `${year}-${String(index + 1).padStart(3, '0')}`);
    expect(results.toSorted()).toEqual(expected);
    const register = (await as.public.listRegister({ params: { bodyId }, query: { year, limit: '100' } })).body;
    expect(register.items.map(({ number }) => number)).toEqual(expected);
  });
});

/** Believes whoever says the name of one of the crowd for a token: so many real ones would take long. */
const trusting =
  ({ services }: TestBook): VerifyToken =>
  async token =>
    token.startsWith('crowd-')
      ? { issuer: 'https://crowd.example', subject: token, email: memberEmail(token) }
      : services.verifyToken(token);
