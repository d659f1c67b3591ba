/** What is proven of records over HTTP: from when on, which fields of what the public reads, and for whom. */
import { expect, it } from 'vitest';
import { documentKinds } from '../../shared/core/archive/documents.ts';
import { scheduleId } from '../../shared/core/archive/retention.ts';
import { organisationId } from '../../shared/core/organisation.ts';
import { describeOnEachStore, organisation } from '../support/book.ts';
import { contentOf, draftOf, publishedOf } from '../support/disclosures.ts';
import { documentFacts, sealedOf, uploadedOf } from '../support/documents.ts';
import { placeOf, provenTo, saidOf } from '../support/proven.ts';
import { bodyOf, decidedOf, motionOf, openedOf, secondedOf, voted } from '../support/resolutions.ts';
import { sealNow } from '../support/sealing.ts';

describeOnEachStore('what is proven of a record', book => {
  async function changeAccess(documentId: string, access: 'public' | 'members') {
    const { secretary } = book().as;
    const params = { documentId };
    const { version } = (await secretary.getDocument({ params })).body;
    const body = { access, reason: 'For the test.' };
    return (await secretary.changeDocumentAccess({ params, version, body })).body;
  }

  it('is who the organisation is, on every day', async () => {
    const { as } = book();
    const { version } = (await as.secretary.getOrganisation()).body;
    const body = { ...organisation, mission: 'Another.', from: '2024-01-01' };
    const changed = (await as.secretary.updateOrganisation({ version, body })).body;
    expect(changed.proof).toBe('pending');
    expect((await as.public.getOrganisation()).body.proof).toBe('pending');
    await sealNow(book());
    for (const query of [{}, { on: '2021-01-01' }]) {
      const record = (await as.public.getOrganisation({ query })).body;
      expect(await provenTo(as.public, record)).toMatchObject({ uncovered: ['version'] });
      const other = { ...record, mission: 'Of somebody else.' };
      await expect(provenTo(as.public, other)).rejects.toThrow('"mission" of the record is not what was sealed');
    }
    expect((await saidOf(book(), 'organisation', organisationId))?.content).toEqual({ history: changed.history });
  });

  it('is what a body is, from its beginning to its end, and not how the list shows it', async () => {
    const { as } = book();
    const facts = { name: 'A committee', purpose: '', parentBodyId: null };
    const more = { kind: 'committee', established: '2020-01-01', publishesSeats: true } as const;
    const made = (await as.secretary.createBody({ body: { ...facts, ...more } })).body;
    expect(made.proof).toBe('pending');
    const params = { bodyId: made.id };
    const renamed = {
      ...facts,
      name: 'Another name',
      from: '2023-01-01',
      dissolved: '2024-12-31',
      publishesSeats: true,
    };
    await as.secretary.updateBody({ params, version: made.version, body: renamed }).then(({ body }) => body);
    await sealNow(book());
    const record = (await as.public.getBody({ params })).body;
    expect(record).toMatchObject({ name: 'Another name', dissolved: '2024-12-31' });
    expect(await provenTo(as.public, record)).toMatchObject({ uncovered: ['version'] });
    const before = (await as.public.getBody({ params, query: { on: '2021-01-01' } })).body;
    expect(before.name).toBe('A committee');
    expect(await provenTo(as.public, before)).toMatchObject({ uncovered: ['version'] });
    expect((await as.public.listBodies()).text).not.toContain('proof');
  });

  it('is who sits where, for whoever may see it: for everybody once the body says so', async () => {
    const { as, people } = book();
    const bodyId = await bodyOf(book(), ['member'], { publishesSeats: false });
    const seat = {
      personId: people.director,
      office: 'chair',
      title: null,
      voting: true,
      from: '2020-01-01',
      to: null,
    };
    const made = (await as.secretary.createSeat({ params: { bodyId }, body: seat as never })).body;
    expect(made.proof).toBe('pending');
    const params = { seatId: made.id };
    await sealNow(book());
    const proof = { params: placeOf((await as.auditor.getSeat({ params })).body.proof) };
    expect((await as.public.getSeat({ params })).status).toBe(404);
    expect((await as.public.getProofOfRecord(proof)).status).toBe(404);
    const body = (await as.public.getBody({ params: { bodyId } })).body;
    const { name, purpose, parentBodyId } = body;
    const open = { name, purpose, parentBodyId, from: '2020-01-01', dissolved: '2030-12-31', publishesSeats: true };
    await as.secretary.updateBody({ params: { bodyId }, version: body.version, body: open }).then(sent => sent.body);
    const record = (await as.public.getSeat({ params })).body;
    expect(record).toMatchObject({ to: '2030-12-31', term: { from: '2020-01-01', to: null } });
    const uncovered = ['from', 'person.name', 'to', 'version'];
    expect(await provenTo(as.public, record)).toMatchObject({ uncovered });
    const ending = { lastDay: '2024-12-31', reason: 'A reason for those who keep the book.' };
    const ended = await as.secretary.endSeat({ params, version: record.version, body: ending });
    expect(ended.body.proof).toBe('pending');
    await sealNow(book());
    const { content, ...rest } = await provenTo(as.public, (await as.public.getSeat({ params })).body);
    expect(rest.uncovered).toEqual(uncovered);
    expect(content.term).toEqual({ from: '2020-01-01', to: '2024-12-31' });
    expect(JSON.stringify(content)).not.toContain('A reason');
  });

  it('is what a disclosure says, from its publication on, and of each of its editions', async () => {
    const { as } = book();
    const drafted = await draftOf(book(), { title: 'What nobody ever read' });
    expect(drafted.proof).toBeNull();
    const params = { disclosureId: drafted.id };
    const secretary = async <Sent>(answer: Promise<{ body: Sent }>) => (await answer).body;
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const { version } = await secretary(as.secretary.publishDisclosure({ params, version: 1, body: { at } }));
    await sealNow(book());
    const scheduled = (await as.secretary.getDisclosure({ params })).body;
    const never = placeOf(scheduled.proof);
    expect((await as.public.getDisclosure({ params })).status).toBe(404);
    expect((await as.public.getProofOfRecord({ params: never })).status).toBe(404);
    const taken = await secretary(as.secretary.unscheduleDisclosure({ params, version }));
    expect(taken.proof).toBeNull();
    expect(await saidOf(book(), 'disclosure', drafted.id)).toBeNull();
    const text = contentOf({ title: 'The first edition', links: [{ title: 'A link', url: 'https://example.org/' }] });
    const revised = await secretary(as.secretary.updateDisclosure({ params, version: taken.version, body: text }));
    expect(revised.proof).toBeNull();
    const published = await secretary(
      as.secretary.publishDisclosure({ params, version: revised.version, body: { at: '2021-01-01T00:00:00Z' } }),
    );
    expect(published.proof).toBe('pending');
    await sealNow(book());
    const first = (await as.public.getDisclosure({ params })).body;
    const uncovered = ['state', 'version'];
    expect(await provenTo(as.public, first)).toMatchObject({ uncovered });
    expect((await as.public.getProofOfRecord({ params: never })).status).toBe(404);

    const content = { ...text, title: 'The second edition' };
    const correction = { reason: 'It was wrong.', content };
    await secretary(as.secretary.correctDisclosure({ params, version: first.version, body: correction }));
    expect((await as.public.getDisclosure({ params })).body.proof).toBe('pending');
    const edition = async (number: string) => as.public.getEdition({ params: { ...params, edition: number } });
    expect((await edition('1')).body.proof).toEqual(first.proof);
    expect((await edition('2')).body.proof).toBe('pending');
    await sealNow(book());
    const second = (await as.public.getDisclosure({ params })).body;
    expect(await provenTo(as.public, second)).toMatchObject({ uncovered, content: { title: 'The second edition' } });
    for (const [number, title] of [
      ['1', 'The first edition'],
      ['2', 'The second edition'],
    ] as const) {
      const old = await provenTo(as.public, (await edition(number)).body);
      expect(old).toMatchObject({ uncovered: ['current', 'madeAt', 'reason'], content: { title } });
    }

    const withdrawing = { params, version: second.version, body: { reason: 'It should not be there.' } };
    await secretary(as.secretary.withdrawDisclosure(withdrawing));
    await sealNow(book());
    const tombstone = (await as.public.getDisclosure({ params })).body;
    expect(await provenTo(as.public, tombstone)).toMatchObject({ uncovered, content: { summary: null, links: [] } });
    expect((await edition('1')).status).toBe(404);
    for (const { proof } of [first, second])
      expect((await as.public.getProofOfRecord({ params: placeOf(proof) })).status).toBe(404);
    const kept = (await as.secretary.getEdition({ params: { ...params, edition: '1' } })).body;
    expect(kept.proof).toEqual(first.proof);
  });

  it('is what a document is while something public refers to it, and nothing of versions that are not public', async () => {
    const { as } = book();
    const { documentId } = await sealedOf(book(), { access: 'members' });
    const params = { documentId };
    expect((await as.secretary.getDocument({ params })).body.proof).toBeNull();
    expect((await changeAccess(documentId, 'public')).proof).toBe('pending');
    await sealNow(book());
    const waiting = (await as.secretary.getDocument({ params })).body;
    expect((await as.public.getProofOfRecord({ params: placeOf(waiting.proof) })).status).toBe(404);
    const disclosure = await publishedOf(book(), { documents: [{ documentId, version: 1 }] });
    await sealNow(book());
    const shown = (await as.public.getDocument({ params })).body;
    const uncovered = ['disposal', 'retainedUntil', 'review', 'version', 'versions'];
    expect(await provenTo(as.public, shown)).toMatchObject({ uncovered, content: { access: 'public' } });
    await uploadedOf(as.secretary, documentId, 'again.txt', 'A version that nobody else may have.');
    expect((await as.public.getDocument({ params })).body.proof).toEqual(shown.proof);
    const cited = (await as.public.getDisclosure({ params: { disclosureId: disclosure.id } })).body;
    const { content } = await provenTo(as.public, cited);
    expect(content.documents).toMatchObject([{ documentId, version: 1, sha256: shown.versions[0]?.sha256 }]);

    const { version } = (await as.secretary.getDocument({ params })).body;
    const { access: _, ...facts } = documentFacts({ title: 'Another title' });
    const described = await as.secretary.updateDocument({ params, version, body: { ...facts, reason: 'Better.' } });
    expect(described.body.proof).toBe('pending');
    await sealNow(book());
    const again = (await as.public.getDocument({ params })).body;
    expect(await provenTo(as.public, again)).toMatchObject({ uncovered, content: { title: 'Another title' } });
    expect((await as.public.getProofOfRecord({ params: placeOf(shown.proof) })).status).toBe(404);
    const withdrawing = { params: { disclosureId: cited.id }, version: cited.version, body: { reason: 'Wrong.' } };
    await as.secretary.withdrawDisclosure(withdrawing).then(({ body }) => body);
    expect((await as.public.getProofOfRecord({ params: placeOf(again.proof) })).status).toBe(404);
    expect((await changeAccess(documentId, 'members')).proof).toBeNull();
    expect(await saidOf(book(), 'document', documentId)).toBeNull();
  });

  const uncoveredOfResolution = [
    ...['aside', 'author', 'confidential', 'mover.by', 'seconder.by', 'underAmendment', 'version'],
    ...['vote.mine', 'vote.result.explanation'],
  ];

  it('is what a body adopted, how, and what became of it: nothing before', async () => {
    const { as, people } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const followUp = { personId: people.member, due: '2999-01-01' };
    const open = await openedOf(book(), as.member, as.director, bodyId, { motion: motionOf({ followUp }) });
    expect(open.proof).toBeNull();
    const { id } = await voted(book(), open.id);
    const params = { resolutionId: id };
    expect((await as.public.getResolution({ params })).body.proof).toBe('pending');
    await sealNow(book());
    const adopted = (await as.public.getResolution({ params })).body;
    const uncovered = [...uncoveredOfResolution, 'followUp.person'].sort();
    const { content } = await provenTo(as.public, adopted);
    expect(await provenTo(as.public, adopted)).toMatchObject({ uncovered });
    expect(await provenTo(as.member, (await as.member.getResolution({ params })).body)).toMatchObject({ uncovered });
    for (const person of Object.values(people)) expect(JSON.stringify(content)).not.toContain(person);

    const done = { done: true, note: 'Seen to.' };
    const noted = await as.member.recordFollowUp({ params, version: adopted.version, body: done });
    expect(noted.body.proof).toBe('pending');
    await decidedOf(book(), bodyId, motionOf({ effects: [{ kind: 'rescinds', resolutionId: id }] }));
    await sealNow(book());
    const rescinded = (await as.public.getResolution({ params })).body;
    expect(rescinded.later).toMatchObject([{ kind: 'rescinds' }]);
    const last = await provenTo(as.public, rescinded);
    expect(last.uncovered).toEqual([...uncovered, 'done.by', 'done.note', 'later.0.id'].sort());
    expect(last.content.later).toMatchObject([{ kind: 'rescinds', number: rescinded.later[0]?.number }]);
    const failed = await decidedOf(book(), bodyId, motionOf(), 'no');
    expect(failed.proof).toBeNull();
  });

  it('is nothing of what is confidential, until that is lifted', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const open = await openedOf(book(), as.member, as.director, bodyId, { motion: motionOf() });
    const params = { resolutionId: open.id };
    const confidential = { reason: 'It concerns one person.', reviewOn: '2999-01-01' };
    const closing = { params, version: open.version, body: { confidential, reason: 'In closed session.' } };
    await as.secretary.changeConfidentiality(closing).then(({ body }) => body);
    const adopted = await voted(book(), open.id);
    await sealNow(book());
    expect((await as.member.getResolution({ params })).body.proof).toBeNull();
    expect(await saidOf(book(), 'resolution', open.id)).toBeNull();
    const lifting = { params, version: adopted.version, body: { confidential: null, reason: 'It is over.' } };
    expect((await as.secretary.changeConfidentiality(lifting)).body.proof).toBe('pending');
    await sealNow(book());
    const record = (await as.public.getResolution({ params })).body;
    expect(await provenTo(as.public, record)).toMatchObject({ uncovered: uncoveredOfResolution.toSorted() });
  });

  it('is an amendment for everybody once the motion is adopted', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member', 'director']);
    const motion = await secondedOf(as.member, as.director, bodyId);
    const { id: resolutionId, textVersion } = motion;
    const replacement = { title: 'A better one', preamble: '', text: '1. It is better.' };
    const amending = motionOf({ effects: [{ kind: 'amend-motion', resolutionId, textVersion, replacement }] });
    const amendment = await decidedOf(book(), bodyId, amending);
    expect(amendment.adoption).not.toBeNull();
    await sealNow(book());
    const shown = (await as.member.getResolution({ params: { resolutionId: amendment.id } })).body;
    const params = placeOf(shown.proof);
    expect((await as.public.getProofOfRecord({ params })).status).toBe(404);
    const { version } = (await as.member.getResolution({ params: { resolutionId } })).body;
    const closesAt = new Date(Date.now() + 3_600_000).toISOString();
    await as.secretary.openVote({ params: { resolutionId }, version, body: { closesAt } }).then(({ body }) => body);
    await voted(book(), resolutionId);
    await sealNow(book());
    for (const one of [resolutionId, amendment.id]) {
      const record = (await as.public.getResolution({ params: { resolutionId: one } })).body;
      const { uncovered } = await provenTo(as.public, record);
      const about = one === resolutionId ? [] : ['effects.0.resolutionId'];
      expect(uncovered).toEqual([...uncoveredOfResolution, ...about].sort());
    }
  });

  it('is by which rules a body decides and how long documents are kept, once the book has rules of its own', async () => {
    const { as } = book();
    const bodyId = await bodyOf(book(), ['member']);
    const params = { bodyId };
    const usual = (await as.public.getRules({ params })).body;
    expect(usual).toMatchObject({ from: null, history: [], proof: null });
    const { fixedSeats, groups, notice, consent, rules } = usual;
    const set = { fixedSeats, groups, notice, consent, rules, from: '2021-01-01', reason: 'Adopted.' };
    expect((await as.secretary.updateRules({ params, version: 0, body: set })).body.proof).toBe('pending');
    const later = { ...set, fixedSeats: 5, from: '2023-01-01' };
    await as.secretary.updateRules({ params, version: 1, body: later }).then(({ body }) => body);

    expect((await as.public.getRetentionSchedule()).body).toMatchObject({ from: null, history: [], proof: null });
    const kept = documentKinds.map(kind => ({ kind, years: null, from: 'sealed' as const, basis: 'For ever.' }));
    const schedule = { from: '2021-01-01', rules: kept, reason: 'Adopted.' };
    const recorded = await as.secretary.updateRetentionSchedule({ version: 0, body: schedule });
    expect(recorded.body.proof).toBe('pending');
    await sealNow(book());
    for (const on of ['2022-01-01', '2024-01-01']) {
      const record = (await as.public.getRules({ params, query: { on } })).body;
      expect(await provenTo(as.public, record)).toMatchObject({ uncovered: ['version'] });
      const retention = (await as.public.getRetentionSchedule({ query: { on } })).body;
      expect(await provenTo(as.public, retention)).toMatchObject({ uncovered: ['version'] });
    }
    const before = (await as.public.getRules({ params, query: { on: '2020-06-01' } })).body;
    expect((await provenTo(as.public, before)).uncovered).toEqual(
      ['consent', 'fixedSeats', 'from', 'groups', 'notice', 'rules', 'version'].sort(),
    );
    expect((await saidOf(book(), 'retention-schedule', scheduleId))?.content).toMatchObject({
      history: [{ from: '2021-01-01' }],
    });
  });
});
