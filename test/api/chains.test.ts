/** Chains of resolutions over HTTP: what later ones do to an adopted one, and how it reads on a day. */
import { expect, it } from 'vitest';
import { countDue } from '../../functions/count/countDue.ts';
import { mostEffects } from '../../shared/core/decisions/motions.ts';
import { describeOnEachStore } from '../support/book.ts';
import {
  bodyOf,
  countedOf,
  decidedOf,
  inAnHour,
  type MotionInput,
  motionOf,
  movedOf,
  openedOf,
  secondedOf,
} from '../support/resolutions.ts';

const replacement = { title: 'A resolution, amended', preamble: '', text: '1. It is *not* so.' };
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short' }).format(new Date());
const day = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

describeOnEachStore('chains of resolutions', book => {
  const bodyOfTwo = () => bodyOf(book(), ['member', 'director']);
  const adopted = (bodyId: string, motion: Partial<MotionInput> = {}) => decidedOf(book(), bodyId, motionOf(motion));
  const rescinds = (resolutionId: string) => motionOf({ effects: [{ kind: 'rescinds', resolutionId }] });
  const read = async (resolutionId: string) =>
    (await book().as.secretary.getResolution({ params: { resolutionId } })).body;
  const inForce = async (resolutionId: string, on?: string, client = book().as.public) =>
    (await client.getInForce({ params: { resolutionId }, query: on === undefined ? {} : { on } })).body;

  it('tell from both ends what was amended, rescinded and superseded, from when on, and how it reads', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const first = await adopted(bodyId);
    const second = await adopted(bodyId, {
      title: 'The amendment',
      effectiveOn: day(10),
      effects: [{ kind: 'amends', resolutionId: first.id, replacement }],
    });
    const third = await adopted(bodyId, {
      title: 'The end',
      effectiveOn: day(20),
      effects: [{ kind: 'supersedes', resolutionId: first.id }],
    });
    const [amends, supersedes] = [
      { kind: 'amends', id: second.id, number: second.adoption?.number, from: day(10) },
      { kind: 'supersedes', id: third.id, number: third.adoption?.number, from: day(20) },
    ];
    expect((await read(first.id)).later).toEqual([amends, supersedes]);
    const { title, preamble, text } = first;
    const original = { title, preamble, text };
    expect(await inForce(first.id)).toMatchObject({
      on: today,
      holds: true,
      since: today,
      text: original,
      amended: null,
    });
    expect(await inForce(first.id, day(-1))).toMatchObject({ holds: false, text: null, amended: null, ended: null });
    expect(await inForce(first.id, day(9))).toMatchObject({ holds: true, text: original, amended: null });
    expect(await inForce(first.id, day(10))).toMatchObject({
      holds: true,
      text: replacement,
      amended: { ...amends, title: 'The amendment' },
      ended: null,
    });
    expect(await inForce(first.id, day(20))).toMatchObject({
      holds: false,
      text: replacement,
      amended: amends,
      ended: { ...supersedes, title: 'The end' },
      changes: [],
      changedBy: [amends, supersedes],
    });
    expect((await inForce(third.id, day(19))).holds).toBe(false);
    expect(await inForce(third.id, day(20))).toMatchObject({
      holds: true,
      changes: [{ kind: 'supersedes', id: first.id, number: first.adoption?.number, title, from: day(20) }],
      changedBy: [],
    });
    const register = (await as.public.listRegister({ params: { bodyId } })).body.items;
    expect(register.map(({ id, later }) => [id, later])).toEqual([
      [first.id, supersedes],
      [second.id, null],
      [third.id, null],
    ]);
    const events = (await as.auditor.listEvents({ params: { kind: 'resolution', recordId: first.id } })).body.items;
    expect(events.slice(0, 2).map(({ changes }) => changes.map(({ field }) => field))).toEqual([['later'], ['later']]);
  });

  it('begin with what the body has adopted, and what nothing has ended', async () => {
    const { as } = book();
    const [bodyId, other] = [await bodyOfTwo(), await bodyOfTwo()];
    const draft = await movedOf(as.member, bodyId);
    const elsewhere = await adopted(other);
    const failed = await decidedOf(book(), bodyId, motionOf(), 'no');
    const ended = await adopted(bodyId);
    const { adoption } = await decidedOf(book(), bodyId, rescinds(ended.id));
    for (const [target, message] of [
      [draft, 'It was not adopted: it has no number.'],
      [failed, 'It was not adopted: it has no number.'],
      [elsewhere, 'The body has no such resolution.'],
      [ended, `It was rescinded by ${adoption?.number}.`],
    ] as const) {
      const { problem } = await as.member.createResolution({ params: { bodyId }, body: rescinds(target.id) });
      expect(problem.errors).toEqual([{ in: 'body', field: '/effects/0/resolutionId', message }]);
    }
  });

  it('end once: of two rescissions the second is carried all the same, and says that it found nothing', async () => {
    const { as, services, setClock } = book();
    const bodyId = await bodyOfTwo();
    const target = await adopted(bodyId);
    const closesAt = inAnHour();
    const opened = [];
    for (const title of ['One', 'Two']) {
      const motion = { ...rescinds(target.id), title };
      opened.push(await openedOf(book(), as.member, as.director, bodyId, { closesAt, motion }));
    }
    for (const { id } of opened) await as.member.castVote({ params: { resolutionId: id }, body: { choice: 'yes' } });
    // Two counters come by at the same moment.
    setClock(new Date(Date.parse(closesAt) + 1000).toISOString());
    try {
      await Promise.all([countDue(services), countDue(services)]);
    } finally {
      setClock(undefined);
    }
    const decided = await Promise.all(opened.map(({ id }) => countedOf(book(), id)));
    expect(decided.map(({ state }) => state)).toEqual(['carried', 'carried']);
    const [winner, loser] = decided.toSorted(
      (a, b) => (a.adoption?.withoutEffect.length ?? 0) - (b.adoption?.withoutEffect.length ?? 0),
    );
    expect(winner?.adoption?.withoutEffect).toEqual([]);
    expect(loser?.adoption?.withoutEffect).toEqual([0]);
    expect((await read(target.id)).later.map(({ id }) => id)).toEqual([winner?.id]);
    expect((await inForce(loser?.id ?? '')).changes).toMatchObject([{ kind: 'rescinds', id: target.id, from: null }]);
    const numbers = (await as.public.listRegister({ params: { bodyId } })).body.items.map(({ number }) => number);
    expect(numbers).toEqual(['001', '002', '003'].map(number => `${target.adoption?.number?.slice(0, 4)}-${number}`));
  });

  it('cannot be put to the vote for what has ended since they were drafted', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const target = await adopted(bodyId);
    const late = await secondedOf(as.member, as.director, bodyId, rescinds(target.id));
    await decidedOf(book(), bodyId, rescinds(target.id));
    const request = { params: { resolutionId: late.id }, version: late.version, body: { closesAt: inAnHour() } };
    const { problem } = await as.secretary.openVote(request);
    expect(problem).toMatchObject({ code: 'state-conflict', detail: expect.stringContaining('It was rescinded by') });
  });

  it('change as many others as one commit takes, and no more', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const targets = [];
    for (let count = 0; count < mostEffects; count++) targets.push(await adopted(bodyId));
    const effects = targets.map(({ id }) => ({ kind: 'rescinds' as const, resolutionId: id }));
    const sweeping = await adopted(bodyId, { effects });
    expect(sweeping.adoption?.withoutEffect).toEqual([]);
    for (const { id } of targets) expect((await inForce(id)).ended?.id).toBe(sweeping.id);
    const events = (await as.auditor.listBookEvents({ query: { limit: '100' } })).body.items;
    const ids = events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const again = { ...motionOf(), effects: [...effects, ...effects] };
    expect((await as.member.createResolution({ params: { bodyId }, body: again })).problem.code).toBe(
      'validation-failed',
    );
  });

  it('are for whoever may see the resolution: nothing of a draft for others', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const draft = await movedOf(as.member, bodyId);
    expect(await inForce(draft.id, undefined, as.member)).toMatchObject({ holds: false, since: null, text: null });
    for (const client of [as.public, as.treasurer])
      expect((await client.getInForce({ params: { resolutionId: draft.id } })).status).toBe(404);
  });
});
