/** The public copies of what was submitted: what everybody may have of it, from which moment, until when; on both stores. */
import { expect, it } from 'vitest';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { contentOf } from '../support/disclosures.ts';
import { documentOf, sealedOf, uploadedOf } from '../support/documents.ts';
import { expectedOf, submittedOf } from '../support/filings.ts';
import { pdfOf } from '../support/pdfs.ts';

describeOnEachStore('public copies of filings', book => {
  const xml = (text: string) => `<?xml version="1.0" encoding="utf-8"?>\n<Return>${text}</Return>\n`;

  /** A sealed document of XML. */
  async function xmlOf({ as }: TestBook, access: 'public' | 'confidential', text: string) {
    const { id: documentId } = await documentOf(book(), { access });
    const upload = await uploadedOf(as.secretary, documentId, 'return.xml', xml(text), 'application/xml');
    if (upload.state !== 'sealed') throw new Error(`It was ${upload.state}: ${upload.refusal}`);
    return { documentId, version: 1 };
  }
  /** A copy as people read it. */
  async function printedOf({ as }: TestBook) {
    const { id: documentId } = await documentOf(book(), { access: 'public' });
    const upload = await uploadedOf(
      as.secretary,
      documentId,
      'copy.pdf',
      await pdfOf([`Copy ${documentId}.`]),
      'application/pdf',
    );
    if (upload.state !== 'sealed') throw new Error(`It was ${upload.state}: ${upload.refusal}`);
    return { documentId, version: 1 };
  }
  const fileStatus = async (documentId: string) =>
    (await fetch(`${book().origin}/v1/documents/${documentId}/versions/1/file`)).status;

  it('let everybody have the copies that are named, until they are taken back or the submission is rejected', async () => {
    const { as } = book();
    const { filingId, version } = await submittedOf(book(), {
      ruleId: 'us-irs-return',
      period: { from: '2021-01-01', to: '2021-12-31' },
    });
    const params = { filingId };
    const [first, second] = [await printedOf(book()), await printedOf(book())];
    expect(await fileStatus(first.documentId)).toBe(404);
    const publish = async (at: number, copies: readonly { documentId: string; version: number }[]) =>
      (await as.treasurer.publishCopies({ params, version: at, body: { submission: 1, copies: [...copies] } })).body;
    const one = await publish(version, [first, second]);
    expect(one.submissions[0]?.publicCopies.map(({ document }) => document?.documentId)).toEqual([
      first.documentId,
      second.documentId,
    ]);
    expect([await fileStatus(first.documentId), await fileStatus(second.documentId)]).toEqual([200, 200]);
    const documentVersion = (await as.secretary.getDocument({ params: { documentId: first.documentId } })).body.version;
    const narrower = await as.secretary.changeDocumentAccess({
      params: { documentId: first.documentId },
      version: documentVersion,
      body: { access: 'officers', reason: 'No.' },
    });
    expect(narrower.problem.code).toBe('state-conflict');
    const two = await publish(one.version, [second]);
    expect([await fileStatus(first.documentId), await fileStatus(second.documentId)]).toEqual([404, 200]);
    const rejection = { submission: 1, accepted: false, on: '2024-05-12', note: 'The EIN.' };
    const three = (await as.treasurer.answerFiling({ params, version: two.version, body: rejection })).body;
    expect(await fileStatus(second.documentId)).toBe(404);
    expect(three).toMatchObject({ state: 'rejected', filedOn: null });
    const late = await as.treasurer.publishCopies({
      params,
      version: three.version,
      body: { submission: 1, copies: [second] },
    });
    expect(late.problem.code).toBe('state-conflict');
  });

  it('take no copy that is not public, not there, or the return itself as XML, under whatever name', async () => {
    const { as } = book();
    const period = { from: '2020-01-01', to: '2020-12-31' };
    const { filingId, version } = await expectedOf(book(), { ruleId: 'us-irs-return', form: '990', period });
    const params = { filingId };
    const original = await xmlOf(book(), 'confidential', 'Somebody gave much.');
    const body = { on: '2024-05-10', by: 'A', way: 'electronic' as const, papers: [original] };
    const filed = (await as.treasurer.submitFiling({ params, version, body })).body;
    const officers = await sealedOf(book());
    const sameBytes = await xmlOf(book(), 'public', 'Somebody gave much.');
    const redacted = await xmlOf(book(), 'public', 'Somebody gave.');
    const publish = (copy: { documentId: string; version: number }) =>
      as.treasurer.publishCopies({ params, version: filed.version, body: { submission: 1, copies: [copy] } });
    for (const [copy, words] of [
      [{ documentId: officers.documentId, version: 1 }, /access level/],
      [{ ...redacted, version: 2 }, /no such version/],
      [original, /access level/],
      [sameBytes, /name contributors/],
    ] as const) {
      const { problem } = await publish(copy);
      expect(problem.errors?.[0]).toMatchObject({ field: '/copies/0', message: expect.stringMatching(words) });
    }
    expect(await fileStatus(sameBytes.documentId)).toBe(404);
    const asText = (await documentOf(book(), { access: 'public' })).id;
    await uploadedOf(as.secretary, asText, 'return.txt', xml('Somebody gave much.'), 'text/plain');
    const underOtherName = await publish({ documentId: asText, version: 1 });
    expect(underOtherName.problem.errors?.[0]?.message).toMatch(/name contributors/);
    const other = await submittedOf(book());
    const ofOther = await as.treasurer.publishCopies({
      params: { filingId: other.filingId },
      version: other.version,
      body: { submission: 1, copies: [sameBytes] },
    });
    expect(ofOther.problem.errors?.[0]?.message).toMatch(/name contributors/);
    expect([await fileStatus(asText), await fileStatus(sameBytes.documentId)]).toEqual([404, 404]);
    // Whoever withheld by hand may have missed something: data is public as the copy that the book makes.
    expect((await publish(redacted)).problem.errors?.[0]?.message).toMatch(/Have the return read/);
    const printed = await printedOf(book());
    expect((await publish(printed)).status).toBe(200);
    expect(await fileStatus(printed.documentId)).toBe(200);
  });

  it('are the only way to everybody: what was filed as data stays away from them, whatever refers to it', async () => {
    const { as } = book();
    const period = { from: '2018-01-01', to: '2018-12-31' };
    const { filingId, version } = await expectedOf(book(), { ruleId: 'us-irs-return', form: '990', period });
    const params = { filingId };
    const submit = (paper: { documentId: string; version: number }) =>
      as.treasurer.submitFiling({
        params,
        version,
        body: { on: '2024-05-10', by: 'A', way: 'electronic', papers: [paper] },
      });
    const tooOpen = await submit(await xmlOf(book(), 'public', 'Somebody gave more.'));
    expect(tooOpen.problem.errors?.[0]).toMatchObject({
      field: '/papers/0',
      message: expect.stringMatching(/narrower/),
    });
    const original = await xmlOf(book(), 'confidential', 'Somebody gave more.');
    expect((await submit(original)).status).toBe(200);
    const { documentId } = original;
    const wider = async (access: 'public' | 'officers') => {
      const document = (await as.secretary.getDocument({ params: { documentId } })).body;
      const body = { access, reason: 'Everybody asks for it.' };
      return as.secretary.changeDocumentAccess({ params: { documentId }, version: document.version, body });
    };
    expect((await wider('officers')).status).toBe(200);
    expect((await wider('public')).problem.detail).toMatch(/name contributors/);
    const content = contentOf({ documents: [original] });
    const draft = (await as.secretary.createDisclosure({ body: content })).body;
    const published = await as.secretary.publishDisclosure({
      params: { disclosureId: draft.id },
      version: draft.version,
      body: {},
    });
    expect(published.status).toBe(409);
    expect(await fileStatus(documentId)).toBe(404);
  });

  it('can follow papers that were added later, once', async () => {
    const { as } = book();
    const { filingId, version } = await expectedOf(book(), {
      ruleId: 'us-irs-return',
      form: '990',
      period: { from: '2017-01-01', to: '2017-12-31' },
    });
    const params = { filingId };
    const body = { on: '2024-05-10', by: 'A', way: 'electronic' as const };
    const filed = (await as.treasurer.submitFiling({ params, version, body })).body;
    const original = await xmlOf(book(), 'confidential', 'Somebody gave most.');
    const add = (at: number, papers: { documentId: string; version: number }[]) =>
      as.treasurer.addPapers({ params, version: at, body: { submission: 1, papers } });
    expect((await add(filed.version, [])).problem.errors?.[0]?.field).toBe('/papers');
    const open = await xmlOf(book(), 'public', 'Somebody gave most.');
    expect((await add(filed.version, [open])).problem.errors?.[0]?.message).toMatch(/narrower/);
    const added = await add(filed.version, [original]);
    expect(added.body.submissions[0]?.papers.map(({ document }) => document?.documentId)).toEqual([
      original.documentId,
    ]);
    const again = await add(added.body.version, [original]);
    expect(again.problem).toMatchObject({ code: 'state-conflict', detail: expect.stringMatching(/never changes/) });
  });

  it('name no copy whose document ceases to be public at that moment', async () => {
    const { as, serveWith, services } = book();
    const { filingId, version } = await submittedOf(book());
    const { documentId } = await sealedOf(book(), { access: 'public' });
    let isFirst = true;
    const { records } = services;
    const meddled: typeof records = {
      get: key => records.get(key),
      getMany: keys => records.getMany(keys),
      query: query => records.query(query),
      async commit(writes) {
        if (isFirst) {
          isFirst = false;
          const document = (await as.secretary.getDocument({ params: { documentId } })).body;
          const change = { access: 'officers' as const, reason: 'Meanwhile.' };
          await as.secretary.changeDocumentAccess({ params: { documentId }, version: document.version, body: change });
        }
        await records.commit(writes);
      },
    };
    const treasurer = clientFor(await serveWith({ records: meddled }), as.treasurer.token);
    const body = { submission: 1, copies: [{ documentId, version: 1 }] };
    const answer = await treasurer.publishCopies({ params: { filingId }, version, body });
    expect(answer.problem.errors?.[0]?.message).toMatch(/access level/);
    expect(await fileStatus(documentId)).toBe(404);
  });
});
