/** The whole life of resolutions over HTTP: from the draft to the register. */
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import {
  bodyOf,
  closedOf,
  countedOf,
  draftedOf,
  inAnHour,
  motionOf,
  movedOf,
  openedOf,
  secondedOf,
} from '../support/resolutions.ts';

const year = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short' })
  .format(new Date())
  .slice(0, 4);
const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';

describeOnEachStore('resolutions', book => {
  const votersOf = (...voters: Parameters<typeof bodyOf>[1]) => bodyOf(book(), voters);
  const open = (bodyId: string, more: Parameters<typeof openedOf>[4] = {}) =>
    openedOf(book(), book().as.member, book().as.director, bodyId, more);
  const outcomeOf = async (bodyId: string, votes: Partial<Record<'member' | 'director' | 'treasurer', string>>) => {
    const { id } = await open(bodyId);
    for (const [role, choice] of Object.entries(votes)) {
      const client = book().as[role as 'member'];
      expect((await client.castVote({ params: { resolutionId: id }, body: { choice: choice as 'yes' } })).status).toBe(
        200,
      );
    }
    await closedOf(book(), id);
    return countedOf(book(), id);
  };

  it('go from the draft to the register, with every step on record', async () => {
    const { as, people } = book();
    const bodyId = await votersOf('member', 'director', 'treasurer');
    const made = await draftedOf(as.member, bodyId);
    const params = { resolutionId: made.id };
    expect(made).toMatchObject({ state: 'draft', version: 1, mover: null, vote: null, bodyId });
    const body = motionOf({ title: 'A better title' });
    const revised = (await as.member.updateResolution({ params, version: 1, body })).body;
    expect(revised).toMatchObject({ state: 'draft', title: 'A better title', version: 2 });
    const moved = (await as.member.moveResolution({ params, version: 2 })).body;
    expect(moved).toMatchObject({ state: 'moved', mover: { by: { id: people.member, name: 'Person member' } } });
    const seconded = (await as.director.secondResolution({ params, version: 3 })).body;
    expect(seconded).toMatchObject({ state: 'seconded', seconder: { by: { id: people.director } } });
    const closesAt = inAnHour();
    const opened = (await as.secretary.openVote({ params, version: 4, body: { closesAt } })).body;
    expect(opened).toMatchObject({ state: 'open', vote: { closesAt, inOffice: 3, mine: null, result: null } });
    const cards = (await as.member.listPending({ params: { bodyId } })).body.items;
    const nothingYet = { number: null, decidedAt: null, ended: null, amending: null, later: null, followUp: null };
    expect(cards).toEqual([
      { id: made.id, bodyId, title: 'A better title', closesAt, ...nothingYet, confidential: null },
    ]);
    for (const [role, choice] of [
      ['member', 'yes'],
      ['director', 'yes'],
      ['treasurer', 'abstain'],
    ] as const) {
      await as[role].castVote({ params, body: { choice } }).then(({ body }) => body);
    }
    expect((await as.member.getResolution({ params })).body.vote?.mine?.choice).toBe('yes');
    const ended = (await closedOf(book(), made.id)).vote?.closesAt;
    const { state, result } = await countedOf(book(), made.id);
    expect(state).toBe('carried');
    expect(result).toMatchObject({ count: { yes: 2, no: 0, abstained: 1 }, carried: true, number: `${year}-001` });
    expect(result.reasons.map(reason => (reason as { kind: string }).kind)).toEqual(['electorate', 'majority']);
    expect(result.explanation).toEqual([
      '3 votes were entitled and 3 took part.',
      'More than half of the 2 votes cast had to be in favour, that is at least 2; 2 were.',
      'So it was carried.',
    ]);
    const register = (await as.public.listRegister({ params: { bodyId } })).body.items;
    expect(register).toMatchObject([{ id: made.id, number: `${year}-001`, decidedAt: ended }]);
    expect((await as.member.listPending({ params: { bodyId } })).body.items).toEqual([]);
    const ballots = (await as.member.listBallots({ params })).body.items;
    expect(ballots.map(({ person, choice }) => [person?.name, choice]).toSorted()).toEqual([
      ['Person director', 'yes'],
      ['Person member', 'yes'],
      ['Person treasurer', 'abstain'],
    ]);
    const events = (await as.auditor.listEvents({ params: { kind: 'resolution', recordId: made.id } })).body.items;
    expect(events.map(({ operation }) => operation).toReversed()).toEqual([
      'createResolution',
      'updateResolution',
      'moveResolution',
      'secondResolution',
      'openVote',
      'closeVote',
      'countVote',
    ]);
  });

  it('are moved and seconded only by those who vote in the body, and not seconded by their mover', async () => {
    const { as } = book();
    const bodyId = await votersOf('member', 'director');
    expect((await as.treasurer.createResolution({ params: { bodyId }, body: motionOf() })).status).toBe(403);
    const draft = await draftedOf(as.secretary, bodyId);
    const params = { resolutionId: draft.id };
    // The secretary leads every body, and votes in this one as little as anybody else without a seat.
    expect((await as.secretary.moveResolution({ params, version: 1 })).problem.code).toBe('not-allowed');
    expect((await as.auditor.moveResolution({ params, version: 1 })).problem.code).toBe('not-allowed');
    const { version } = (await as.member.moveResolution({ params, version: 1 })).body;
    expect((await as.member.secondResolution({ params, version })).problem.code).toBe('not-allowed');
    expect((await as.secretary.secondResolution({ params, version })).problem.code).toBe('not-allowed');
    expect((await as.director.secondResolution({ params, version })).status).toBe(200);
  });

  it('are put to the vote, put aside and closed only by whoever leads the body', async () => {
    const { as } = book();
    const bodyId = await votersOf('member', 'director');
    const chaired = await bodyOf(book(), ['member', 'director'], { office: 'co-chair' });
    const body = { closesAt: inAnHour() };
    const ready = await secondedOf(as.member, as.director, bodyId);
    const request = { params: { resolutionId: ready.id }, version: ready.version };
    expect((await as.member.openVote({ ...request, body })).problem.code).toBe('not-allowed');
    const aside = { reason: 'Later.', to: null };
    expect((await as.director.putAsideResolution({ ...request, body: aside })).problem.code).toBe('not-allowed');
    const opened = (await as.secretary.openVote({ ...request, body })).body;
    expect((await as.member.closeVote({ ...request, version: opened.version })).problem.code).toBe('not-allowed');
    const own = await secondedOf(as.member, as.director, chaired);
    const params = { resolutionId: own.id };
    const { version } = (await as.director.openVote({ params, version: own.version, body })).body;
    expect((await as.member.closeVote({ params, version })).body.state).toBe('closed');
  });

  it('are taken back by their mover only, and postponed or referred to another body that there is', async () => {
    const { as, bodies } = book();
    const bodyId = await votersOf('member', 'director');
    const moved = async () => {
      const { id, version } = await movedOf(as.member, bodyId);
      return { params: { resolutionId: id }, version };
    };
    const reason = 'Not now.';
    const request = await moved();
    expect((await as.director.withdrawResolution({ ...request, body: { reason } })).problem.code).toBe('not-allowed');
    const withdrawn = (await as.member.withdrawResolution({ ...request, body: { reason } })).body;
    expect(withdrawn).toMatchObject({ state: 'withdrawn', aside: { reason, to: null } });
    const put = async (to: string | null) =>
      as.secretary.putAsideResolution({ ...(await moved()), body: { reason, to } });
    expect((await put(null)).body.state).toBe('postponed');
    expect((await put(bodies.group)).body).toMatchObject({ state: 'referred', aside: { to: bodies.group } });
    for (const to of [unknown, bodyId]) {
      expect((await put(to)).problem).toMatchObject({ code: 'validation-failed', errors: [{ field: '/to' }] });
    }
  });

  it('are decided by the rule that is named, as it stood when the vote was opened', async () => {
    const { as } = book();
    const bodyId = await votersOf('member', 'director', 'treasurer');
    const params = { bodyId };
    const { from, version, history, proof, rules, ...set } = (await as.public.getRules({ params })).body;
    expect(version).toBe(0);
    const [ordinary] = rules;
    if (ordinary === undefined) throw new Error('No rules');
    const all = { numerator: 1, denominator: 1 };
    const majorities = [{ of: 'in-office', fraction: all, comparison: 'at-least', counting: 'votes' } as const];
    const unanimous = { name: 'unanimous', rule: { ...ordinary.rule, name: 'All of them', majorities } };
    const body = { ...set, rules: [ordinary, unanimous], from: '2021-01-01', reason: 'Adopted.' };
    const updated = (await as.secretary.updateRules({ params, version: 0, body })).body;
    expect(updated).toMatchObject({ version: 1, from: '2021-01-01' });
    expect((await as.secretary.updateRules({ params, version: 0, body })).problem.code).toBe('precondition-failed');
    for (const rule of ['unknown', 'constructor']) {
      const ready = await secondedOf(as.member, as.director, bodyId);
      const request = { params: { resolutionId: ready.id }, version: ready.version };
      const answer = await as.secretary.openVote({ ...request, body: { closesAt: inAnHour(), rule } });
      expect(answer.problem).toMatchObject({ code: 'validation-failed', errors: [{ field: '/rule' }] });
    }
    const { id } = await open(bodyId, { rule: 'unanimous' });
    await as.secretary.updateRules({ params, version: 1, body: { ...body, rules: [ordinary] } });
    for (const role of ['member', 'director'] as const) {
      await as[role].castVote({ params: { resolutionId: id }, body: { choice: 'yes' } });
    }
    await closedOf(book(), id);
    expect(await countedOf(book(), id)).toMatchObject({ state: 'failed', vote: { rule: { name: 'All of them' } } });
  });

  it('get numbers by body and year when they are adopted, and none when they fail', async () => {
    const [one, other] = [await votersOf('member', 'director'), await votersOf('member', 'director')];
    const numberOf = async (bodyId: string, choice: string) =>
      (await outcomeOf(bodyId, { member: choice })).result.number;
    expect(await numberOf(one, 'yes')).toBe(`${year}-001`);
    expect(await numberOf(one, 'no')).toBeNull();
    expect(await numberOf(one, 'yes')).toBe(`${year}-002`);
    expect(await numberOf(other, 'yes')).toBe(`${year}-001`);
    const register = (await book().as.public.listRegister({ params: { bodyId: one } })).body.items;
    expect(register.map(({ number }) => number)).toEqual([`${year}-001`, `${year}-002`]);
  });

  it('fail without a quorum, and where there are no votes but abstentions', async () => {
    const { as } = book();
    const bodyId = await votersOf('member', 'director', 'treasurer');
    const params = { bodyId };
    const { rules, from, version, history, proof, ...set } = (await as.public.getRules({ params })).body;
    const quorum = { of: 'in-office', fraction: { numerator: 1, denominator: 2 }, comparison: 'more-than' } as const;
    const ruled = rules.map(({ name, rule }) => ({ name, rule: { ...rule, quorum } }));
    const body = { ...set, rules: ruled, from: '2021-01-01', reason: 'Adopted.' };
    await as.secretary.updateRules({ params, version, body }).then(answer => answer.body);
    const missed = await outcomeOf(bodyId, { member: 'yes' });
    expect(missed).toMatchObject({ state: 'failed', result: { count: { yes: 1 }, number: null } });
    expect(missed.result.explanation).toContain('At least 2 had to take part; 1 did, so there was no quorum.');
    expect((await outcomeOf(bodyId, { member: 'yes', director: 'abstain' })).state).toBe('carried');
    const nobody = await outcomeOf(bodyId, { member: 'abstain', director: 'abstain' });
    expect(nobody).toMatchObject({ state: 'failed', result: { count: { abstained: 2 } } });
    expect((await outcomeOf(bodyId, { member: 'yes', director: 'no' })).state).toBe('failed');
  });

  it('are seen by the body as drafts, by members when put to the vote, and by everybody when adopted', async () => {
    const { as } = book();
    const bodyId = await votersOf('member', 'director');
    const seers = async (resolutionId: string) => {
      const seen: string[] = [];
      for (const [role, client] of Object.entries(as)) {
        const answer = await client.getResolution({ params: { resolutionId } });
        if (answer.status === 200) seen.push(role);
        else {
          const nothing = await client.getResolution({ params: { resolutionId: unknown } });
          expect(withoutId(answer.text), role).toBe(withoutId(nothing.text));
          const lists = [as.member, as.director].includes(client) ? 200 : client.token === undefined ? 401 : 403;
          const ballots = await client.listBallots({ params: { resolutionId } });
          expect([404, lists], role).toContain(ballots.status);
        }
      }
      return seen.toSorted();
    };
    const members = ['administrator', 'auditor', 'director', 'member', 'secretary', 'treasurer'];
    const draft = await draftedOf(as.member, bodyId);
    expect(await seers(draft.id)).toEqual(['auditor', 'director', 'member', 'secretary']);
    expect((await as.treasurer.listPending({ params: { bodyId } })).body.items).toEqual([]);
    const voted = await open(bodyId);
    expect(await seers(voted.id)).toEqual(members);
    expect((await as.treasurer.listPending({ params: { bodyId } })).body.items).toMatchObject([{ id: voted.id }]);
    expect((await outcomeOf(bodyId, { member: 'no' }).then(({ id }) => seers(id))).length).toBe(members.length);
    const adopted = await outcomeOf(bodyId, { member: 'yes' });
    expect(await seers(adopted.id)).toEqual(Object.keys(as).toSorted());
    // Who sits in a body is not for everybody; what it decided is.
    const shown = (await as.public.getResolution({ params: { resolutionId: adopted.id } })).body;
    expect(shown).toMatchObject({ mover: { by: null }, seconder: { by: null }, vote: { mine: null } });
    const hidden = { resolutionId: draft.id };
    for (const act of ['moveResolution', 'secondResolution', 'closeVote'] as const) {
      expect((await as.treasurer[act]({ params: hidden, version: 1 })).status).toBe(404);
    }
    expect((await as.treasurer.castVote({ params: hidden, body: { choice: 'yes' } })).status).toBe(404);
  });

  it('are nothing for a body that is dissolved, and there are none of a body that there is not', async () => {
    const { as } = book();
    const bodyId = await votersOf('member', 'director');
    const ready = await secondedOf(as.member, as.director, bodyId);
    const { name, purpose, publishesSeats, version } = (await as.secretary.getBody({ params: { bodyId } })).body;
    const body = { name, purpose, publishesSeats, parentBodyId: null, from: '2021-01-01', dissolved: '2022-01-01' };
    await as.secretary.updateBody({ params: { bodyId }, version, body }).then(answer => answer.body);
    const request = { params: { resolutionId: ready.id }, version: ready.version };
    const opening = await as.secretary.openVote({ ...request, body: { closesAt: inAnHour() } });
    expect(opening.problem.code).toBe('state-conflict');
    const drafting = await as.secretary.createResolution({ params: { bodyId }, body: motionOf() });
    expect(drafting.problem.code).toBe('state-conflict');
    for (const list of ['listPending', 'listRegister', 'getRules'] as const) {
      expect((await as.secretary[list]({ params: { bodyId: unknown } })).status).toBe(404);
    }
  });

  it('are kept as they were read: a change of something older is refused, and a request sent twice is one', async () => {
    const { as, origin } = book();
    const bodyId = await votersOf('member', 'director');
    const key = unknown;
    const params = { bodyId };
    const [one, again] = await Promise.all(
      [1, 2].map(() => clientFor(origin, as.member.token).createResolution({ params, key, body: motionOf() })),
    );
    expect(one?.body.id).toBe(again?.body.id);
    const resolution = { resolutionId: String(one?.body.id) };
    await as.member.moveResolution({ params: resolution, version: 1 });
    expect((await as.director.secondResolution({ params: resolution, version: 1 })).problem.code).toBe(
      'precondition-failed',
    );
    expect((await as.director.secondResolution({ params: resolution })).problem.code).toBe('precondition-required');
  });
});

const withoutId = (text: string) => text.replace(/"(instance|requestId|trace)":"[^"]*",?/g, '');
