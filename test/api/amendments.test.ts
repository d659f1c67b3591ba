/** Amendments over HTTP: a motion before its vote becomes what the body makes of it, and every text that it had stays readable. */
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { bodyOf, draftedOf, inAnHour, motionOf, movedOf, openedOf, secondedOf, voted } from '../support/resolutions.ts';

const replacement = { title: 'A resolution', preamble: '', text: '1. It is *not* so.' };

describeOnEachStore('amendments', book => {
  const bodyOfTwo = () => bodyOf(book(), ['member', 'director']);
  const amendmentOf = (resolutionId: string, textVersion = 1, words = replacement) =>
    motionOf({
      title: 'An amendment',
      effects: [{ kind: 'amend-motion', resolutionId, textVersion, replacement: words }],
    });
  const amending = (bodyId: string, resolutionId: string, textVersion = 1, words = replacement) =>
    openedOf(book(), book().as.member, book().as.director, bodyId, {
      motion: amendmentOf(resolutionId, textVersion, words),
    });
  const read = async (resolutionId: string) =>
    (await book().as.secretary.getResolution({ params: { resolutionId } })).body;

  it('make another text of a motion when they are carried; its mover and seconder stay, and they get no number', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const motion = await secondedOf(as.member, as.director, bodyId);
    const { id } = await amending(bodyId, motion.id);
    expect(await read(motion.id)).toMatchObject({ underAmendment: id, textVersion: 1, state: 'seconded' });
    const amendment = await voted(book(), id);
    expect(amendment.adoption).toMatchObject({ number: null, withoutEffect: [] });
    const amended = await read(motion.id);
    expect(amended).toMatchObject({ ...replacement, textVersion: 2, underAmendment: null, state: 'seconded' });
    expect([amended.mover, amended.seconder]).toEqual([motion.mover, motion.seconder]);
    expect(amended.textHash).not.toBe(motion.textHash);
    expect((await as.public.listRegister({ params: { bodyId } })).body.items).toEqual([]);
    const events = await as.auditor.listEvents({ params: { kind: 'resolution', recordId: motion.id } });
    expect(events.body.items.slice(0, 2).map(({ operation }) => operation)).toEqual(['countVote', 'openVote']);
  });

  it('leave the motion as it was when they fail, and free again', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const motion = await secondedOf(as.member, as.director, bodyId);
    const { id } = await amending(bodyId, motion.id);
    await voted(book(), id, 'no');
    const after = await read(motion.id);
    expect(after).toMatchObject({ text: motion.text, textVersion: 1, underAmendment: null });
    const params = { resolutionId: motion.id };
    const opening = await as.secretary.openVote({ params, version: after.version, body: { closesAt: inAnHour() } });
    expect(opening.status).toBe(200);
  });

  it('make the motion stand still while they are put to the vote, one at a time', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const motion = await secondedOf(as.member, as.director, bodyId);
    const waiting = await secondedOf(as.member, as.director, bodyId, amendmentOf(motion.id));
    const { id } = await amending(bodyId, motion.id);
    const { version } = await read(motion.id);
    const request = { params: { resolutionId: motion.id }, version };
    const reason = 'For a reason.';
    const body = { closesAt: inAnHour() };
    const answers = await Promise.all([
      as.secretary.openVote({ ...request, body }),
      as.member.updateResolution({ ...request, body: motionOf() }),
      as.member.withdrawResolution({ ...request, body: { reason } }),
      as.secretary.putAsideResolution({ ...request, body: { reason, to: null } }),
      as.secretary.changeConfidentiality({
        ...request,
        body: { reason, confidential: { reason, reviewOn: '2999-01-01' } },
      }),
      as.secretary.openVote({ params: { resolutionId: waiting.id }, version: waiting.version, body }),
    ]);
    expect(answers.map(({ problem }) => problem.code)).toEqual(answers.map(() => 'state-conflict'));
    await voted(book(), id);
    // The other was written for a text that is no more: its author has to write it anew.
    const late = await as.secretary.openVote({
      params: { resolutionId: waiting.id },
      version: waiting.version,
      body,
    });
    expect(late.problem).toMatchObject({ code: 'state-conflict', detail: expect.stringContaining('reads otherwise') });
    const rewritten = await as.member.updateResolution({
      params: { resolutionId: waiting.id },
      version: waiting.version,
      body: amendmentOf(motion.id, 2),
    });
    expect(rewritten.body).toMatchObject({ state: 'draft', textVersion: 2 });
  });

  it('are put to the vote one after the other when two are opened at once', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const motion = await secondedOf(as.member, as.director, bodyId);
    const ready = await Promise.all(
      [1, 2].map(() => secondedOf(as.member, as.director, bodyId, amendmentOf(motion.id))),
    );
    const opened = await Promise.all(
      ready.map(({ id, version }) =>
        as.secretary.openVote({ params: { resolutionId: id }, version, body: { closesAt: inAnHour() } }),
      ),
    );
    expect(opened.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const winner = opened.find(({ status }) => status === 200)?.body.id;
    expect((await read(motion.id)).underAmendment).toBe(winner);
  });

  it('are drafted for what the body is to decide only, for its present text, and not for another amendment', async () => {
    const { as } = book();
    const [bodyId, other] = [await bodyOfTwo(), await bodyOfTwo()];
    const [motion, draft, elsewhere] = [
      await movedOf(as.member, bodyId),
      await draftedOf(as.member, bodyId),
      await movedOf(as.member, other),
    ];
    const amendment = await movedOf(as.member, bodyId, amendmentOf(motion.id));
    const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';
    const messages: string[] = [];
    for (const body of [
      amendmentOf(motion.id, 2),
      amendmentOf(draft.id),
      amendmentOf(elsewhere.id),
      amendmentOf(unknown),
      amendmentOf(amendment.id),
    ]) {
      const { problem } = await as.member.createResolution({ params: { bodyId }, body });
      expect(problem).toMatchObject({ code: 'validation-failed', errors: [{ field: '/effects/0/resolutionId' }] });
      messages.push(problem.errors?.[0]?.message ?? '');
    }
    // What another body has before it does not differ from what there is not.
    expect(messages[2]).toBe(messages[3]);
    expect(new Set(messages).size).toBe(4);
    const effects = amendmentOf(motion.id).effects ?? [];
    for (const more of [
      { followUp: { personId: book().people.member, due: '2999-01-01' } },
      { election: { method: 'plurality' as const, places: 1, options: ['A', 'B'] } },
      { effects: [...effects, ...effects] },
    ]) {
      const body = { ...amendmentOf(motion.id), ...more };
      expect((await as.member.createResolution({ params: { bodyId }, body })).problem.code).toBe('validation-failed');
    }
  });

  it('and revisions leave every text behind, with who wrote it and what differs from the one before', async () => {
    const { as, people } = book();
    const bodyId = await bodyOfTwo();
    const { id, version } = await draftedOf(as.member, bodyId);
    const params = { resolutionId: id };
    const revised = (await as.member.updateResolution({ params, version, body: motionOf({ text: '1. It was *so*.' }) }))
      .body;
    await as.member.moveResolution({ params, version: revised.version });
    const { id: amendment } = await amending(bodyId, id, 2, { ...replacement, text: '1. It was *not so*.' });
    await voted(book(), amendment);
    const { items, next } = (await as.member.listTexts({ params })).body;
    expect(next).toBeNull();
    expect(items.map(({ textVersion, by, amendment: from }) => [textVersion, by?.id ?? null, from])).toEqual([
      [3, null, amendment],
      [2, people.member, null],
      [1, people.member, null],
    ]);
    expect(items.map(({ changes }) => changes.text)).toEqual([
      [
        { kind: 'same', text: '1. It was *' },
        { kind: 'added', text: 'not ' },
        { kind: 'same', text: 'so*.' },
      ],
      [
        { kind: 'same', text: '1. It ' },
        { kind: 'removed', text: 'is' },
        { kind: 'added', text: 'was' },
        { kind: 'same', text: ' *so*.' },
      ],
      [{ kind: 'added', text: '1. It is *so*.' }],
    ]);
    const paged = (await as.member.listTexts({ params, query: { limit: '2' } })).body;
    expect(paged.items).toEqual(items.slice(0, 2));
    const cursor = new URL(paged.next ?? '', 'http://book').searchParams.get('cursor') ?? '';
    expect((await as.member.listTexts({ params, query: { limit: '2', cursor } })).body.items).toEqual(items.slice(2));
    // Not even that there are texts is told to whoever may not see the resolution.
    expect((await as.treasurer.listTexts({ params })).status).toBe(404);
    expect((await as.public.listTexts({ params })).status).toBe(404);
  });

  it('stay with members until the motion is public, and are public with it', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const motion = await secondedOf(as.member, as.director, bodyId);
    const { id } = await amending(bodyId, motion.id);
    await voted(book(), id);
    const params = { resolutionId: id };
    expect((await as.treasurer.getResolution({ params })).status).toBe(200);
    expect((await as.public.getResolution({ params })).status).toBe(404);
    const { version } = await read(motion.id);
    const request = { params: { resolutionId: motion.id }, version, body: { closesAt: inAnHour() } };
    await as.secretary.openVote(request).then(({ body }) => body);
    await voted(book(), motion.id);
    expect((await as.public.getResolution({ params })).body).toMatchObject({ id, state: 'carried' });
    const texts = (await as.public.listTexts({ params: { resolutionId: motion.id } })).body.items;
    expect(texts.map(({ amendment, by }) => [amendment, by])).toEqual([
      [id, null],
      [null, null],
    ]);
  });
});
