/** Attachments of resolutions over HTTP: bound to their bytes, and public with what is adopted as far as their level allows. */
import canonicalize from 'canonicalize';
import { expect, it } from 'vitest';
import { versionKey } from '../../shared/core/archive/documents.ts';
import { mostEffects } from '../../shared/core/decisions/motions.ts';
import { recordKey } from '../../shared/core/records.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { describeOnEachStore } from '../support/book.ts';
import { documentOf, sealedOf, sha256Of } from '../support/documents.ts';
import { bodyOf, decidedOf, draftedOf, type MotionInput, motionOf, openedOf, voted } from '../support/resolutions.ts';

const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';

describeOnEachStore('attachments', book => {
  const bodyOfTwo = () => bodyOf(book(), ['member', 'director']);
  const attaching = (...documentIds: string[]): MotionInput =>
    motionOf({ attachments: documentIds.map(documentId => ({ documentId, version: 1 })) });

  it('are bound to their bytes, and to the hash of the text, which anybody can compute', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const { documentId, sha256 } = await sealedOf(book(), { access: 'members' });
    const drafted = await draftedOf(as.member, bodyId, attaching(documentId));
    expect(drafted.attachments).toMatchObject([{ number: 1, sha256, document: { documentId, version: 1 } }]);
    const { title, preamble, text, language, effectiveOn, election, effects } = drafted;
    const attachments = drafted.attachments.map(one => one.sha256);
    const decided = { title, preamble, text, language, effectiveOn, attachments, election, effects };
    expect(drafted.textHash).toBe(sha256Of(canonicalize(decided) ?? ''));
    const params = { resolutionId: drafted.id };
    const revised = await as.member.updateResolution({ params, version: drafted.version, body: motionOf() });
    expect(revised.body.attachments).toEqual([]);
    expect(revised.body.textHash).not.toBe(drafted.textHash);
  });

  it('are what the archive has and the author may see', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const empty = await documentOf(book(), { access: 'members' });
    const forOfficers = await sealedOf(book(), { access: 'officers' });
    for (const documentId of [unknown, empty.id, forOfficers.documentId]) {
      const answer = await as.member.createResolution({ params: { bodyId }, body: attaching(documentId) });
      expect(answer.problem.errors).toEqual([
        { in: 'body', field: '/attachments/0', message: 'The archive has no such version of a document.' },
      ]);
    }
    const { documentId } = forOfficers;
    const body = attaching(documentId);
    expect((await as.director.createResolution({ params: { bodyId }, body })).status).toBe(201);
    const twice = attaching(documentId, documentId);
    expect((await as.director.createResolution({ params: { bodyId }, body: twice })).problem.code).toBe(
      'validation-failed',
    );
  });

  it('become public with the resolution when their level is public; of others there are number and digest', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const [open, internal] = [
      await sealedOf(book(), { access: 'public' }),
      await sealedOf(book(), { access: 'members' }),
    ];
    const motion = attaching(open.documentId, internal.documentId);
    const { id } = await openedOf(book(), as.director, as.member, bodyId, { motion });
    const reading = () => as.public.getDocument({ params: { documentId: open.documentId } });
    expect((await reading()).status).toBe(404);
    await voted(book(), id);
    expect((await reading()).body.versions).toMatchObject([{ number: 1, public: true }]);
    expect((await as.public.getDocument({ params: { documentId: internal.documentId } })).status).toBe(404);
    const params = { resolutionId: id };
    const [one, two] = [open, internal].map(({ sha256 }, index) => ({ number: index + 1, sha256 }));
    expect((await as.public.getResolution({ params })).body.attachments).toMatchObject([
      { ...one, document: { documentId: open.documentId } },
      { ...two, document: null },
    ]);
    expect((await as.treasurer.getResolution({ params })).body.attachments[1]?.document).toMatchObject({ version: 1 });
    // What the public was given with a decision stays with it.
    const { version } = (await as.secretary.getDocument({ params: { documentId: open.documentId } })).body;
    const body = { access: 'members' as const, reason: 'No more.' };
    const closing = await as.secretary.changeDocumentAccess({
      params: { documentId: open.documentId },
      version,
      body,
    });
    expect(closing.problem.code).toBe('state-conflict');
    // A level that never was public is the business of whoever keeps the archive.
    const other = { documentId: internal.documentId };
    const before = (await as.secretary.getDocument({ params: other })).body;
    const narrowed = { access: 'officers' as const, reason: 'Not for all.' };
    expect(
      (await as.secretary.changeDocumentAccess({ params: other, version: before.version, body: narrowed })).status,
    ).toBe(200);
  });

  it('stay where they are when the resolution fails, and while it is confidential; lifting that makes them public', async () => {
    const { as } = book();
    const bodyId = await bodyOfTwo();
    const { documentId } = await sealedOf(book(), { access: 'public' });
    const reading = async () => (await as.public.getDocument({ params: { documentId } })).status;
    const by = { mover: as.director, seconder: as.member };
    const failed = await openedOf(book(), by.mover, by.seconder, bodyId, { motion: attaching(documentId) });
    await voted(book(), failed.id, 'no');
    expect(await reading()).toBe(404);
    const { id, version } = await openedOf(book(), by.mover, by.seconder, bodyId, { motion: attaching(documentId) });
    const params = { resolutionId: id };
    const confidential = { reason: 'A person.', reviewOn: '2999-01-01' };
    const closed = { confidential, reason: 'Closed session.' };
    await as.secretary.changeConfidentiality({ params, version, body: closed }).then(({ body }) => body);
    const adopted = await voted(book(), id);
    expect(await reading()).toBe(404);
    const lifting = { params, version: adopted.version, body: { confidential: null, reason: 'It is over.' } };
    await as.secretary.changeConfidentiality(lifting).then(({ body }) => body);
    expect(await reading()).toBe(200);
  });

  it('are adopted twenty at a time along with the changes of others: all of it is one commit', async () => {
    const { as, records, people, services } = book();
    const bodyId = await bodyOfTwo();
    const followUp = { personId: people.member, due: '2999-01-01' };
    const targets: string[] = [];
    for (let count = 0; count < mostEffects; count++)
      targets.push((await decidedOf(book(), bodyId, motionOf({ followUp }))).id);
    // Twenty documents with the same bytes.
    const { documentId } = await sealedOf(book(), { access: 'public' });
    const [document, version] = await records.getMany([recordKey('document', documentId), versionKey(documentId, 1)]);
    if (document === undefined || version === undefined) throw new Error('It is not sealed');
    const copies = Array.from({ length: 20 }, () => services.newId());
    const puts = copies.flatMap((id): Write[] => [
      { put: { ...document, key: recordKey('document', id) }, expect: 'absent' },
      { put: { ...version, key: versionKey(id, 1) }, expect: 'absent' },
    ]);
    await records.commit(puts);
    const effects = targets.map(resolutionId => ({ kind: 'rescinds' as const, resolutionId }));
    const motion = { ...attaching(...copies), effects, followUp };
    const { id } = await openedOf(book(), as.director, as.member, bodyId, { motion });
    const adopted = await voted(book(), id);
    expect(adopted).toMatchObject({ state: 'carried', adoption: { withoutEffect: [] } });
    for (const copy of copies) expect((await as.public.getDocument({ params: { documentId: copy } })).status).toBe(200);
    const one = attaching(...copies, documentId);
    expect((await as.director.createResolution({ params: { bodyId }, body: one })).problem.code).toBe(
      'validation-failed',
    );
  });
});
