/** What somebody who means harm, or is only hasty, does with uploads, grants and links. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { reviewDisposal } from '../../functions/custody/disposals.ts';
import { archiveFaults } from '../support/archiveCheck.ts';
import { describeOnEachStore } from '../support/book.ts';
import { declarationOf, documentOf, endOf, sealedOf, sentOf, sha256Of } from '../support/documents.ts';

describeOnEachStore('hostile uploads', book => {
  const secretary = () => book().as.secretary;
  const newDocument = async () => (await documentOf(book())).id;
  const declare = async (change: object) => {
    const body = { ...declarationOf('a.txt', 'Some notes.'), ...change };
    return secretary().createUpload({ params: { documentId: await newDocument() }, body });
  };
  const complete = (uploadId: string) => secretary().completeUpload({ params: { uploadId } });
  const put = async (grant: { url: string; headers: Record<string, string> } | null | undefined, body: Buffer) => {
    const answer = await fetch(String(grant?.url), {
      method: 'PUT',
      headers: grant?.headers ?? {},
      body: Buffer.from(body),
    });
    await answer.arrayBuffer();
    return answer.status;
  };

  it.each([
    ['/size', { size: 5_000_000_001 }],
    ['/size', { size: 0 }],
    ['/size', { size: -1 }],
    ['/size', { size: 1.5 }],
    ['/size', { size: Number.MAX_SAFE_INTEGER + 1 }],
    ['/sha256', { sha256: sha256Of('x').toUpperCase() }],
    ['/sha256', { sha256: `${sha256Of('x')}\n` }],
    ['/sha256', { sha256: '../../../etc/passwd' }],
  ])('are refused, naming %s, when they declare %j', async (field, change) => {
    const { problem } = await declare(change);
    expect([...new Set(problem.errors?.map(error => error.field))]).toEqual([field]);
  });

  it('may be of the largest size, in as many parts as it takes', async () => {
    const { body } = await declare({ size: 5_000_000_000 });
    expect(body.parts).toMatchObject({ count: 299, arrived: [] });
  });

  it('are taken once when two grants of one upload are used at the same moment', async () => {
    const { body: upload } = await declare({});
    const { grants } = (await secretary().grantUpload({ params: { uploadId: upload.id }, body: {} })).body;
    const content = Buffer.from('Some notes.');
    const statuses = await Promise.all([
      put(upload.grant, content),
      put(grants[0], content),
      put(upload.grant, content),
    ]);
    expect(statuses.filter(status => status === 200)).toHaveLength(1);
    expect(statuses.filter(status => status !== 200).every(status => status === 412 || status === 409)).toBe(true);
    await complete(upload.id);
    expect((await endOf(secretary(), upload.id)).state).toBe('sealed');
  });

  it('change nothing any more when they have ended, whoever uses their grant again', async () => {
    const { body: upload } = await declare({});
    const content = Buffer.from('Some notes.');
    await put(upload.grant, content);
    await complete(upload.id);
    const end = await endOf(secretary(), upload.id);
    await put(upload.grant, content);
    expect((await complete(upload.id)).body).toEqual(end);
    const params = { documentId: upload.documentId };
    expect((await secretary().getDocument({ params })).body.versions).toHaveLength(1);
  });

  async function inParts() {
    const content = Buffer.alloc(17 * 2 ** 20, `In parts ${Math.random()}. `);
    const params = { documentId: await newDocument() };
    const { id, parts } = (await secretary().createUpload({ params, body: declarationOf('a.txt', content) })).body;
    const size = parts?.size ?? 0;
    const part = (number: number) => content.subarray((number - 1) * size, number * size);
    const grant = async (number: number, bytes = part(number)) => {
      const body = { parts: [{ number, sha256: sha256Of(bytes) }] };
      return (await secretary().grantUpload({ params: { uploadId: id }, body })).body.grants[0];
    };
    return { id, part, grant };
  }

  it('stay whole when they are completed again and again while their parts still arrive', async () => {
    const { id, part, grant } = await inParts();
    const grants = [await grant(1), await grant(2)];
    let isSent = false;
    const completing = (async () => {
      const statuses: number[] = [];
      while (!isSent) statuses.push((await complete(id)).status);
      return statuses;
    })();
    expect(await Promise.all([put(grants[0], part(1)), put(grants[1], part(2))])).toEqual([200, 200]);
    isSent = true;
    expect((await completing).every(status => status === 409 || status === 200)).toBe(true);
    expect((await complete(id)).status).toBe(200);
    expect(await endOf(secretary(), id)).toMatchObject({ state: 'sealed', sealedAs: 1 });
  });

  it('take no part any more once they are joined, and give no grant', async () => {
    const { id, part, grant } = await inParts();
    const other = Buffer.from(part(2)).fill('x');
    const [first, second, replacing] = [await grant(1), await grant(2), await grant(2, other)];
    await put(first, part(1));
    await put(second, part(2));
    expect((await complete(id)).status).toBe(200);
    expect(await put(replacing, other)).toBeGreaterThanOrEqual(400);
    expect(
      (
        await secretary().grantUpload({
          params: { uploadId: id },
          body: { parts: [{ number: 1, sha256: sha256Of(part(1)) }] },
        })
      ).status,
    ).toBe(409);
    expect((await endOf(secretary(), id)).state).toBe('sealed');
  });

  it('are refused in words when their document is proposed for disposal, or gone, meanwhile', async () => {
    const { documentId } = await sealedOf(book(), {
      kind: 'workplan',
      period: { from: '1980-01-01', to: '1980-12-31' },
    });
    const sent = await sentOf(secretary(), documentId, 'late.txt', 'Too late.');
    await reviewDisposal(documentId, book().services);
    await complete(sent.upload.id);
    expect(await endOf(secretary(), sent.upload.id)).toMatchObject({
      state: 'refused',
      refusal: 'Its disposal is proposed. Keep the document first.',
    });
    const begun = await secretary().createUpload({ params: { documentId }, body: declarationOf('b.txt', 'b') });
    expect(begun.problem.code).toBe('state-conflict');
  });

  it('leave a link that ends with its minutes', async () => {
    const { documentId } = await sealedOf(book());
    const link = async () =>
      (await secretary().retrieveFile({ params: { documentId, version: '1' }, body: {} })).body.url;
    expect((await fetch(await link())).status).toBe(200);
    try {
      book().setClock(new Date(Date.now() - 6 * 60_000).toISOString());
      const old = await link();
      book().setClock(undefined);
      expect((await fetch(old)).status).toBe(403);
    } finally {
      book().setClock(undefined);
    }
  });

  it('leave an archive that fits together, after all of this', async () => {
    expect(await archiveFaults(book().records, book().blobs)).toEqual([]);
    expect(book().log.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('find no way around the signature where bytes lie, whatever the request', async () => {
    const { sha256 } = await sealedOf(book());
    const { port } = new URL(book().origin);
    const shelf = `/archive/${sha256}`;
    const targets = [
      ...[shelf, `${shelf}?`, `${shelf}?signature=`, `${shelf}?signature=%ff&from=0&until=9999999999`],
      ...[
        `/archive/../archive/${sha256}`,
        `/archive/%2e%2e/link.key`,
        '/archive/../../link.key',
        '/quarantine/../link.key',
      ],
      ...[
        `//archive/${sha256}`,
        `/archive//${sha256}`,
        `/ARCHIVE/${sha256}`,
        `http://x/archive/${sha256}`,
        '/archive/%',
      ],
      ...[`/archive/${'a'.repeat(10_000)}`, '/quarantine/', '/archive/', '/archive', `/archive/${sha256}?__proto__=1`],
    ];
    for (const method of ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      for (const target of targets) {
        const answer = await raw(
          port,
          `${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nRange: bytes=0-\r\n\r\n`,
        );
        const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
        expect(status, `${method} ${target}: ${answer.slice(0, 100)}`).toBeGreaterThanOrEqual(
          method === 'OPTIONS' ? 200 : 400,
        );
        expect(status, `${method} ${target}`).toBeLessThan(500);
      }
    }
  });
});

async function raw(port: string, request: string): Promise<string> {
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request);
  return Buffer.concat(await socket.toArray()).toString();
}
