/** What becomes of archived bytes that change or vanish: found, told to those who have to know, not served, and forgiven. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { checkBytes } from '../../functions/custody/checkBytes.ts';
import { runCustody } from '../../functions/custody/runCustody.ts';
import { custodyIn, custodyKey } from '../../shared/core/archive/custody.ts';
import { archiveFaults } from '../support/archiveCheck.ts';
import { describeOnEachStore } from '../support/book.ts';
import { documentOf, publishedDocumentOf, sealedOf, servicesIn, uploadedOf } from '../support/documents.ts';
import { flipBit, takeAway } from '../support/harm.ts';
import { pdfOf } from '../support/pdfs.ts';

const round = { periodDays: 30, hoursBetweenRounds: 24 };
const harms = [
  { what: 'flipped by one bit', harm: flipBit, result: 'changed' },
  { what: 'taken away', harm: takeAway, result: 'missing' },
] as const;

describeOnEachStore('fixity', book => {
  let days = 0;
  /** The round of a month later: everything is due. */
  const roundOfAll = () => {
    days += 31;
    return runCustody(servicesIn(book(), days), round);
  };
  const read = async (documentId: string) => (await book().as.secretary.getDocument({ params: { documentId } })).body;
  const checkNow = (sha256: string) => checkBytes(sha256, book().services);
  const retrieve = (documentId: string, rendition: 'original' | 'text' = 'original') =>
    book().as.auditor.retrieveFile({ params: { documentId, version: '1' }, body: { rendition } });
  const damagedFor = async (role: 'director' | 'secretary' | 'treasurer' | 'auditor') =>
    (await book().as[role].listDamaged()).body.items;
  const alarmsOn = (sha256: string) => book().log.filter(line => String(line.internal).includes(`FIXITY ${sha256}`));

  /** Somebody asks, and waits for the answer. */
  const askedResult = async (documentId: string) => {
    const asked = await book().as.auditor.checkFile({ params: { documentId, version: '1' } });
    for (let patience = 500; patience > 0; patience--) {
      const [version] = (await read(documentId)).versions;
      if (version?.checkedAt != null && version.checkedAt >= asked.body.askedAt) return version.check;
      await pause(20);
    }
    throw new Error('The check did not come');
  };

  it.each(harms)('finds a file that was $what in the round, and tells those who have to know', async one => {
    const title = `The secret of Zürich, ${one.what}`;
    const { documentId, sha256, disclosure } = await publishedDocumentOf(book(), { title });
    const sharing = await sealedOf(book(), { title: 'Another' }, `Of two, ${one.what}.`);
    const second = await sealedOf(book(), { title: 'And another' }, sharing.content);
    const closed = await sealedOf(book(), { title: 'Closed', access: 'confidential' });
    const harmed = [sha256, sharing.sha256, closed.sha256];
    const undo = await Promise.all(harmed.map(digest => one.harm(book().place, digest)));
    await roundOfAll();

    const told = { title, number: 1, as: 'original', sha256, result: one.result };
    const all = [documentId, sharing.documentId, second.documentId, closed.documentId];
    for (const role of ['secretary', 'treasurer', 'auditor'] as const) {
      const listed = await damagedFor(role);
      expect(listed.map(item => item.documentId).toSorted()).toEqual(all.toSorted());
      expect(listed).toContainEqual(expect.objectContaining({ documentId, ...told }));
    }
    expect((await damagedFor('director')).map(item => item.documentId).toSorted()).toEqual(all.slice(0, 3).toSorted());
    for (const role of ['public', 'signed-in', 'member', 'administrator'] as const) {
      expect((await book().as[role].listDamaged()).status).toBe(role === 'public' ? 401 : 403);
    }
    expect((await book().as.public.getArchiveState()).body).toMatchObject({ failed: 3 });
    for (const digest of harmed) {
      expect(alarmsOn(digest)).toEqual([expect.objectContaining({ level: 'error', operation: 'checkFixity' })]);
    }
    expect(alarmsOn(sharing.sha256)[0]?.internal).toContain(second.documentId);
    expect(JSON.stringify(book().log)).not.toMatch(/Zürich|Closed|nother/);

    const params = { documentId, version: '1' };
    expect((await book().as.public.readFile({ params })).problem.code).toBe('state-conflict');
    for (const id of all) expect((await retrieve(id)).problem.code).toBe('state-conflict');
    expect((await read(documentId)).versions[0]).toMatchObject({ check: one.result });
    const cited = (await book().as.public.getDisclosure({ params: { disclosureId: disclosure.id } })).body.documents;
    expect(cited).toHaveLength(1);

    for (const each of undo) await each();
    await roundOfAll();
    expect(await damagedFor('auditor')).toEqual([]);
    expect((await book().as.public.getArchiveState()).body).toMatchObject({ failed: 0 });
    expect((await book().as.public.readFile({ params })).status).toBe(302);
    for (const id of all) expect((await retrieve(id)).status).toBe(201);
  });

  it.each(harms)('finds a file that was $what when somebody asks, and that it was restored', async one => {
    const { documentId, sha256 } = await sealedOf(book());
    expect(await askedResult(documentId)).toBe('good');
    const undo = await one.harm(book().place, sha256);
    expect(await askedResult(documentId)).toBe(one.result);
    expect(alarmsOn(sha256)).toHaveLength(1);
    expect((await retrieve(documentId)).status).toBe(409);
    await undo();
    expect(await askedResult(documentId)).toBe('good');
    expect((await retrieve(documentId)).status).toBe(201);
    expect(alarmsOn(sha256)).toHaveLength(1);
  });

  it.each(harms)('is content with a file that was $what when the same bytes have come again', async one => {
    const { documentId, sha256, content } = await sealedOf(book());
    await one.harm(book().place, sha256);
    await checkNow(sha256);
    expect((await retrieve(documentId)).status).toBe(409);
    const again = await sealedOf(book(), { title: 'Once more' }, content);
    for (const id of [documentId, again.documentId]) {
      expect(await askedResult(id)).toBe('good');
      const file = await fetch((await retrieve(id)).body.url);
      expect(await file.text()).toBe(content);
    }
    expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
  });

  it('tells a file and its text apart: with the one damaged the other is served', async () => {
    const { id: documentId } = await documentOf(book());
    await uploadedOf(book().as.secretary, documentId, 'a.pdf', await pdfOf([`Of ${documentId}`]), 'application/pdf');
    const { url } = (await retrieve(documentId, 'text')).body;
    const digest = /archive\/([0-9a-f]{64})/.exec(url)?.[1] ?? '';
    const undo = await flipBit(book().place, digest);
    await checkNow(digest);
    expect((await retrieve(documentId, 'text')).status).toBe(409);
    expect((await retrieve(documentId)).status).toBe(201);
    expect(await damagedFor('auditor')).toEqual([expect.objectContaining({ documentId, as: 'text' })]);
    await undo();
    await checkNow(digest);
    expect((await retrieve(documentId, 'text')).status).toBe(201);
  });

  it('lets nobody have wrong bytes whole by a link from before, where the book itself gives them out', async () => {
    const { place } = book();
    if (!('folder' in place)) return;
    for (const size of [40, 400_000]) {
      const { documentId, sha256 } = await sealedOf(book(), {}, 'x'.repeat(size) + Math.random());
      const { url } = (await retrieve(documentId)).body;
      const undo = await flipBit(place, sha256);
      const arrived = await fetch(url)
        .then(async answer => answer.ok && (await answer.text()) !== '')
        .catch(() => false);
      expect(arrived, `${size} bytes`).toBe(false);
      await undo();
      expect((await fetch(url)).status).toBe(200);
    }
  });

  it('tells every document again when it was broken off after some, and the file is still not good', async () => {
    const { documentId, sha256, content } = await sealedOf(book());
    const second = await sealedOf(book(), {}, content);
    const undo = await flipBit(book().place, sha256);
    const { services, records } = book();
    for (const last of [1, 2, 3]) {
      let commits = 0;
      const commit = async (writes: Parameters<typeof records.commit>[0]) => {
        if (++commits >= last) throw new Error('broken off');
        await records.commit(writes);
      };
      await checkBytes(sha256, { ...services, records: { ...records, commit } }).catch(() => {});
    }
    await checkNow(sha256);
    for (const id of [documentId, second.documentId]) expect((await retrieve(id)).status).toBe(409);
    await undo();
    await checkNow(sha256);
    for (const id of [documentId, second.documentId]) expect((await retrieve(id)).status).toBe(201);
  });

  it('reads every file once within the period, each round its share, and counts what it has read', async () => {
    for (let count = 0; count < 20; count++) await sealedOf(book());
    await roundOfAll();
    const reads: string[][] = [];
    const begin = servicesIn(book(), days).now().getTime();
    for (let day = 1; day <= 31; day++) {
      const { records, blobs, ...others } = book().services;
      const own: string[] = [];
      const counting = (sha256: string) => {
        own.push(sha256);
        return blobs.read(sha256);
      };
      const now = () => new Date(begin + day * 86_400_000);
      await runCustody({ ...others, records, blobs: { ...blobs, read: counting }, now }, round);
      reads.push(own);
    }
    const { files, good, failed } = (await book().as.public.getArchiveState()).body;
    expect([good, failed]).toEqual([files, 0]);
    expect(new Set(reads.slice(0, 31).flat()).size).toBe(files);
    expect(Math.max(...reads.slice(0, 30).map(own => own.length))).toBeLessThanOrEqual(Math.ceil(files / 30));
    const some = reads[0]?.[0] ?? '';
    expect(custodyIn(await book().records.get(custodyKey(some)))?.result).toBe('good');
  });

  it('leaves an archive that fits together, after all of this', async () => {
    expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
  });
});
