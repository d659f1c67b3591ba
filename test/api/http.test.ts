/** The HTTP manners of every operation: conditions, methods, origins, and requests that are no good. */
import { connect } from 'node:net';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { contentOf, draftOf, publishedOf } from '../support/disclosures.ts';

describeOnEachStore('HTTP', book => {
  let published: { id: string; version: number };

  beforeAll(async () => {
    published = await publishedOf(book(), { title: 'Public' });
  });

  const raw = (path: string, init?: RequestInit) => fetch(book().origin + path, init);
  const post = async (body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const authorization = `Bearer ${book().as.secretary.token}`;
    const answer = await raw('/v1/disclosures', {
      method: 'POST',
      body,
      headers: { authorization, 'content-type': 'application/json', ...headers },
    });
    return { status: answer.status, problem: (await answer.json()) as { code: string; errors?: object[] } };
  };

  it('answers a read with an ETag, and the same read with 304 while nothing changed', async () => {
    for (const path of ['/v1/organisation', '/v1/disclosures', '/v1/bodies', `/v1/disclosures/${published.id}`, '/']) {
      const first = await raw(path);
      const etag = first.headers.get('etag') ?? '';
      expect(etag, path).toMatch(/^"[\w-]+"$/);
      const again = await raw(path, { headers: { 'if-none-match': `W/"other", ${etag}` } });
      expect([again.status, await again.text(), again.headers.get('etag')], path).toEqual([304, '', etag]);
      expect((await raw(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
    }
  });

  it('gives the ETag of a record a new value with every change', async () => {
    const draft = await draftOf(book());
    const { secretary } = book().as;
    const params = { disclosureId: draft.id };
    const before = await secretary.getDisclosure({ params });
    await secretary.updateDisclosure({ params, version: 1, body: contentOf({ title: 'Another' }) });
    const after = await secretary.getDisclosure({ params });
    expect(before.headers.get('etag')).toMatch(/^"1-/);
    expect(after.headers.get('etag')).toMatch(/^"2-/);
  });

  it('lets caches keep what is public for seconds, and nothing else', async () => {
    const cacheControl = async (path: string, headers = {}) =>
      (await raw(path, { headers })).headers.get('cache-control');
    expect(await cacheControl('/v1/disclosures')).toBe('public, max-age=10');
    expect(await cacheControl('/v1/disclosures', { authorization: `Bearer ${book().as.member.token}` })).toBe(
      'private, no-store',
    );
    expect(await cacheControl('/v1/drafts')).toBe('private, no-store');
    expect(await cacheControl('/v1/disclosures/00000000-0000-7000-8000-000000000000')).toBe('private, no-store');
    expect((await raw('/v1/disclosures')).headers.get('vary')).toBe('authorization');
  });

  it('answers HEAD as GET, without the body', async () => {
    for (const path of ['/v1/disclosures', '/', '/v1/nothing', '/v1/drafts']) {
      const [get, head] = [await raw(path), await raw(path, { method: 'HEAD' })];
      expect(head.status, path).toBe(get.status);
      expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
      expect(await head.text()).toBe('');
    }
  });

  it('answers OPTIONS with the methods, and lets other origins read what is public', async () => {
    const answer = await raw('/v1/disclosures', { method: 'OPTIONS' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
    expect(answer.headers.get('access-control-allow-headers')).not.toMatch(/authorization/i);
    expect((await raw('/v1/disclosures')).headers.get('access-control-allow-origin')).toBe('*');
    expect((await raw('/v1/drafts')).headers.get('access-control-allow-origin')).toBeNull();
    expect((await raw('/v1/nothing', { method: 'OPTIONS' })).status).toBe(404);
  });

  it.each([
    ['DELETE', '/v1/disclosures', 405],
    ['PATCH', '/v1/organisation', 405],
    ['POST', '/', 405],
    ['PROPFIND', '/v1/disclosures', 405],
    ['GET', '/v1/nothing', 404],
    ['GET', '/v1/disclosures/', 404],
    ['GET', '/v1//disclosures', 404],
    ['GET', '/%', 404],
    ['GET', '/%2e%2e/%2e%2e/etc/passwd', 404],
  ])('answers %s %s with %i as a problem', async (method, path, status) => {
    const answer = await raw(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
    if (status === 405) expect(answer.headers.get('allow')).toContain('OPTIONS');
  });

  it('demands If-Match for a change, and refuses a stale one without changing anything', async () => {
    const draft = await draftOf(book());
    const { secretary } = book().as;
    const params = { disclosureId: draft.id };
    const body = contentOf({ title: 'Changed' });
    expect((await secretary.updateDisclosure({ params, body })).problem.code).toBe('precondition-required');
    expect((await secretary.updateDisclosure({ params, body, version: 2 })).problem.code).toBe('precondition-failed');
    for (const wrong of ['*', '7', '"x"', '"1", "2"']) {
      const answer = await secretary.updateDisclosure({ params, body, headers: { 'if-match': wrong } });
      expect(answer.problem, wrong).toMatchObject({
        code: 'malformed-request',
        errors: [{ in: 'header', field: '/If-Match' }],
      });
    }
    expect((await secretary.getDisclosure({ params })).body).toMatchObject({ version: 1, title: draft.title });
    const etag = (await secretary.getDisclosure({ params })).headers.get('etag') ?? '';
    expect((await secretary.updateDisclosure({ params, body, headers: { 'if-match': etag } })).status).toBe(200);
  });

  it.each<[string, string | Buffer<ArrayBuffer>, Record<string, string>, number, string]>([
    ['no JSON', '{"title":', {}, 400, 'malformed-request'],
    ['not an object', '[]', {}, 400, 'validation-failed'],
    ['null', 'null', {}, 400, 'validation-failed'],
    ['deep nesting', '['.repeat(100_000), {}, 400, 'malformed-request'],
    ['deep nesting in a field', `{"title":${'['.repeat(40)}${']'.repeat(40)}}`, {}, 400, 'malformed-request'],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), {}, 400, 'malformed-request'],
    ['a form', 'title=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-media-type'],
    ['plain text', '{}', { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
    [
      'another character set',
      '{}',
      { 'content-type': 'application/json; charset=latin1' },
      415,
      'unsupported-media-type',
    ],
    ['too much', JSON.stringify({ title: 'x'.repeat(300_000) }), {}, 413, 'content-too-large'],
    ['far too much', 'x'.repeat(9_000_000), {}, 413, 'content-too-large'],
    ['a prototype', '{"__proto__":{"title":"x"}}', {}, 400, 'validation-failed'],
    ['a strange idempotency key', '{}', { 'idempotency-key': 'a b' }, 400, 'validation-failed'],
  ])('refuses %s', async (_, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect([answer.status, answer.problem.code]).toEqual([status, code]);
  });

  it('names each wrong field, and unknown ones too', async () => {
    const { problem } = await post(
      JSON.stringify({
        ...contentOf(),
        title: '',
        language: 'no language',
        period: { from: '2024-02-30', to: '2023-01-01' },
        extra: 1,
        links: [{ title: 'x', url: 'http://x' }],
      }),
    );
    expect(problem.errors?.map(error => (error as { field: string }).field).sort()).toEqual([
      '/extra',
      '/language',
      '/links/0/url',
      '/period/from',
      '/period/to',
      '/title',
    ]);
  });

  it.each([
    ['/v1/disclosures?limit=0', '/limit'],
    ['/v1/disclosures?limit=101', '/limit'],
    ['/v1/disclosures?limit=ten', '/limit'],
    ['/v1/disclosures?limit=1&limit=2', '/limit'],
    ['/v1/disclosures?cursor=abc', '/cursor'],
    ['/v1/disclosures?cursor=WyJhIl0', '/cursor'],
    ['/v1/disclosures?kategory=policy', '/kategory'],
    ['/v1/disclosures?category=gossip', '/category'],
    ['/v1/disclosures?period=23', '/period'],
    ['/v1/disclosures?period=%ff', '/period'],
    ['/v1/organisation?on=2023-02-29', '/on'],
    ['/v1/disclosures/17', '/disclosureId'],
  ])('refuses %s and names %s', async (path, field) => {
    const answer = await raw(path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ field, message: expect.any(String) }] });
  });

  it('answers a request whose sign-in is no good with 401, also where none is needed', async () => {
    for (const authorization of [
      'Bearer x.y.z',
      'Basic dTpw',
      'Bearer',
      'Bearer ',
      `Bearer ${book().as.member.token}x`,
    ]) {
      const answer = await raw('/v1/disclosures', { headers: { authorization } });
      expect(answer.status, authorization).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    }
    expect((await raw('/v1/drafts')).headers.get('www-authenticate')).toBe('Bearer');
  });

  it('gives every answer a request id that stands in the log line, and logs no personal data', async () => {
    const { log, as } = book();
    const from = log.length;
    const answer = await as.secretary.createPerson({
      body: { name: 'Very Private', email: 'very.private@test.example' },
    });
    await as.secretary.getPerson({ params: { personId: 'x' } });
    await raw('/v1/disclosures?cursor=secret-in-the-query');
    const lines = log.slice(from);
    expect(lines.map(line => line.requestId)).toContain(answer.headers.get('x-request-id'));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatchObject({ level: 'info', operation: expect.any(String), status: expect.any(Number) });
    const text = JSON.stringify(lines);
    for (const secret of ['Very Private', 'very.private', 'Person secretary', 'secret-in-the-query', 'Bearer']) {
      expect(text).not.toContain(secret);
    }
  });

  it('answers the next request after a body that broke off', async () => {
    const { port } = new URL(book().origin);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('POST /v1/disclosures HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"tit');
    await new Promise(resolve => setTimeout(resolve, 50));
    socket.destroy();
    expect((await raw('/v1/disclosures')).status).toBe(200);
  });

  it('says nothing of the inside when the store fails, and keeps the fault in the log', async () => {
    const { records, serveWith, log } = book();
    const broken: TestBook['records'] = {
      get: () => Promise.reject(new Error('secret host name')),
      getMany: keys => records.getMany(keys),
      query: query => records.query(query),
      commit: writes => records.commit(writes),
    };
    const answer = await fetch(`${await serveWith({ records: broken })}/v1/organisation`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('secret');
    expect(log.at(-1)).toMatchObject({ level: 'error', internal: expect.stringContaining('secret host name') });
  });
});
