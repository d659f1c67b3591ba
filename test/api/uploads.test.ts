/** Uploads through the API, most of them hostile: refused or contained, with a clear state, and nothing left behind. */
import { expect, it } from 'vitest';
import { forgetAbandoned } from '../../functions/custody/abandoned.ts';
import { archiveFaults } from '../support/archiveCheck.ts';
import { tampered } from '../support/blobs.ts';
import { describeOnEachStore } from '../support/book.ts';
import { crowd } from '../support/crowd.ts';
import { declarationOf, documentOf, endOf, sealedOf, sentOf, sha256Of, uploadedOf } from '../support/documents.ts';

describeOnEachStore('uploads', book => {
  const secretary = () => book().as.secretary;
  const newDocument = async () => (await documentOf(book())).id;
  const declare = async (name = 'notes.txt', content: string = 'Some notes.') => {
    const params = { documentId: await newDocument() };
    return (await secretary().createUpload({ params, body: declarationOf(name, content) })).body;
  };
  const send = async (grant: { url: string; headers: Record<string, string> } | null, body: string) => {
    if (grant === null) throw new Error('There is no grant');
    return (await fetch(grant.url, { method: 'PUT', headers: grant.headers, body })).status;
  };
  const complete = (uploadId: string) => secretary().completeUpload({ params: { uploadId } });

  it('take a small file in one step, and may be completed again', async () => {
    const { upload, status } = await sentOf(secretary(), await newDocument(), 'notes.txt', 'Some notes.');
    expect(status).toBe(200);
    expect((await complete(upload.id)).body.state).toMatch(/received|sealed/);
    expect(await endOf(secretary(), upload.id)).toMatchObject({ state: 'sealed', sealedAs: 1 });
    expect((await complete(upload.id)).body).toMatchObject({ state: 'sealed', sealedAs: 1 });
  });

  it('cannot be completed before their bytes are there', async () => {
    const { id } = await declare();
    expect((await complete(id)).problem).toMatchObject({
      code: 'state-conflict',
      detail: expect.stringContaining('not arrived'),
    });
    expect((await secretary().getUpload({ params: { uploadId: id } })).body.state).toBe('waiting');
  });

  it.each([
    ['other bytes of the same size', 'Some motes.'],
    ['fewer bytes', 'Some'],
    ['more bytes', 'Some notes, and then some.'],
  ])('refuse %s', async (_, content) => {
    const { id, grant } = await declare();
    expect(await send(grant, content)).toBeGreaterThanOrEqual(400);
    expect((await complete(id)).status).toBe(409);
    // The grant is not used up: the right bytes are taken still.
    expect(await send(grant, 'Some notes.')).toBe(200);
    expect((await complete(id)).status).toBe(200);
    expect((await endOf(secretary(), id)).state).toBe('sealed');
  });

  it('take the bytes of a grant once', async () => {
    const { grant } = await declare();
    expect(await send(grant, 'Some notes.')).toBe(200);
    expect(await send(grant, 'Some notes.')).toBe(412);
  });

  it('give grants that end after minutes', async () => {
    try {
      book().setClock(new Date(Date.now() - 16 * 60_000).toISOString());
      const { grant } = await declare();
      book().setClock(undefined);
      expect(await send(grant, 'Some notes.')).toBe(403);
    } finally {
      book().setClock(undefined);
    }
  });

  it('take no bytes for another upload, or with a grant that was changed', async () => {
    const [mine, other] = [await declare('a.txt', 'Mine.'), await declare('b.txt', 'Other')];
    const moved = String(mine.grant?.url).replace(mine.id, other.id);
    expect(await send({ url: moved, headers: mine.grant?.headers ?? {} }, 'Mine.')).toBe(403);
    for (const [parameter, url] of tampered(String(mine.grant?.url), book().origin)) {
      const status = await send({ url, headers: mine.grant?.headers ?? {} }, 'Mine.');
      expect(status, `${parameter} was changed`).toBeGreaterThanOrEqual(400);
    }
  });

  it('belong to the person who declared them: for others they are not there', async () => {
    const { id } = await declare();
    const params = { uploadId: id };
    const asked = [
      await book().as.treasurer.getUpload({ params }),
      await book().as.treasurer.grantUpload({ params, body: {} }),
      await book().as.treasurer.completeUpload({ params }),
    ];
    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404]);
  });

  it.each([
    '../../etc/passwd.txt',
    'a/b.txt',
    'a\\b.txt',
    '.hidden.txt',
    'CON.txt',
    'line\nbreak.txt',
    'gnp\u202Etxt.exe',
    'report.html',
    'report.exe',
    `${'x'.repeat(300)}.txt`,
  ])('refuse the file name %j and name the field', async name => {
    const params = { documentId: await newDocument() };
    const { problem } = await secretary().createUpload({ params, body: declarationOf(name, 'x') });
    expect(problem.errors?.map(({ field }) => field)).toContain('/name');
  });

  it('refuse what is not what it says, in words, and seal nothing of it', async () => {
    const hostile: [string, string | Buffer, 'application/pdf' | 'text/plain' | 'image/png' | 'application/json'][] = [
      ['page.pdf', '<!doctype html><script>alert(1)</script>', 'application/pdf'],
      ['program.pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)]), 'application/pdf'],
      ['page.txt', '<html><body onload=alert(1)>', 'text/plain'],
      ['script.txt', '#!/bin/sh\nrm -rf /\n', 'text/plain'],
      ['binary.txt', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2]), 'text/plain'],
      ['picture.png', 'not a picture at all', 'image/png'],
      ['data.json', '{"half":', 'application/json'],
    ];
    const documentId = await newDocument();
    for (const [name, content, type] of hostile) {
      const upload = await uploadedOf(secretary(), documentId, name, content, type);
      expect(upload, name).toMatchObject({ state: 'refused', sealedAs: null });
      expect(upload.refusal?.length, name).toBeGreaterThan(20);
    }
    expect((await secretary().getDocument({ params: { documentId } })).body.versions).toEqual([]);
  });

  it('store the same bytes once, whoever sends them and however often', async () => {
    const [one, two] = await Promise.all([
      sealedOf(book(), {}, 'The same bytes.'),
      sealedOf(book(), {}, 'The same bytes.'),
    ]);
    expect(one.sha256).toBe(two.sha256);
    expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
  });

  it('come in parts, in any order, and need every one of them', async () => {
    const content = Buffer.alloc(40 * 1024 * 1024, 'In parts. ');
    const params = { documentId: await newDocument() };
    const upload = (await secretary().createUpload({ params, body: declarationOf('large.txt', content) })).body;
    const { parts, grant, id } = upload;
    expect({ grant, parts }).toMatchObject({ grant: null, parts: { count: 3, arrived: [] } });
    const partOf = (number: number) => content.subarray((number - 1) * (parts?.size ?? 0), number * (parts?.size ?? 0));
    const sendPart = async (number: number, bytes = partOf(number)) => {
      const wanted = { parts: [{ number, sha256: sha256Of(partOf(number)) }] };
      const [one] = (await secretary().grantUpload({ params: { uploadId: id }, body: wanted })).body.grants;
      return (await fetch(String(one?.url), { method: 'PUT', headers: one?.headers ?? {}, body: Buffer.from(bytes) }))
        .status;
    };
    expect(await sendPart(3)).toBe(200);
    expect(await sendPart(1)).toBe(200);
    expect((await complete(id)).problem.detail).toContain('not arrived: 2');
    expect(await sendPart(2, partOf(1))).toBeGreaterThanOrEqual(400);
    expect((await secretary().getUpload({ params: { uploadId: id } })).body.parts?.arrived).toEqual([1, 3]);
    expect(await sendPart(2)).toBe(200);
    const beyond = { parts: [{ number: 4, sha256: sha256Of('x') }] };
    expect((await secretary().grantUpload({ params: { uploadId: id }, body: beyond })).problem.errors?.[0]?.field).toBe(
      '/parts/0/number',
    );
    expect((await complete(id)).status).toBe(200);
    expect(await endOf(secretary(), id)).toMatchObject({ state: 'sealed', sealedAs: 1 });
  });

  it('of a thousand tiny files at once all are sealed, each under a number of its own', {
    timeout: 240_000,
  }, async () => {
    // The emulators of AWS share this machine with the test: a fifth of it shows there what a thousand show on files.
    const each = 'folder' in book().place ? 50 : 10;
    const documents = await crowd(Array(20).fill(0), 20, newDocument);
    const files = Array.from({ length: 20 * each }, (_, index) => `Tiny file ${index}.`);
    // For the book all are open at once; their one sender has a hundred connections.
    const sent = await crowd(files, 100, (content, index) =>
      sentOf(secretary(), documents[index % 20] ?? '', `${index}.txt`, content),
    );
    expect(sent.filter(({ status }) => status !== 200)).toEqual([]);
    const completed = await crowd(sent, 100, ({ upload }) => complete(upload.id));
    expect(completed.filter(({ status }) => status !== 200)).toEqual([]);
    const ends = await crowd(sent, 2, ({ upload }) => endOf(secretary(), upload.id, 200));
    expect(ends.filter(({ state }) => state !== 'sealed')).toEqual([]);
    for (const documentId of documents) {
      const { versions } = (await secretary().getDocument({ params: { documentId } })).body;
      expect(versions.map(({ number }) => number)).toEqual(Array.from({ length: each }, (_, index) => each - index));
    }
  });

  it('vanish after a day when nobody completes them; until then they wait', async () => {
    const { upload } = await sentOf(secretary(), await newDocument(), 'notes.txt', 'Abandoned notes.');
    const state = async () => (await secretary().getUpload({ params: { uploadId: upload.id } })).body.state;
    await forgetAbandoned(book().services);
    expect(await state()).toBe('waiting');
    expect(await book().blobs.sizeOfUpload(upload.id)).toBe(16);
    try {
      const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000 + 1000).toISOString();
      book().setClock(inHours(24));
      expect(await state()).toBe('abandoned');
      expect((await complete(upload.id)).problem.detail).toContain('abandoned');
      // A completion that began in time may still be on its way: the bytes stay an hour more.
      await forgetAbandoned(book().services);
      expect(await book().blobs.sizeOfUpload(upload.id)).toBe(16);
      book().setClock(inHours(25));
      await forgetAbandoned(book().services);
    } finally {
      book().setClock(undefined);
    }
    expect(await book().blobs.sizeOfUpload(upload.id)).toBeUndefined();
  });

  it('leave an archive that fits together, after all of this', async () => {
    expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
    expect(book().log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
