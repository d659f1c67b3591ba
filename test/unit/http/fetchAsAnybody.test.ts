/** Fetching a public file as anybody would, from servers that answer well, badly, or never. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchAsAnybody } from '../../../shared/http/fetchAsAnybody.ts';

const content = Buffer.from('The return for 2023.');
const wanted = {
  documentId: 'd',
  version: 2,
  sha256: createHash('sha256').update(content).digest('hex'),
  size: content.length,
};

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const look = async (answer: RequestListener, more: Partial<typeof wanted> = {}) =>
  fetchAsAnybody(await serve(answer), { ...wanted, ...more }, 2000);

describe('a public file', () => {
  it('is the same when its bytes come, from the book or from where it leads, and nobody says who asks', async () => {
    const heads: object[] = [];
    const files = await serve((request, response) => {
      heads.push(request.headers);
      response.end(content);
    });
    const paths: (string | undefined)[] = [];
    const found = await look((request, response) => {
      heads.push(request.headers);
      paths.push(request.url);
      response
        .writeHead(302, { location: `${files}/archive/x?signature=1`, 'set-cookie': 'who=me' })
        .end('See Location.');
    });
    expect(found).toBe('same');
    expect(paths).toEqual(['/v1/documents/d/versions/2/file']);
    expect(heads).toHaveLength(2);
    for (const head of heads)
      expect(Object.keys(head).filter(name => /auth|cookie|key|token|referer/.test(name))).toEqual([]);
  });

  it.each<[string, string, RequestListener]>([
    ['changed', 'one byte differs', (_, response) => response.end(Buffer.from('The return for 2024.'))],
    ['changed', 'something is missing at its end', (_, response) => response.end(content.subarray(1))],
    ['changed', 'something follows it', (_, response) => response.end(Buffer.concat([content, content]))],
    ['missing', 'there is nothing', (_, response) => response.writeHead(404).end('No.')],
    ['missing', 'it is gone', (_, response) => response.writeHead(410).end()],
    ['refused', 'one has to sign in', (_, response) => response.writeHead(401).end()],
    ['changed', 'the book knows that it is not what was sealed', (_, response) => response.writeHead(409).end(content)],
    ['unreachable', 'the book has a fault', (_, response) => response.writeHead(500).end()],
    ['refused', 'it leads nowhere', (_, response) => response.writeHead(302).end()],
    [
      'refused',
      'it leads round and round',
      (request, response) => response.writeHead(302, { location: request.url }).end(),
    ],
    [
      'refused',
      'it leads to another kind of address',
      (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    ],
    [
      'refused',
      'it leads to an address with a name and a password',
      (_, response) => response.writeHead(302, { location: 'http://a:b@127.0.0.1/' }).end(),
    ],
    ['unreachable', 'the server has a fault', (_, response) => response.writeHead(503).end()],
    ['unreachable', 'it is asked too often', (_, response) => response.writeHead(429).end()],
    [
      'changed',
      'the answer breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': content.length });
        response.write(content.subarray(1), () => response.destroy());
      },
    ],
  ])('is %s when %s', async (finding, _, answer) => {
    expect(await look(answer)).toBe(finding);
  });

  it('is changed when the place where it is reads other bytes, and so gives none out', async () => {
    const files = await serve((_, response) => response.writeHead(500).end());
    expect(await look((_, response) => response.writeHead(302, { location: files }).end())).toBe('changed');
  });

  it('is followed from the book to another place, and from there no further', async () => {
    const far = await serve((_, response) => response.end(content));
    const near = await serve((_, response) => response.writeHead(302, { location: far }).end());
    expect(await look((_, response) => response.writeHead(302, { location: near }).end())).toBe('refused');
  });

  it('is read no further than it is long, however much comes', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(65_536);
    const found = await look((_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    expect(found).toBe('changed');
    expect(sent).toBeLessThan(20_000_000);
  });

  it('is unreachable when nothing comes in time, at the beginning or in the middle, and when nobody listens', async () => {
    const origin = await serve(() => {});
    const slow = await serve((_, response) => response.write(content.subarray(1)));
    const begun = performance.now();
    expect(await Promise.all([origin, slow].map(one => fetchAsAnybody(one, wanted, 200)))).toEqual([
      'unreachable',
      'unreachable',
    ]);
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(await fetchAsAnybody('http://127.0.0.1:1', wanted, 2000)).toBe('unreachable');
  });
});
