/** Written consent, over HTTP: who signs what, when it is adopted, what the public sees, and what meets what. */
import { expect, it } from 'vitest';
import { countDue } from '../../functions/count/countDue.ts';
import { settleConsent } from '../../functions/count/dueConsents.ts';
import { resolutionLists } from '../../shared/core/decisions/resolutions.ts';
import { inVote } from '../../shared/core/decisions/votes.ts';
import { mailingList } from '../../shared/core/mailings.ts';
import { listPartition, recordKey } from '../../shared/core/records.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { adoptedOf, consentIn, consentOf, letFewerSign, signedBy } from '../support/consentRequests.ts';
import { bodyOf, draftedOf, motionOf, movedOf } from '../support/resolutions.ts';

const inDays = (count: number, from = Date.now()) => new Date(from + count * 86_400_000).toISOString();

describeOnEachStore('written consent', book => {
  const stateOf = async (resolutionId: string) =>
    (await book().as.secretary.getResolution({ params: { resolutionId } })).body;

  it('is adopted with a number by the last signature, in one commit', async () => {
    const { as, people } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const opened = await consentOf(book(), as.member, bodyId);
    expect(opened).toMatchObject({ state: 'signing', adoption: null, consent: { signed: 0, basis: 'unanimous' } });
    const first = (await signedBy(as.member, opened)).body;
    expect(first).toMatchObject({ state: 'signing', consent: { signed: 1, outcome: null } });
    const { state, adoption, consent } = (await signedBy(as.director, opened)).body;
    const outcome = consentIn({ id: opened.id, consent }).outcome;
    expect({ state, number: adoption?.number }).toEqual({
      state: 'carried',
      number: expect.stringMatching(/^\d{4}-001$/),
    });
    expect(outcome).toMatchObject({ carried: true, at: consent?.signatures?.at(-1)?.at });
    expect(outcome?.signatories?.map(({ id }) => id).sort()).toEqual([people.member, people.director].sort());
    expect(outcome?.explanation[0]).toBe(
      '2 people held a voting seat in the body and had to sign, all of them; 2 did.',
    );
    expect(consent?.signatures?.map(({ by, textHash }) => [by.name, textHash])).toEqual([
      ['Person member', opened.consent.textHash],
      ['Person director', opened.consent.textHash],
    ]);
    const { items } = (await as.auditor.listEvents({ params: { kind: 'resolution', recordId: opened.id } })).body;
    expect(items.map(({ operation }) => operation)).toEqual([
      'signConsent',
      'signConsent',
      'openConsent',
      'createResolution',
    ]);
    expect(items[0]?.changes.map(({ field }) => field).sort()).toEqual(['adoption', 'consent']);
  });

  it('refuses a signature of another text, of somebody without a voting seat, and of what is not to be signed', async () => {
    const { as, bodies } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const opened = await consentOf(book(), as.member, bodyId);
    const params = { resolutionId: opened.id };
    const other = await as.member.signConsent({ params, body: { textHash: 'b'.repeat(64) } });
    expect(other.problem).toMatchObject({ code: 'state-conflict', detail: expect.stringContaining('another text') });
    expect((await signedBy(as.secretary, opened)).problem.code).toBe('not-allowed');
    expect((await signedBy(as.treasurer, opened)).problem.code).toBe('not-allowed');
    expect((await signedBy(as['signed-in'], opened)).problem.code).toBe('not-allowed');
    const draft = await draftedOf(as.member, bodyId);
    const early = await signedBy(as.member, { id: draft.id, consent: opened.consent });
    expect(early.problem.detail).toContain('draft');
    expect((await stateOf(opened.id)).consent?.signed).toBe(0);
    expect(bodies.board).not.toBe(bodyId);
  });

  it('takes no signature of somebody who stepped aside at the moment of its opening', async () => {
    const { as, people, records } = book();
    const opened = await consentOf(book(), as.member, await bodyOf(book(), ['member', 'director']));
    const key = recordKey('recusal', inVote(opened.id, people.member));
    await records.commit([{ put: { key, version: 1, data: {} }, expect: 'absent' }]);
    expect((await signedBy(as.member, opened)).problem.detail).toContain('stepped aside');
    expect((await signedBy(as.director, opened)).body.consent?.signed).toBe(1);
  });

  it('lets the text stand, and nothing else be decided about it, from its opening on', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const opened = await consentOf(book(), as.member, bodyId);
    const sent = { params: { resolutionId: opened.id }, version: opened.version };
    const answers = await Promise.all([
      as.member.updateResolution({ ...sent, body: motionOf({ title: 'Another' }) }),
      as.member.moveResolution(sent),
      as.member.withdrawResolution({ ...sent, body: { reason: 'No.' } }),
      as.secretary.putAsideResolution({ ...sent, body: { reason: 'Later.', to: null } }),
      as.secretary.openVote({ ...sent, body: { closesAt: inDays(1) } }),
      as.secretary.openConsent({
        ...sent,
        body: { expiresAt: inDays(9), basis: 'unanimous', membersMustApprove: false },
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409, 409, 409, 409]);
    expect((await stateOf(opened.id)).version).toBe(opened.version);
  });

  it('is opened only by who leads the body, where its rules allow it, of what signatures can decide', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const open = async (client: TestBook['as']['member'], of: { id: string; version: number }, more: object = {}) => {
      const body = { expiresAt: inDays(60), basis: 'unanimous', membersMustApprove: false, ...more } as const;
      return client.openConsent({ params: { resolutionId: of.id }, version: of.version, body });
    };
    const draft = await draftedOf(as.member, bodyId);
    expect((await open(as.member, draft)).problem.code).toBe('not-allowed');
    expect((await open(as.secretary, draft, { basis: 'fewer' })).problem.errors?.[0]?.field).toBe('/basis');
    expect((await open(as.secretary, draft, { expiresAt: '2020-01-01T00:00:00Z' })).problem.errors?.[0]?.field).toBe(
      '/expiresAt',
    );
    expect((await open(as.secretary, { id: draft.id, version: 9 })).status).toBe(412);
    const election = { method: 'plurality', places: 1, options: ['Ann', 'Ben'] } as const;
    const elected = await draftedOf(as.member, bodyId, { ...motionOf(), election } as never);
    expect((await open(as.secretary, elected)).problem.detail).toContain('Vote on it instead');
    const members = await bodyOf(book(), ['member', 'director'], { kind: 'membership' });
    const never = await open(as.secretary, await draftedOf(as.member, members));
    expect(never.problem).toMatchObject({ code: 'state-conflict', detail: expect.stringContaining('Vote on it') });
    const stepped = await movedOf(as.member, bodyId);
    const recusal = await as.director.recuse({ params: { resolutionId: stepped.id }, body: { facts: 'My company.' } });
    expect(recusal.status).toBe(200);
    expect((await open(as.secretary, stepped)).problem.detail).toContain('recused');
    expect((await open(as.secretary, await movedOf(as.member, bodyId))).body.state).toBe('signing');
  });

  it('needs whoever was seated meanwhile, and nobody whose seat has ended', async () => {
    const { as, people } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const seat = (personId: string, from: string) => {
      const body = { personId, office: 'member', title: null, voting: true, from, to: null } as const;
      return as.secretary.createSeat({ params: { bodyId }, body }).then(answer => answer.body);
    };
    const leaving = await seat(people.director, '2020-01-01');
    const opened = await consentOf(book(), as.member, bodyId);
    await seat(people.treasurer, '2020-01-01');
    await signedBy(as.member, opened);
    expect((await signedBy(as.director, opened)).body.state).toBe('signing');
    await as.secretary.endSeat({
      params: { seatId: leaving.id },
      version: leaving.version,
      body: { lastDay: '2021-01-01', reason: 'Moved.' },
    });
    const { state, consent } = (await signedBy(as.treasurer, opened)).body;
    expect({ state, reasons: consent?.outcome?.reasons }).toEqual({
      state: 'carried',
      reasons: [expect.objectContaining({ inOffice: 2, needed: 2, got: 2 })],
    });
  });

  it('is adopted when it is looked at after a seat ended of who had not signed, and else expires, with the reason', async () => {
    const { as, people, services } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const body = {
      personId: people.director,
      office: 'member',
      title: null,
      voting: true,
      from: '2020-01-01',
      to: null,
    };
    const leaving = (await as.secretary.createSeat({ params: { bodyId }, body: body as never })).body;
    const expiresAt = inDays(2);
    const later = { ...services, now: () => new Date(expiresAt) };
    const expired = await consentOf(book(), as.member, bodyId, { expiresAt });
    await signedBy(as.member, expired);
    await settleConsent(expired.id, services);
    expect((await stateOf(expired.id)).state).toBe('signing');
    await settleConsent(expired.id, later);
    const failed = await stateOf(expired.id);
    expect(failed).toMatchObject({ state: 'failed', adoption: null, consent: { outcome: { at: expiresAt } } });
    expect(failed.consent?.outcome?.explanation.at(-2)).toMatch(/^It had to be complete before .*, and was not\.$/);
    const kept = await consentOf(book(), as.member, bodyId, { expiresAt });
    await signedBy(as.member, kept);
    const end = { lastDay: '2021-01-01', reason: 'Moved.' };
    await as.secretary.endSeat({ params: { seatId: leaving.id }, version: leaving.version, body: end });
    await settleConsent(kept.id, later);
    await settleConsent(kept.id, later);
    expect(await stateOf(kept.id)).toMatchObject({ state: 'carried', adoption: { at: expiresAt } });
  });

  it('by fewer than all is adopted by the job at the end of the time for objections, once, and on no list after', async () => {
    const { as, services, records } = book();
    const bodyId = await bodyOf(book(), ['member', 'director', 'treasurer']);
    await letFewerSign(book(), bodyId);
    const opened = await consentOf(book(), as.member, bodyId, { basis: 'fewer' });
    await signedBy(as.member, opened);
    const { objectionsUntil, outcome } = (await signedBy(as.director, opened)).body.consent ?? {};
    expect(outcome).toBeNull();
    const until = String(objectionsUntil);
    const withdrawn = await as.member.withdrawSignature({ params: { resolutionId: opened.id } });
    expect(withdrawn.problem.detail).toContain('no signature can be withdrawn');
    const at = (time: number) => ({ ...services, now: () => new Date(time) });
    await countDue(at(Date.parse(until) - 1));
    expect((await stateOf(opened.id)).state).toBe('signing');
    // The job comes late, twice at once: it is decided as of the end of the time all the same.
    await Promise.all([1, 2].map(() => countDue(at(Date.parse(until) + 3_600_000))));
    const adopted = await stateOf(opened.id);
    expect(adopted).toMatchObject({ state: 'carried', adoption: { at: until } });
    expect(adopted.consent?.outcome?.explanation.join(' ')).toContain('nobody objected within ten business days');
    const open = await records.query({
      table: 'records',
      partition: listPartition(resolutionLists.open),
      order: 'ascending',
      limit: 1000,
    });
    expect(open.items.map(({ data }) => data.id)).not.toContain(opened.id);
  });

  it('by fewer than all ends with one objection in time, and takes none after it', async () => {
    const { as, setClock } = book();
    const bodyId = await bodyOf(book(), ['member', 'director', 'treasurer']);
    await letFewerSign(book(), bodyId);
    const [one, other] = [
      await consentOf(book(), as.member, bodyId, { basis: 'fewer' }),
      await consentOf(book(), as.member, bodyId, { basis: 'fewer' }),
    ];
    const object = (id: string) =>
      as.treasurer.objectToConsent({ params: { resolutionId: id }, body: { reason: 'Let us meet.' } });
    const { state, consent } = (await object(one.id)).body;
    expect({ state, objection: consent?.objection }).toEqual({
      state: 'failed',
      objection: {
        by: { id: expect.any(String), name: 'Person treasurer' },
        at: expect.any(String),
        reason: 'Let us meet.',
      },
    });
    // Members of other bodies learn that somebody objected, not who, nor why.
    const others = (await as.administrator.getResolution({ params: { resolutionId: one.id } })).body;
    expect(others.consent?.objection).toEqual({ by: null, at: expect.any(String), reason: null });
    expect((await signedBy(as.member, one)).problem.detail).toContain('failed');
    setClock(String(other.consent.objectionsUntil));
    const late = await object(other.id).finally(() => setClock(undefined));
    expect(late.problem.detail).toContain('time for objections');
  });

  it('shows who signed to the body, secretary and auditors; to others once it is adopted, where the body publishes its seats', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const opened = await consentOf(book(), as.member, bodyId);
    await signedBy(as.member, opened);
    const params = { resolutionId: opened.id };
    for (const role of ['director', 'secretary', 'auditor'] as const) {
      const { consent } = (await as[role].getResolution({ params })).body;
      expect(
        consent?.signatures?.map(({ by }) => by.name),
        role,
      ).toEqual(['Person member']);
    }
    expect((await as.member.getResolution({ params })).body.consent?.mine).not.toBeNull();
    for (const role of ['public', 'signed-in'] as const) {
      expect((await as[role].getResolution({ params })).status, role).toBe(404);
    }
    const { consent: counted } = (await as.treasurer.getResolution({ params })).body;
    expect(counted).toMatchObject({ signed: 1, signatures: null, mine: null });
    await signedBy(as.director, opened);
    const shown = (await as.public.getResolution({ params })).body.consent;
    expect(shown?.signatures).toHaveLength(2);
    const secretive = await adoptedIn(book(), { publishesSeats: false });
    const answer = await as.public.getResolution({ params: { resolutionId: secretive } });
    expect(answer.body.consent).toMatchObject({ signed: 1, signatures: null, outcome: { signatories: null } });
    expect(answer.text).not.toContain('Person member');
    expect(answer.text).not.toContain(book().people.member);
  });

  it('takes no signature from its expiry on, though nobody has looked at it yet', async () => {
    const { as, setClock } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const expiresAt = inDays(1);
    const opened = await consentOf(book(), as.member, bodyId, { expiresAt });
    setClock(expiresAt);
    const late = await signedBy(as.member, opened).finally(() => setClock(undefined));
    expect(late.problem).toMatchObject({ code: 'state-conflict', detail: expect.stringContaining('failed') });
    expect((await signedBy(as.member, opened)).body.state).toBe('carried');
  });

  it('answers a repeated request as the first, and signs once', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const opened = await consentOf(book(), as.member, bodyId);
    const send = () =>
      as.member.signConsent({
        params: { resolutionId: opened.id },
        body: { textHash: opened.consent.textHash },
        key: `sign-${opened.id}`,
      });
    const [first, second] = [await send(), await send()];
    expect(second.text).toBe(first.text);
    const again = await signedBy(as.member, opened);
    expect(again.body).toMatchObject({ version: first.body.version, consent: { signed: 1 } });
  });

  it('gives notice to all as it opens', async () => {
    const { as, records } = book();
    const opened = await consentOf(book(), as.member, await bodyOf(book(), ['member']));
    const mailings = (await mailingsOf(records)).filter(({ about }) => about === opened.id);
    expect(mailings).toEqual([expect.objectContaining({ kind: 'consent-opened', dueAt: opened.consent.openedAt })]);
  });

  it('tells nobody of the public anything of what failed', async () => {
    const { as, services } = book();
    const expiresAt = inDays(1);
    const opened = await consentOf(book(), as.member, await bodyOf(book(), ['member', 'director']), { expiresAt });
    await settleConsent(opened.id, { ...services, now: () => new Date(expiresAt) });
    expect((await as.public.getResolution({ params: { resolutionId: opened.id } })).status).toBe(404);
  });
});

async function mailingsOf(records: TestBook['records']) {
  const page = await records.query({
    table: 'records',
    partition: listPartition(mailingList),
    order: 'ascending',
    limit: 1000,
  });
  return page.items.map(({ data }) => data as { kind?: unknown; about?: unknown; dueAt?: unknown });
}

/** Adopted by the member alone, in a body of its own. */
async function adoptedIn(book: TestBook, facts: { publishesSeats: boolean }): Promise<string> {
  const { as, people } = book;
  const body = { kind: 'committee', name: 'A committee', purpose: '', parentBodyId: null, established: '2020-01-01' };
  const { id: bodyId } = (await as.secretary.createBody({ body: { ...body, ...facts } as never })).body;
  const seat = { personId: people.member, office: 'member', title: null, voting: true, from: '2020-01-01', to: null };
  await as.secretary.createSeat({ params: { bodyId }, body: seat as never });
  return (await adoptedOf(book, motionOf(), bodyId)).id;
}
