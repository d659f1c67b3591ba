/** What is put aside and taken up, what failed, and what has to be done after an adoption, over HTTP. */
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { bodyOf, decidedOf, draftedOf, motionOf, movedOf, secondedOf } from '../support/resolutions.ts';

const reason = 'For a reason.';
const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';

describeOnEachStore('follow-ups, and what comes to nothing', book => {
  const bodyOfTwo = () => bodyOf(book(), ['member', 'director']);

  it('are listed by their due date until they are done: to members with the person, to everybody without', async () => {
    const { as, people } = book();
    const bodyId = await bodyOfTwo();
    const due = async (date: string) =>
      (await decidedOf(book(), bodyId, motionOf({ title: date, followUp: { personId: people.treasurer, due: date } })))
        .id;
    const [later, sooner] = [await due('2031-02-01'), await due('2031-01-01')];
    await decidedOf(
      book(),
      bodyId,
      motionOf({ title: 'failed', followUp: { personId: people.treasurer, due: '2031-01-01' } }),
      'no',
    );
    await decidedOf(book(), bodyId);
    const list = async (client = as.public) => (await client.listFollowUps({ params: { bodyId } })).body.items;
    const person = { id: people.treasurer, name: 'Person treasurer' };
    expect((await list(as.member)).map(({ id, followUp }) => [id, followUp])).toEqual([
      [sooner, { person, due: '2031-01-01' }],
      [later, { person, due: '2031-02-01' }],
    ]);
    expect((await list()).map(({ title, number, followUp }) => [title, number?.slice(5), followUp])).toEqual([
      ['2031-01-01', '002', { person: null, due: '2031-01-01' }],
      ['2031-02-01', '001', { person: null, due: '2031-02-01' }],
    ]);
    const params = { resolutionId: sooner };
    const { version } = (await as.treasurer.getResolution({ params })).body;
    const done = (await as.treasurer.recordFollowUp({ params, version, body: { done: true, note: 'Sent.' } })).body;
    expect(done).toMatchObject({ done: { by: person, note: 'Sent.' }, followUp: { person } });
    expect((await list()).map(({ id }) => id)).toEqual([later]);
    expect((await as.public.getResolution({ params })).body.done).toMatchObject({ by: null, note: 'Sent.' });
    const again = { params, version: done.version, body: { done: true, note: 'Sent.' } };
    expect((await as.treasurer.recordFollowUp(again)).problem.code).toBe('state-conflict');
    const undone = { ...again, body: { done: false, note: 'It came back.' } };
    expect((await as.secretary.recordFollowUp(undone)).body.done).toBeNull();
    expect((await list()).map(({ id }) => id)).toEqual([sooner, later]);
  });

  it('are recorded by whoever has it to do or leads the body, once it is adopted; and name a person of the book', async () => {
    const { as, people } = book();
    const bodyId = await bodyOfTwo();
    const followUp = { personId: people.treasurer, due: '2031-01-01' };
    const { id, version } = await decidedOf(book(), bodyId, motionOf({ followUp }));
    const request = { params: { resolutionId: id }, version, body: { done: true, note: 'Done.' } };
    expect((await as.member.recordFollowUp(request)).problem.code).toBe('not-allowed');
    expect((await as.auditor.recordFollowUp(request)).problem.code).toBe('not-allowed');
    expect((await as['signed-in'].recordFollowUp(request)).status).toBe(404);
    const draft = await draftedOf(as.member, bodyId, motionOf({ followUp }));
    const early = { params: { resolutionId: draft.id }, version: draft.version, body: request.body };
    // A draft is for the body: whoever is to do something learns of it once it is adopted.
    expect((await as.treasurer.recordFollowUp(early)).status).toBe(404);
    expect((await as.secretary.recordFollowUp(early)).problem.code).toBe('state-conflict');
    const without = await decidedOf(book(), bodyId);
    const none = { params: { resolutionId: without.id }, version: without.version, body: request.body };
    expect((await as.secretary.recordFollowUp(none)).problem.code).toBe('state-conflict');
    const body = motionOf({ followUp: { personId: unknown, due: '2031-01-01' } });
    expect((await as.member.createResolution({ params: { bodyId }, body })).problem.errors).toMatchObject([
      { field: '/followUp/personId' },
    ]);
  });

  it('show what failed to members, and what was put aside to the body alone', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const failed = await decidedOf(book(), bodyId, motionOf(), 'no');
    const moved = await movedOf(as.member, bodyId);
    const params = { resolutionId: moved.id };
    await as.member.withdrawResolution({ params, version: moved.version, body: { reason } }).then(({ body }) => body);
    await decidedOf(book(), bodyId);
    const list = async (client = as.member, query = {}) =>
      (await client.listEnded({ params: { bodyId }, query })).body.items.map(({ id, ended }) => [id, ended]);
    expect(await list()).toEqual([
      [moved.id, 'withdrawn'],
      [failed.id, 'failed'],
    ]);
    expect(await list(as.auditor)).toHaveLength(2);
    expect(await list(as.treasurer)).toEqual([[failed.id, 'failed']]);
    expect(await list(as.member, { year: '2020' })).toEqual([]);
    expect((await as.member.listEnded({ params: { bodyId: unknown } })).status).toBe(404);
  });

  it('lets whoever leads the body, or the one it was referred to, take up what was put aside, as it was', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const committee = await bodyOf(book(), ['treasurer'], { office: 'chair' });
    const aside = async (to: string | null) => {
      const { id, version } = await secondedOf(as.member, as.director, bodyId);
      const params = { resolutionId: id };
      const put = (await as.secretary.putAsideResolution({ params, version, body: { reason, to } })).body;
      return { params, version: put.version };
    };
    const postponed = await aside(null);
    expect((await as.member.takeUpResolution(postponed)).problem.code).toBe('not-allowed');
    expect((await as.treasurer.takeUpResolution(postponed)).status).toBe(404);
    const again = (await as.secretary.takeUpResolution(postponed)).body;
    expect(again).toMatchObject({ state: 'seconded', aside: null });
    expect((await as.secretary.takeUpResolution({ ...postponed, version: again.version })).problem.code).toBe(
      'state-conflict',
    );
    const pending = (await as.member.listPending({ params: { bodyId } })).body.items;
    expect(pending.map(({ id }) => id)).toEqual([postponed.params.resolutionId]);
    // What is referred is shown to those who are to look at it.
    const referred = await aside(committee);
    expect((await as.treasurer.getResolution({ params: referred.params })).body.state).toBe('referred');
    expect((await as.treasurer.takeUpResolution(referred)).body.state).toBe('seconded');
    expect((await as.treasurer.getResolution({ params: referred.params })).status).toBe(404);
  });

  it('lets only the author, the mover and whoever leads the body revise a text', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director', 'treasurer']);
    const { id, version } = await draftedOf(as.member, bodyId);
    const params = { resolutionId: id };
    const moved = (await as.director.moveResolution({ params, version })).body;
    const body = motionOf({ text: 'Another.' });
    const revising = async (client: typeof as.member, at: number) =>
      (await client.updateResolution({ params, version: at, body })).status;
    expect(await revising(as.treasurer, moved.version)).toBe(403);
    expect(await revising(as.auditor, moved.version)).toBe(403);
    expect(await revising(as.director, moved.version)).toBe(200);
    // Nobody has moved it any more: the director is a voter like any other.
    expect(await revising(as.director, moved.version + 1)).toBe(403);
    expect(await revising(as.member, moved.version + 1)).toBe(200);
    expect(await revising(as.secretary, moved.version + 2)).toBe(200);
  });
});
