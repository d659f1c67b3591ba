/** The life of documents through the API: recorded, uploaded, sealed, cited, published, retrieved. */
import { expect, it } from 'vitest';
import { archiveFaults } from '../support/archiveCheck.ts';
import { describeOnEachStore } from '../support/book.ts';
import { contentOf, draftOf, publishedOf } from '../support/disclosures.ts';
import {
  documentFacts,
  documentOf,
  publishedDocumentOf,
  sealedOf,
  sha256Of,
  uploadedOf,
} from '../support/documents.ts';
import { pdfOf } from '../support/pdfs.ts';

describeOnEachStore('documents', book => {
  const fetchFile = async (documentId: string, version = '1', rendition?: string) => {
    const query = rendition === undefined ? {} : { rendition };
    const answer = await book().as.public.readFile({ params: { documentId, version }, query });
    if (answer.status !== 302) return answer;
    return fetch(new URL(String(answer.headers.get('location')), book().origin));
  };

  it('lead anybody from a published disclosure to the very bytes that were sealed', async () => {
    const { documentId, content, sha256, disclosure } = await publishedDocumentOf(book());
    const [cited] = (await book().as.public.getDisclosure({ params: { disclosureId: disclosure.id } })).body.documents;
    expect(cited).toMatchObject({
      documentId,
      version: 1,
      name: 'document.txt',
      type: 'text/plain',
      sha256,
      pages: null,
    });
    const redirect = await book().as.public.readFile({ params: { documentId, version: '1' } });
    expect(cited?.url).toBe(`/v1/documents/${documentId}/versions/1/file`);
    const location = new URL(String(redirect.headers.get('location')), book().origin);
    expect(location.pathname).toContain(`/archive/${sha256}`);
    const file = await fetch(location);
    expect(await file.text()).toBe(content);
    expect(file.headers.get('content-disposition')).toContain('document.txt');
    expect(file.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(file.headers.get('cache-control')).toMatch(/^public, max-age=31536000/);
  });

  it('give the public the same address within the hour', async () => {
    const { documentId } = await publishedDocumentOf(book());
    const ask = async () =>
      (await book().as.public.readFile({ params: { documentId, version: '1' } })).headers.get('location');
    expect(await ask()).toBe(await ask());
  });

  it('have the pages, the title and the text of a PDF', async () => {
    const { id: documentId } = await documentOf(book(), { access: 'public' });
    const pdf = await pdfOf(['First page.', 'Second page.'], { info: { Title: 'Annual Report' } });
    const upload = await uploadedOf(book().as.secretary, documentId, 'report.pdf', pdf, 'application/pdf');
    expect(upload).toMatchObject({ state: 'sealed', sealedAs: 1, sha256: sha256Of(pdf) });
    await publishedOf(book(), { documents: [{ documentId, version: 1 }] });
    const [version] = (await book().as.public.getDocument({ params: { documentId } })).body.versions;
    expect(version).toMatchObject({ pages: 2, condition: 'sound', hasText: true, public: true, addedBy: null });
    const location = (
      await book().as.public.readFile({ params: { documentId, version: '1' }, query: { rendition: 'text' } })
    ).headers.get('location');
    const pages = (await (await fetch(new URL(String(location), book().origin))).text()).split('\f');
    expect(pages.map(page => page.trim())).toEqual(['First page.', 'Second page.']);
  });

  it('number their versions, and show the public only those that something published cites', async () => {
    const { documentId, disclosure } = await publishedDocumentOf(book());
    await uploadedOf(book().as.secretary, documentId, 'second.txt', 'The second version.');
    const numbers = async (role: 'public' | 'secretary') =>
      (await book().as[role].getDocument({ params: { documentId } })).body.versions.map(({ number }) => number);
    expect(await numbers('secretary')).toEqual([2, 1]);
    expect(await numbers('public')).toEqual([1]);
    expect((await fetchFile(documentId, '2')).status).toBe(404);

    const content = contentOf({ documents: [{ documentId, version: 2 }] });
    const correction = { params: { disclosureId: disclosure.id }, version: disclosure.version };
    await book().as.secretary.correctDisclosure({ ...correction, body: { reason: 'A new version.', content } });
    // The edition before stays readable, and so does what it cites.
    expect(await numbers('public')).toEqual([2, 1]);
    expect((await fetchFile(documentId, '1')).status).toBe(200);
  });

  it('are public from the moment of a scheduled publication, without anybody acting, until it is withdrawn', async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const { documentId, disclosure } = await publishedDocumentOf(book(), {}, soon);
    const seen = async () => (await book().as.public.getDocument({ params: { documentId } })).status;
    expect(await seen()).toBe(404);
    try {
      book().setClock(soon);
      expect(await seen()).toBe(200);
      const withdrawal = { params: { disclosureId: disclosure.id }, version: disclosure.version };
      await book().as.secretary.withdrawDisclosure({ ...withdrawal, body: { reason: 'Wrong.' } });
      expect(await seen()).toBe(404);
    } finally {
      book().setClock(undefined);
    }
  });

  it('can be cited only when sealed, sound and there; published only with the access level public', async () => {
    const { id: empty } = await documentOf(book());
    const { documentId } = await sealedOf(book(), { access: 'members' });
    const { id: broken } = await documentOf(book(), { access: 'public' });
    const upload = await uploadedOf(
      book().as.secretary,
      broken,
      'broken.pdf',
      '%PDF-1.7\nnothing of a PDF',
      'application/pdf',
    );
    expect(upload.state).toBe('sealed');
    const documents = [
      { documentId: empty, version: 1 },
      { documentId: broken, version: 1 },
      { documentId, version: 2 },
    ];
    const refused = await book().as.secretary.createDisclosure({ body: contentOf({ documents }) });
    expect(refused.problem.errors?.map(({ field }) => field)).toEqual(['/documents/0', '/documents/1', '/documents/2']);

    const draft = await draftOf(book(), { documents: [{ documentId, version: 1 }] });
    const params = { disclosureId: draft.id };
    const early = await book().as.secretary.publishDisclosure({ params, version: draft.version, body: {} });
    expect(early.problem).toMatchObject({ code: 'state-conflict', detail: expect.stringContaining('"members"') });
    const { version } = (await book().as.secretary.getDocument({ params: { documentId } })).body;
    const release = { access: 'public' as const, reason: 'Released by the board.' };
    await book().as.secretary.changeDocumentAccess({ params: { documentId }, version, body: release });
    expect((await book().as.secretary.publishDisclosure({ params, version: draft.version, body: {} })).status).toBe(
      200,
    );
  });

  it('keep their access level while anything public or scheduled cites them', async () => {
    const { documentId, disclosure } = await publishedDocumentOf(book());
    const close = async () => {
      const { version } = (await book().as.secretary.getDocument({ params: { documentId } })).body;
      const body = { access: 'officers' as const, reason: 'Closed.' };
      return book().as.secretary.changeDocumentAccess({ params: { documentId }, version, body });
    };
    expect((await close()).problem.code).toBe('state-conflict');
    const withdrawal = { params: { disclosureId: disclosure.id }, version: disclosure.version };
    await book().as.secretary.withdrawDisclosure({ ...withdrawal, body: { reason: 'Wrong.' } });
    expect((await close()).body.access).toBe('officers');
  });

  it('never become public in a race between closing and publishing them', async () => {
    for (let round = 0; round < 8; round++) {
      const { documentId } = await sealedOf(book(), { access: 'public' });
      const draft = await draftOf(book(), { documents: [{ documentId, version: 1 }] });
      const { version } = (await book().as.secretary.getDocument({ params: { documentId } })).body;
      const body = { access: 'officers' as const, reason: 'Closed.' };
      const [publishing, closing] = await Promise.all([
        book().as.secretary.publishDisclosure({ params: { disclosureId: draft.id }, version: draft.version, body: {} }),
        book().as.secretary.changeDocumentAccess({ params: { documentId }, version, body }),
      ]);
      expect([publishing.status, closing.status].sort()).toEqual([200, 409]);
    }
  });

  it('are retrieved by a link of minutes, and the book records by whom', async () => {
    const { documentId, content, sha256 } = await sealedOf(book(), { access: 'members' });
    const link = (await book().as.member.retrieveFile({ params: { documentId, version: '1' }, body: {} })).body;
    const file = await fetch(link.url);
    expect(await file.text()).toBe(content);
    expect(file.headers.get('cache-control')).toBe('private, no-store');
    expect(Date.parse(link.expiresAt) - Date.now()).toBeLessThanOrEqual(5 * 60_000);
    const retrievals = (await book().as.auditor.listRetrievals({ params: { documentId } })).body.items;
    const by = { id: book().people.member, name: 'Person member' };
    expect(retrievals).toEqual([expect.objectContaining({ version: 1, rendition: 'original', sha256, by })]);
    const params = { kind: 'retrieval' as const, recordId: String(retrievals[0]?.id) };
    const [told] = (await book().as.auditor.listEvents({ params })).body.items;
    expect(told).toMatchObject({ operation: 'retrieveFile', by: book().people.member });
    expect(told?.changes).toContainEqual({ field: 'sha256', from: null, to: sha256 });
    expect(JSON.stringify(told)).not.toContain('signature');
  });

  it('answer 404 alike for what is not there and what may not be seen, and leave no trace of asking', async () => {
    const { documentId } = await sealedOf(book(), { access: 'confidential' });
    const ask = (id: string) => [
      book().as.member.getDocument({ params: { documentId: id } }),
      book().as.member.readFile({ params: { documentId: id, version: '1' } }),
      book().as.member.retrieveFile({ params: { documentId: id, version: '1' }, body: {} }),
    ];
    const hidden = await Promise.all(ask(documentId));
    const absent = await Promise.all(ask('01890a5d-ac96-774b-bcce-b302099a8070'));
    expect(hidden.map(({ status, text }) => [status, text])).toEqual(absent.map(({ status, text }) => [status, text]));
  });

  it('stand on the list of reviews, overdue ones as such', async () => {
    const ownerId = book().people.treasurer;
    const policy = (title: string, next: string) =>
      documentOf(book(), { title, kind: 'policy', review: { ownerId, next } });
    await policy('Overdue policy', '2020-01-01');
    await policy('Due policy', '2020-03-01');
    await policy('Later policy', '2020-06-01');
    const { items } = (await book().as.director.listReviews({ query: { on: '2020-02-01' } })).body;
    expect(items.map(({ title, state, owner }) => [title, state, owner.name])).toEqual([
      ['Overdue policy', 'overdue', 'Person treasurer'],
      ['Due policy', 'due', 'Person treasurer'],
      ['Later policy', 'later', 'Person treasurer'],
    ]);
  });

  it('name only bodies, people and documents that the book knows, at levels that their author may see', async () => {
    const unknown = '01890a5d-ac96-774b-bcce-b302099a8070';
    const body = {
      ...documentFacts({ bodyId: unknown, review: { ownerId: unknown, next: '2030-01-01' } }),
      replaces: unknown,
    };
    const answer = await book().as.secretary.createDocument({ body });
    expect(answer.problem.errors?.map(({ field }) => field)).toEqual(['/bodyId', '/replaces', '/review/ownerId']);
    const bodiless = await book().as.secretary.createDocument({ body: documentFacts({ access: 'body' }) });
    expect(bodiless.problem.errors?.map(({ field }) => field)).toEqual(['/bodyId']);
  });

  it('fit together with their bytes, after all of this', async () => {
    expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
  });
});
