/** Confidential resolutions over HTTP: for those whom they do not concern there is a number in the register, and nothing else. */
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import type { Client } from '../support/client.ts';
import {
  bodyOf,
  closedOf,
  countedOf,
  decidedOf,
  draftedOf,
  inAnHour,
  type MotionInput,
  motionOf,
  movedOf,
  openedOf,
  secondedOf,
  voted,
} from '../support/resolutions.ts';

const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';
const confidential = { reason: 'It concerns one person.', reviewOn: '2999-01-01' };
const reason = 'Decided in closed session.';

describeOnEachStore('confidential resolutions', book => {
  const bodyOfTwo = () => bodyOf(book(), ['member', 'director']);
  const closed = async ({ id, version }: { id: string; version: number }, reviewOn = confidential.reviewOn) => {
    const body = { confidential: { ...confidential, reviewOn }, reason };
    return (await book().as.secretary.changeConfidentiality({ params: { resolutionId: id }, version, body })).body;
  };
  const lifted = ({ id, version }: { id: string; version: number }) =>
    book().as.secretary.changeConfidentiality({
      params: { resolutionId: id },
      version,
      body: { confidential: null, reason: 'It is over.' },
    });
  /** Adopted behind closed doors. */
  const adopted = async (bodyId: string, motion: Partial<MotionInput> = {}, reviewOn?: string) => {
    const { as } = book();
    const open = await openedOf(book(), as.member, as.director, bodyId, { motion: motionOf(motion) });
    await closed(open, reviewOn);
    return voted(book(), open.id);
  };
  const reads = (client: Client, resolutionId: string) => {
    const params = { resolutionId };
    return Promise.all([
      client.getResolution({ params }),
      client.listTexts({ params }),
      client.getInForce({ params }),
      client.listBallots({ params }),
      client.listRecusals({ params }),
    ]);
  };
  const outsiders = () => {
    const { as } = book();
    return { treasurer: as.treasurer, administrator: as.administrator, stranger: as['signed-in'], public: as.public };
  };
  const insiders = ['member', 'director', 'secretary', 'auditor'] as const;

  it('are seen by the body, the secretary and auditors at every step, and do not exist for others', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const steps = [
      async () => closed(await draftedOf(as.member, bodyId)),
      async () => closed(await openedOf(book(), as.member, as.director, bodyId)),
      () => adopted(bodyId),
      async () => {
        const open = await openedOf(book(), as.member, as.director, bodyId);
        await closed(open);
        return voted(book(), open.id, 'no');
      },
    ];
    for (const step of steps) {
      const { id, state } = await step();
      for (const role of insiders) {
        const answer = await as[role].getResolution({ params: { resolutionId: id } });
        expect(answer.body.confidential, `${state}: ${role}`).toEqual(confidential);
      }
      for (const [name, client] of Object.entries(outsiders())) {
        const [answers, nothing] = [await reads(client, id), await reads(client, unknown)];
        for (const [index, answer] of answers.entries()) {
          expect([answer.status, shown(answer.text)], `${state}: ${name}`).toEqual([
            404,
            shown(nothing[index]?.text ?? ''),
          ]);
        }
      }
    }
  });

  it('are counted in the register as a number with the reason, and are on no other list', async () => {
    const { as, people } = book();
    const bodyId = await bodyOfTwo();
    const followUp = { personId: people.member, due: '2031-01-01' };
    const kept = await adopted(bodyId, { title: 'About somebody', followUp });
    const shownOne = await decidedOf(book(), bodyId, motionOf({ followUp }));
    const pending = await closed(await openedOf(book(), as.member, as.director, bodyId));
    const failing = await openedOf(book(), as.member, as.director, bodyId);
    await closed(failing);
    await voted(book(), failing.id, 'no');
    const lists = async (client: Client) => {
      const params = { bodyId };
      return {
        register: (await client.listRegister({ params })).body.items,
        followUps: (await client.listFollowUps({ params })).body.items.map(({ id }) => id),
      };
    };
    const outside = await lists(as.public);
    expect(outside.register).toEqual([
      {
        id: null,
        bodyId,
        title: null,
        number: kept.adoption?.number,
        decidedAt: kept.adoption?.at,
        closesAt: null,
        ended: null,
        amending: null,
        later: null,
        followUp: null,
        confidential,
      },
      expect.objectContaining({ id: shownOne.id, confidential: null }),
    ]);
    expect(outside.followUps).toEqual([shownOne.id]);
    expect(await lists(as.treasurer)).toMatchObject({ register: [{ id: null, title: null }, {}] });
    const inside = await lists(as.member);
    expect(inside.register.map(({ id, title }) => [id, title])).toEqual([
      [kept.id, 'About somebody'],
      [shownOne.id, 'A resolution'],
    ]);
    expect(inside.followUps.toSorted()).toEqual([kept.id, shownOne.id].toSorted());
    for (const [client, seen] of [
      [as.member, true],
      [as.auditor, true],
      [as.treasurer, false],
      [as.administrator, false],
    ] as const) {
      const ids = async (list: 'listPending' | 'listEnded') =>
        (await client[list]({ params: { bodyId } })).body.items.map(({ id }) => id);
      expect(await ids('listPending')).toEqual(seen ? [pending.id] : []);
      expect(await ids('listEnded')).toEqual(seen ? [failing.id] : []);
    }
  });

  it('leave kind and number of themselves in the chains of public ones, and no text', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const first = await decidedOf(book(), bodyId);
    const replacement = { title: 'Secret', preamble: '', text: 'Secret.' };
    const hidden = await adopted(bodyId, { effects: [{ kind: 'amends', resolutionId: first.id, replacement }] });
    const target = await adopted(bodyId, { title: 'Secret, too' });
    const last = await decidedOf(
      book(),
      bodyId,
      motionOf({ effects: [{ kind: 'rescinds', resolutionId: target.id }] }),
    );
    const params = { resolutionId: first.id };
    const from = hidden.adoption?.from;
    const number = hidden.adoption?.number;
    const link = { kind: 'amends', id: null, number, title: null, from };
    expect((await as.public.getInForce({ params })).body).toMatchObject({
      holds: true,
      text: null,
      amended: link,
      changedBy: [link],
    });
    expect((await as.public.getResolution({ params })).body.later).toEqual([
      { kind: 'amends', id: null, number, from },
    ]);
    expect((await as.member.getInForce({ params })).body).toMatchObject({
      text: replacement,
      amended: { id: hidden.id },
    });
    const ending = { resolutionId: last.id };
    expect((await as.public.getInForce({ params: ending })).body.changes).toEqual([
      { kind: 'rescinds', id: null, number: target.adoption?.number, title: null, from: last.adoption?.from },
    ]);
    expect((await as.public.getResolution({ params: ending })).body.effects).toEqual([
      { kind: 'rescinds', resolutionId: null },
    ]);
    expect((await as.auditor.getResolution({ params: ending })).body.effects).toEqual([
      { kind: 'rescinds', resolutionId: target.id },
    ]);
    for (const client of [as.public, as.treasurer]) {
      const register = (await client.listRegister({ params: { bodyId } })).body.items;
      expect(register.map(({ id, later }) => [id, later?.kind ?? null, later?.id ?? null])).toEqual([
        [first.id, 'amends', null],
        [null, null, null],
        [null, 'rescinds', null],
        [last.id, null, null],
      ]);
      const told = JSON.stringify([
        register,
        (await client.getInForce({ params })).text,
        (await client.getResolution({ params: ending })).text,
      ]);
      for (const secret of [hidden.id, target.id, 'Secret']) expect(told).not.toContain(secret);
    }
  });

  it('are made so by whoever leads the body, before they are public, with a day of review to come', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const draft = await draftedOf(as.member, bodyId);
    const request = { params: { resolutionId: draft.id }, version: draft.version };
    const body = { confidential, reason };
    expect((await as.member.changeConfidentiality({ ...request, body })).problem.code).toBe('not-allowed');
    expect((await as.treasurer.changeConfidentiality({ ...request, body })).status).toBe(404);
    expect((await lifted(draft)).problem.code).toBe('state-conflict');
    const past = { confidential: { ...confidential, reviewOn: '2020-01-01' }, reason };
    expect((await as.secretary.changeConfidentiality({ ...request, body: past })).problem.code).toBe('state-conflict');
    const open = await decidedOf(book(), bodyId);
    const late = { params: { resolutionId: open.id }, version: open.version, body };
    expect((await as.secretary.changeConfidentiality(late)).problem.code).toBe('state-conflict');
    // What is confidential may get another day of review, and is public for good once that is lifted.
    const kept = await adopted(bodyId);
    const reviewed = await closed(kept, '2999-02-02');
    expect(reviewed.confidential?.reviewOn).toBe('2999-02-02');
    expect((await lifted(reviewed)).body).toMatchObject({ confidential: null, state: 'carried' });
    expect((await as.public.getResolution({ params: { resolutionId: kept.id } })).status).toBe(200);
    const again = { params: { resolutionId: kept.id }, version: reviewed.version + 1, body };
    expect((await as.secretary.changeConfidentiality(again)).problem.code).toBe('state-conflict');
    const events = (await as.auditor.listEvents({ params: { kind: 'resolution', recordId: kept.id } })).body.items;
    expect(events.slice(0, 2).map(({ operation, reason: why }) => [operation, why])).toEqual([
      ['changeConfidentiality', 'It is over.'],
      ['changeConfidentiality', reason],
    ]);
  });

  it('make their amendments confidential, and cannot be amended by what is not', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const replacement = { title: 'Secret', preamble: '', text: 'Secret.' };
    const amending = (resolutionId: string) =>
      motionOf({ effects: [{ kind: 'amend-motion', resolutionId, textVersion: 1, replacement }] });
    const first = await closed(await secondedOf(as.member, as.director, bodyId));
    const amendment = await openedOf(book(), as.member, as.director, bodyId, { motion: amending(first.id) });
    expect(amendment.confidential).toEqual(confidential);
    expect((await as.treasurer.getResolution({ params: { resolutionId: amendment.id } })).status).toBe(404);
    expect((await as.treasurer.listPending({ params: { bodyId } })).body.items).toEqual([]);
    const second = await movedOf(as.member, bodyId);
    const open = await secondedOf(as.member, as.director, bodyId, amending(second.id));
    await closed(second);
    const opening = { params: { resolutionId: open.id }, version: open.version, body: { closesAt: inAnHour() } };
    expect((await as.secretary.openVote(opening)).problem.code).toBe('state-conflict');
    // An amendment that was put to the vote before does not outlive the openness of its motion.
    const third = await secondedOf(as.member, as.director, bodyId);
    const early = await openedOf(book(), as.member, as.director, bodyId, { motion: amending(third.id) });
    await voted(book(), early.id, 'no');
    const params = { resolutionId: early.id };
    expect((await as.treasurer.getResolution({ params })).status).toBe(200);
    expect((await as.treasurer.listEnded({ params: { bodyId } })).body.items).toMatchObject([{ id: early.id }]);
    await closed((await as.secretary.getResolution({ params: { resolutionId: third.id } })).body);
    expect((await as.treasurer.getResolution({ params })).status).toBe(404);
    expect((await as.treasurer.listEnded({ params: { bodyId } })).body.items).toEqual([]);
  });

  it('are listed for those who govern by the day of their review', async () => {
    const { as } = book();
    const [bodyId, other] = [await bodyOfTwo(), await bodyOf(book(), ['member'])];
    const later = await adopted(bodyId, {}, '2990-02-01');
    const sooner = await adopted(bodyId, {}, '2990-01-01');
    const draft = await closed(await draftedOf(as.secretary, other), '2990-01-15');
    const list = async (client: Client) =>
      (await client.listConfidential({ query: { limit: '100' } })).body.items
        .filter(one => one.confidential?.reviewOn.startsWith('2990'))
        .map(({ id, number, confidential: kept }) => [id, number, kept?.reviewOn]);
    const [first, last] = [sooner.adoption?.number, later.adoption?.number];
    expect(await list(as.auditor)).toEqual([
      [sooner.id, first, '2990-01-01'],
      [draft.id, null, '2990-01-15'],
      [later.id, last, '2990-02-01'],
    ]);
    // The director sits in the one body, the treasurer in none of them.
    expect(await list(as.director)).toEqual([
      [sooner.id, first, '2990-01-01'],
      [later.id, last, '2990-02-01'],
    ]);
    expect(await list(as.treasurer)).toEqual([
      [null, first, '2990-01-01'],
      [null, last, '2990-02-01'],
    ]);
    expect((await as.member.listConfidential()).status).toBe(403);
    await lifted(sooner);
    expect((await list(as.auditor)).map(([id]) => id)).toEqual([draft.id, later.id]);
  });

  it('stay visible until the count to whoever was entitled to vote on them, though the seat has ended', async () => {
    const { as, bodies: _, people } = book();
    const bodyId = await bodyOfTwo();
    const seat = { personId: people.administrator, office: 'member', title: null, voting: true } as const;
    const { id: seatId, version } = (
      await as.secretary.createSeat({ params: { bodyId }, body: { ...seat, from: '2020-01-01', to: null } })
    ).body;
    const open = await closed(await openedOf(book(), as.member, as.director, bodyId));
    const params = { resolutionId: open.id };
    const end = { params: { seatId }, version, body: { lastDay: '2021-01-01', reason: 'Over.' } };
    await as.secretary.endSeat(end).then(({ body }) => body);
    expect((await as.administrator.castVote({ params, body: { choice: 'yes' } })).status).toBe(200);
    expect((await as.administrator.getResolution({ params })).body.state).toBe('open');
    await closedOf(book(), open.id);
    await countedOf(book(), open.id);
    // Until it is counted: then it is for the body, as it says.
    expect((await as.administrator.getResolution({ params })).status).toBe(404);
    expect((await as.treasurer.getResolution({ params })).status).toBe(404);
  });
});

const shown = (text: string) => text.replace(/"(instance|requestId|trace)":"[^"]*",?/g, '');
