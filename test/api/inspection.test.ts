/** The inspection set over HTTP: what anyone may have on a day, and what is missing for those who see to it. */
import { expect, it } from 'vitest';
import { readInspectionSet } from '../../functions/inspection/readInspectionSet.ts';
import { describeOnEachStore } from '../support/book.ts';
import { documentOf, publishedDocumentOf, sealedOf, sha256Of } from '../support/documents.ts';
import { copyOf, returnOf, submittedOn, writeFiled } from '../support/inspectedBook.ts';

describeOnEachStore('the inspection set', book => {
  const setOn = async (on: string, role: 'public' | 'member' | 'director' = 'public') =>
    (await book().as[role].getInspectionSet({ query: { on } })).body;
  const itemsOf = async (on: string, filingId: string) =>
    (await setOn(on)).items.filter(item => item.filingId === filingId);
  const missingOn = async (on: string) => (await setOn(on, 'director')).missing ?? [];
  const rejected = { accepted: false, on: '2013-05-12', note: null };

  it('leads everybody to the very bytes of the application, the letters and the returns', async () => {
    const early = { from: '2012-01-05', to: '2012-01-05' };
    const application = await publishedDocumentOf(book(), { kind: 'exemption-application', period: early });
    const letter = await publishedDocumentOf(book(), { kind: 'determination-letter', period: early });
    const copy = await copyOf(book(), 'The return for 2012.');
    const id = await writeFiled(book(), returnOf(2012, [submittedOn('2013-05-10', [copy])]));
    const { items, complete, missing, dropsOut, copies } = await setOn('2014-06-01');
    expect([complete, missing, dropsOut]).toEqual([null, null, null]);
    expect(copies.statement).toContain('free of charge');
    expect(items.map(({ what, until, filingId }) => [what, until, filingId])).toEqual([
      ['exemption-application', null, null],
      ['determination-letter', null, null],
      ['annual-return', '2016-05-15', id],
    ]);
    const files = items.flatMap(item => item.files);
    expect(files.map(({ documentId }) => documentId)).toEqual([application, letter, copy].map(one => one.documentId));
    for (const { address, sha256, size } of files) {
      const bytes = Buffer.from(await (await fetch(book().origin + address)).arrayBuffer());
      expect({ sha256: sha256Of(bytes), size: bytes.length }).toEqual({ sha256, size });
    }
  });

  it('holds a return to the end of its last day, and what amends it by its own days', async () => {
    const [first, second] = [await copyOf(book()), await copyOf(book())];
    const submissions = [submittedOn('2014-05-15', [first]), submittedOn('2015-02-28', [second], { amends: true })];
    const id = await writeFiled(book(), returnOf(2013, submissions));
    const numbersOn = async (on: string) => (await itemsOf(on, id)).map(({ submission }) => submission);
    expect(await numbersOn('2014-05-14')).toEqual([]);
    expect(await numbersOn('2014-05-15')).toEqual([1]);
    expect(await numbersOn('2015-02-28')).toEqual([1, 2]);
    expect(await numbersOn('2017-05-15')).toEqual([1, 2]);
    expect(await numbersOn('2017-05-16')).toEqual([2]);
    expect(await numbersOn('2018-02-28')).toEqual([2]);
    expect(await numbersOn('2018-03-01')).toEqual([]);
  });

  it('tells those who see compliance what is missing, what to do, and what drops out when; others nothing of it', async () => {
    const id = await writeFiled(book(), returnOf(2002, [submittedOn('2003-05-01', [])]));
    const owed = await writeFiled(book(), returnOf(2003, []));
    const set = await setOn('2004-06-01', 'director');
    expect(set.complete).toBe(false);
    const whys = (set.missing ?? []).map(({ why, filingId }) => [why, filingId]);
    expect(whys).toEqual([
      ['no-copy', id],
      ['not-filed', owed],
    ]);
    expect(set.dropsOut).toEqual([expect.objectContaining({ filingId: id, submission: 1, after: '2006-05-15' })]);
    expect(set.items.filter(item => item.filingId === id)).toHaveLength(1);
    for (const role of ['public', 'member'] as const) {
      const seen = await setOn('2004-06-01', role);
      expect(seen).toMatchObject({ complete: null, missing: null, dropsOut: null });
      expect(JSON.stringify(seen)).not.toContain(id);
      expect(JSON.stringify(seen)).not.toContain(owed);
    }
    expect((await missingOn('2004-05-15')).map(({ filingId }) => filingId)).not.toContain(owed);
  });

  it('shows nothing of a submission that was rejected, and nobody can have its copies', async () => {
    const copy = await copyOf(book());
    const filed = returnOf(2004, [submittedOn('2005-05-01', [copy])]);
    const id = await writeFiled(book(), filed);
    expect(await itemsOf('2005-06-01', id)).toHaveLength(1);
    const [submission] = filed.submissions;
    if (submission === undefined) throw new Error('It has one');
    await writeFiled(book(), { ...filed, submissions: [{ ...submission, answer: rejected }] });
    expect(await itemsOf('2005-06-01', id)).toEqual([]);
    const params = { documentId: copy.documentId, version: '1' };
    expect((await book().as.public.readFile({ params })).status).toBe(404);
    expect(await missingOn('2005-06-01')).toContainEqual(expect.objectContaining({ why: 'not-filed', filingId: id }));
  });

  it('misses a copy that nobody can have any more, though the rest of the return is there', async () => {
    const [kept, gone] = [await copyOf(book()), await copyOf(book())];
    const id = await writeFiled(book(), returnOf(2005, [submittedOn('2006-05-01', [kept, gone])]));
    const before = await itemsOf('2006-06-01', id);
    expect(before[0]?.files).toHaveLength(2);
    const { documentId } = gone;
    await book().records.commit([
      { remove: { table: 'records', partition: `document#${documentId}`, sort: 'references' }, expect: 'any' },
    ]);
    expect((await itemsOf('2006-06-01', id))[0]?.files).toMatchObject([{ documentId: kept.documentId }]);
    expect(await missingOn('2006-06-01')).toContainEqual(expect.objectContaining({ why: 'no-copy', filingId: id }));
  });

  it('does not tell others of an application that is not public; a copy that replaces it makes the set complete', async () => {
    const period = { from: '1990-01-01', to: '1990-01-01' };
    const facts = { title: 'With home addresses', kind: 'exemption-application', period } as const;
    const original = await sealedOf(book(), { ...facts, access: 'officers' });
    expect(JSON.stringify(await setOn('1990-02-01'))).not.toContain('home addresses');
    expect(await missingOn('1990-02-01')).toContainEqual(
      expect.objectContaining({ why: 'no-copy', documentId: original.documentId }),
    );
    const { secretary } = book().as;
    const copy = await publishedDocumentOf(book(), { ...facts, title: 'Application', access: 'public' });
    const { version } = (await secretary.getDocument({ params: { documentId: copy.documentId } })).body;
    const body = {
      title: 'Application',
      kind: 'exemption-application' as const,
      language: 'en',
      period,
      bodyId: null,
      replaces: original.documentId,
      review: null,
    };
    await secretary.updateDocument({ params: { documentId: copy.documentId }, version, body }).then(one => one.body);
    const about = (await missingOn('1990-02-01')).map(({ documentId }) => documentId);
    expect(about).not.toContain(original.documentId);
    expect((await setOn('1990-02-01')).items.map(({ title }) => title)).toContain('Application');
  });

  it('counts no document in which nothing was sealed, and is complete before there was anything to show', async () => {
    await documentOf(book(), { title: 'An empty letter', kind: 'determination-letter', access: 'public' });
    const set = await setOn('1985-01-01', 'director');
    expect(JSON.stringify(set)).not.toContain('An empty letter');
    expect(set.missing).toEqual([]);
    const { records, services } = book();
    const now = services.now().toISOString();
    expect((await readInspectionSet(records, '1985-01-01', now)).complete).toBe(true);
  });

  it('is that of today unless a day is named, and refuses a day that there is not', async () => {
    const today = (await book().as.public.getInspectionSet()).body.on;
    expect(Math.abs(Date.parse(today) - Date.now())).toBeLessThan(2 * 86_400_000);
    const { problem } = await book().as.public.getInspectionSet({ query: { on: '2023-02-29' } });
    expect(problem).toMatchObject({ code: 'validation-failed', errors: [{ field: '/on' }] });
  });
});
