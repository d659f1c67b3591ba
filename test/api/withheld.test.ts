/** What a body has before it, and who sits in it, stays with it where it does not make that known: no list and no link tells of it. */
import { expect, it } from 'vitest';
import { describeOnEachStore } from '../support/book.ts';
import { bodyOf, draftedOf, inAnHour, motionOf, openedOf, voted } from '../support/resolutions.ts';

describeOnEachStore('what others are not told', book => {
  it('is a text that was only drafted: what they see begins with the one that was moved', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const draft = await draftedOf(as.member, bodyId, motionOf({ text: '1. A harsh word.' }));
    const params = { resolutionId: draft.id };
    const next = async (change: Promise<{ body: { version: number } }>) => (await change).body.version;
    const body = motionOf({ text: '1. A mild word.' });
    let version = await next(as.member.updateResolution({ params, version: draft.version, body }));
    version = await next(as.member.moveResolution({ params, version }));
    version = await next(as.director.secondResolution({ params, version }));
    await as.secretary.openVote({ params, version, body: { closesAt: inAnHour() } }).then(answer => answer.body);
    const texts = async (who: 'treasurer' | 'public' | 'director') =>
      (await as[who].listTexts({ params, query: { limit: '1' } })).body;
    const shown = {
      items: [{ textVersion: 2, changes: { text: [{ kind: 'added', text: '1. A mild word.' }] } }],
      next: null,
    };
    expect(await texts('treasurer')).toMatchObject(shown);
    await voted(book(), draft.id);
    expect(await texts('public')).toMatchObject(shown);
    const whole = await texts('director');
    expect(JSON.stringify(whole.items[0]?.changes)).toContain('harsh');
    const cursor = new URL(whole.next ?? '', 'http://book').searchParams.get('cursor') ?? '';
    expect((await as.director.listTexts({ params, query: { cursor } })).body.items).toMatchObject([{ textVersion: 1 }]);
    expect((await as.public.listTexts({ params, query: { cursor } })).body.items).toEqual([]);
  });

  it('is who moved, voted and signed in a body that does not publish who sits in it', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'administrator'], { publishesSeats: false });
    const { id } = await openedOf(book(), as.member, as.administrator, bodyId);
    const params = { resolutionId: id };
    await as.member.castVote({ params, body: { choice: 'yes' } }).then(({ body }) => body);
    await voted(book(), id);
    // Somebody of another body, who sees no such seats.
    const other = await bodyOf(book(), []);
    const email = `other-${id}@example.org`;
    const person = (await as.administrator.createPerson({ body: { name: 'Another Member', email } })).body;
    const seat = { office: 'member', title: null, voting: true, from: '2020-01-01', to: null } as const;
    const request = { params: { bodyId: other }, body: { ...seat, personId: person.id } };
    await as.administrator.createSeat(request).then(({ body }) => body);
    const outsider = await book().signedIn(email);
    const seen = (await outsider.getResolution({ params })).body;
    expect([seen.author, seen.mover?.by, seen.seconder?.by]).toEqual([null, null, null]);
    const ballots = async (client: typeof outsider) =>
      (await client.listBallots({ params })).body.items.map(item => item.person?.name ?? null);
    expect(new Set(await ballots(outsider))).toEqual(new Set([null]));
    expect(await ballots(as.auditor)).not.toContain(null);
    expect(await ballots(as.member)).not.toContain(null);
    const [text] = (await outsider.listTexts({ params })).body.items;
    expect(text?.by).toBeNull();
  });

  it('is the new text of something confidential: what amends it is confidential, too', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const open = await openedOf(book(), as.member, as.director, bodyId);
    const confidential = { reason: 'It concerns one person.', reviewOn: '2999-01-01' };
    const keep = { confidential, reason: 'Decided in closed session.' };
    const kept = { params: { resolutionId: open.id }, version: open.version, body: keep };
    await as.secretary.changeConfidentiality(kept).then(({ body }) => body);
    await voted(book(), open.id);
    const replacement = { title: 'A resolution', preamble: '', text: '1. What nobody else should read.' };
    const amends = motionOf({ effects: [{ kind: 'amends', resolutionId: open.id, replacement }] });
    const draft = await draftedOf(as.member, bodyId, amends);
    expect(draft.confidential).toEqual(confidential);
    const lift = { confidential: null, reason: 'Why not?' };
    const lifted = await as.secretary.changeConfidentiality({
      params: { resolutionId: draft.id },
      version: draft.version,
      body: lift,
    });
    expect(lifted.problem).toMatchObject({ code: 'state-conflict' });
    // Nor by another way: first a harmless text, then this one.
    const harmless = await draftedOf(as.member, bodyId);
    const params = { resolutionId: harmless.id };
    let { version } = (await as.member.updateResolution({ params, version: harmless.version, body: amends })).body;
    version = (await as.member.moveResolution({ params, version })).body.version;
    version = (await as.director.secondResolution({ params, version })).body.version;
    const opened = await as.secretary.openVote({ params, version, body: { closesAt: inAnHour() } });
    expect(opened.problem.detail).toContain('What it amends is confidential.');
  });

  it('is that something follows on a list which they may not see', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const meeting = { title: 'Closed', kind: 'regular', timeZone: 'America/New_York', isPublic: false } as const;
    const on = (day: string) => ({ startsAt: `${day}T15:00:00.000Z`, endsAt: `${day}T16:00:00.000Z` });
    const schedule = (day: string, isPublic: boolean) =>
      as.secretary.createMeeting({ params: { bodyId }, body: { ...meeting, ...on(day), isPublic } });
    const [known] = (await schedule('2034-03-01', true)).body.items;
    await schedule('2034-04-01', false).then(({ body }) => body);
    const { id = '', version = 0 } = known ?? {};
    await as.secretary.giveNotice({ params: { meetingId: id }, version, body: {} }).then(({ body }) => body);
    const list = async (who: 'public' | 'member') =>
      (await as[who].listMeetings({ params: { bodyId }, query: { limit: '1' } })).body;
    expect((await list('public')).next).toBeNull();
    expect((await list('member')).next).not.toBeNull();
  });
});
