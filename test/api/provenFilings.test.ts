/** Returns, supporters, meetings and open ballots: proven to everybody just as far as everybody sees them, and not a day longer. */
import { expect, it } from 'vitest';
import { compareFields } from '../../web/verifier/fields.ts';
import { describeOnEachStore } from '../support/book.ts';
import type { Client } from '../support/client.ts';
import { factsOf, noticedOf, scheduledOf } from '../support/meetings.ts';
import { bodyOf, openedOf, voted } from '../support/resolutions.ts';
import { filedOf, postcardBody, postcardFiledOf, readingOf, readOf } from '../support/returns.ts';
import { sealNow } from '../support/sealing.ts';
import { createdSupport, supportBody } from '../support/supporters.ts';
import { putToVote, readyOf, ruledBody } from '../support/votes.ts';

type Proof = { readonly index: number; readonly url: string };
type Shown = Parameters<typeof compareFields>[0];

describeOnEachStore('what is proven', book => {
  /** What the address of a proof answers to somebody. */
  async function provenAt({ url }: Proof, client: Client = book().as.public) {
    const [, kind = '', recordId = '', version = ''] = /records\/([^/]+)\/([^/]+)\/versions\/(\d+)$/.exec(url) ?? [];
    return client.getProofOfRecord({ params: { kind, recordId, version } });
  }

  /** What is sealed of a record is what everybody is shown of it. @returns the fields that are sealed. */
  async function expectProven(read: () => Promise<Shown>) {
    await sealNow(book());
    const shown = await read();
    const proof = shown.proof as Proof;
    const { sealed } = (await provenAt(proof)).body;
    // As verifiers compare it, which share no code with what seals.
    const uncovered = compareFields(shown, sealed.content);
    return { proof, fields: Object.keys(sealed.content), uncovered };
  }

  const readReturn = (returnId: string, client = book().as.public) => client.getReturn({ params: { returnId } });

  it('is what a return says, while anyone can have its copy', async () => {
    const { as } = book();
    const { read, filingId } = await readOf(book());
    expect(read.proof).toBe('pending');
    const { proof, fields, uncovered } = await expectProven(async () => (await readReturn(read.id)).body);
    // Officers see no more of it, and compare it with the same statement.
    await expectProven(async () => (await readReturn(read.id, as.auditor)).body);
    expect(uncovered).toEqual(expect.arrayContaining(['state', 'submittedOn', 'withheld', 'content.officers']));
    expect(fields).toEqual(expect.arrayContaining(['ein', 'amounts', 'counts', 'content', 'publicCopy']));
    const { version } = (await as.treasurer.getFiling({ params: { filingId } })).body;
    const back = { submission: 1, copies: [] };
    await as.treasurer.publishCopies({ params: { filingId }, version, body: back }).then(({ body }) => body);
    expect((await readReturn(read.id)).status).toBe(404);
    expect((await provenAt(proof)).status).toBe(404);
  });

  it('is what a postcard says to everybody, of whom it names', async () => {
    const { as } = book();
    const { filingId } = await postcardFiledOf(book());
    const made = (await as.treasurer.recordPostcard({ params: { filingId }, body: postcardBody })).body;
    expect(made.proof).toBe('pending');
    const { proof } = await expectProven(async () => (await readReturn(made.id)).body);
    await expectProven(async () => (await readReturn(made.id, as.auditor)).body);
    const text = JSON.stringify((await provenAt(proof)).body);
    expect(text).toContain(postcardBody.officer.name);
    expect(text).not.toContain('Fennelwick');
  });

  it('is not a return that the authority rejected', async () => {
    const { as } = book();
    const made = await filedOf(book());
    const { id } = (await as.treasurer.readReturn(readingOf(made))).body;
    await sealNow(book());
    const { proof } = (await readReturn(id)).body;
    const params = { filingId: made.filingId };
    const { version } = (await as.treasurer.getFiling({ params })).body;
    const body = { submission: 1, accepted: false, on: '2024-05-12', note: null };
    await as.treasurer.answerFiling({ params, version, body }).then(answer => answer.body);
    expect((await provenAt(proof as Proof)).status).toBe(404);
    expect((await provenAt(proof as Proof, as.auditor)).status).toBe(200);
  });

  it('is what a supporter agreed to now, and nothing that they agreed to once', async () => {
    const { as } = book();
    const unnamed = await createdSupport(book());
    expect(unnamed.proof).toBeNull();
    const params = { supportId: unnamed.id };
    const read = async (client: Client = as.public) => (await client.getSupport({ params })).body;
    const change = async (version: number, consent: Parameters<typeof supportBody>[0]) =>
      (await as.treasurer.updateSupport({ params, version, body: supportBody(consent) })).body;

    const whole = await change(1, { consent: { given: true } });
    expect(whole.proof).toBe('pending');
    const first = await expectProven(read);
    const list = async () => (await as.public.listSupport({ query: { year: '2024', limit: '100' } })).body.items;
    expect((await list()).find(({ id }) => id === unnamed.id)?.proof).toEqual(first.proof);

    const noted = await change(2, { consent: { given: true }, note: 'For us.' });
    expect(noted.proof).toEqual(first.proof);
    const less = await change(3, { consent: { given: true, shows: { as: 'nothing' } } });
    expect(less.proof).toBe('pending');
    const second = await expectProven(read);
    expect(JSON.stringify((await provenAt(second.proof)).body)).not.toContain('100000');
    // The amount was sealed once, and is nobody's business any more.
    expect((await provenAt(first.proof)).status).toBe(404);

    const refused = await change(4, { consent: { given: false } });
    expect(refused.proof).toBeNull();
    await sealNow(book());
    expect((await read(as.auditor)).proof).toBeNull();
    for (const { proof } of [first, second]) expect((await provenAt(proof)).status).toBe(404);
  });

  it('is that there is a meeting, once notice was given and as long as it holds', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const times = { startsAt: '2034-03-01T15:00:00.000Z', endsAt: '2034-03-01T16:00:00.000Z' };
    const planned = await scheduledOf(as.secretary, bodyId, times);
    expect(planned.proof).toBeNull();
    const params = { meetingId: planned.id };
    const noticed = (await as.secretary.giveNotice({ params, version: 1, body: { waiver: 'All agreed.' } })).body;
    expect(noticed.proof).toBe('pending');
    const read = async () => (await as.public.getMeeting({ params })).body;
    const { proof, fields } = await expectProven(read);
    expect(fields).not.toContain('place');
    const elsewhere = factsOf({ ...times, place: 'Elsewhere' });
    const moved = (await as.secretary.updateMeeting({ params, version: noticed.version, body: elsewhere })).body;
    expect(moved.proof).toBeNull();
    await sealNow(book());
    expect((await provenAt(proof)).status).toBe(404);
    const again = { params, version: moved.version, body: { waiver: 'All agreed.' } };
    const { version } = (await as.secretary.giveNotice(again)).body;
    await as.secretary.cancelMeeting({ params, version, body: { reason: 'Nobody can.' } }).then(({ body }) => body);
    await expectProven(read);
    expect((await read()).cancelled?.reason).toBe('Nobody can.');
  });

  it('is nothing of a meeting that is not for everybody', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const closed = await noticedOf(as.secretary, bodyId, { isPublic: false });
    expect(closed.proof).toBeNull();
  });

  it('is who voted how in an open ballot, once the decision is public, and not how they voted first', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const { id } = await openedOf(book(), as.member, as.director, bodyId);
    const params = { resolutionId: id };
    await as.member.castVote({ params, body: { choice: 'no' } }).then(({ body }) => body);
    await sealNow(book());
    const ballots = async (client: Client) => (await client.listBallots({ params })).body.items;
    const [early] = await ballots(as.member);
    expect((await provenAt(early?.proof as Proof)).status).toBe(404);
    expect((await provenAt(early?.proof as Proof, as.director)).status).toBe(200);
    await voted(book(), id);
    const [last] = await ballots(as.public);
    expect(last).toMatchObject({ choice: 'yes', proof: 'pending' });
    const { proof } = await expectProven(async () => (await ballots(as.public))[0] as Shown);
    expect((await provenAt(early?.proof as Proof)).status).toBe(404);
    expect(proof.url).toContain(book().people.member);
  });

  it('is no ballot of somebody whom the body does not name', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director'], { publishesSeats: false });
    const { id } = await openedOf(book(), as.member, as.director, bodyId);
    await voted(book(), id);
    await sealNow(book());
    const params = { resolutionId: id };
    const shown = async (client: Client) => (await client.listBallots({ params })).body.items[0];
    expect(await shown(as.public)).toMatchObject({ person: null, proof: null });
    const own = (await shown(as.member))?.proof as Proof;
    expect((await provenAt(own, as.member)).status).toBe(200);
    expect((await provenAt(own)).status).toBe(404);
  });

  it('is nothing of a secret ballot', async () => {
    const { as, people } = book();
    const rules = { ordinary: { ballot: 'secret' as const } };
    const bodyId = await ruledBody(book(), { member: {}, director: {} }, { rules });
    const { id } = await putToVote(book(), await readyOf(as.director, as.member, bodyId));
    await voted(book(), id);
    await sealNow(book());
    const params = { kind: 'ballot', recordId: `${id}~${people.member}`, version: '1' };
    for (const client of [as.public, as.member, as.auditor]) {
      expect((await client.getProofOfRecord({ params })).status).toBe(404);
    }
  });
});
