/** The embedded server as its operator meets it: complaints, ports, addresses, a full disk, an end. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../../local/listener.ts';
import { newFolder } from '../support/book.ts';
import { type Embedded, freePorts, launchEmbedded } from '../support/embedded.ts';

let folder: string;

describe('a start that fails', () => {
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const failureOf = async (environment: Record<string, string>) => {
    const data = join(folder, 'data');
    const { ready } = launchEmbedded({ MINUTEBOOK_DATA: data, ...environment });
    return String(await ready.catch(error => error.message));
  };

  it('complains of settings and ports before anything is created', async () => {
    const taken = await listen(0);
    const ports = await freePorts();
    const [setting, server, issuer] = await Promise.all([
      failureOf({ PORT: 'abc' }),
      failureOf({ PORT: String(taken.port) }),
      failureOf({ ...ports, MINUTEBOOK_ISSUER_PORT: String(taken.port) }),
    ]);
    expect(setting).toContain('PORT must be a port number from 0 to 65535, not "abc".');
    for (const complaint of [server, issuer]) expect(complaint).toContain(`Port ${taken.port} is in use`);
    expect(readdirSync(folder)).toEqual([]);
    await taken.close();
  });

  const bash = spawnSync('bash', ['--version']).error === undefined ? '' : ' (needs bash)';

  // No file may grow past 150 KB, and the example is larger: as good as a full disk.
  it.skipIf(bash !== '')(`leaves no half of an example on a full disk${bash}`, () => {
    const env = { ...process.env, MINUTEBOOK_DATA: folder, PORT: '0' };
    const start = 'ulimit -f 150; exec "$0" local/main.ts';
    const { status, stderr } = spawnSync('bash', ['-c', start, process.execPath], { env, encoding: 'utf8' });
    expect(stderr).toMatch(/^The disk of [^\n]* fails\. Mend that, then start again\.\n$/);
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual(['demo-issuer.json']);
  });
});

describe('a server on ports of its own choice, with a public address', () => {
  let server: Embedded;
  let origin: string;

  beforeAll(async () => {
    folder = newFolder();
    server = launchEmbedded({
      MINUTEBOOK_DATA: folder,
      PORT: '0',
      MINUTEBOOK_ISSUER_PORT: '',
      MINUTEBOOK_ADDRESS: 'https://book.example.org',
    });
    origin = await server.ready;
  });
  afterAll(async () => {
    await server.kill();
    rmSync(folder, { recursive: true });
  });

  it('says where the sign-in is, which returns to where the server is', async () => {
    const port = new URL(origin).port;
    await expect.poll(server.output).toContain('or take a token');
    const issuer = /demonstration person at (http:\/\/localhost:(\d+))/.exec(server.output());
    expect(server.output()).toContain(`MINUTEBOOK_ISSUER_PORT=${issuer?.[2]} npm run --silent token`);
    const query = new URLSearchParams({
      client_id: 'minutebook-demo',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `http://localhost:${port}/signed-in`,
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    const answer = await fetch(`${issuer?.[1]}/auth?${query}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, expect.stringContaining('/choose/')]);
  });

  it('gives its public address in the feed, whatever the request says', async () => {
    const { port } = new URL(origin);
    const headers = { host: 'evil.example', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example' };
    const asked = request({ host: '127.0.0.1', port, path: '/feed.json', headers }).end();
    const [answer] = await once(asked, 'response');
    const feed = Buffer.concat(await answer.toArray()).toString();
    expect(JSON.parse(feed).feed_url).toBe('https://book.example.org/feed.json');
    expect(feed).not.toContain('evil.example');
  });

  it.each(['%ff', '%', '%c3%28', 'a%zz'])('has nothing at the undecodable /v1/disclosures/%s', async end => {
    for (const method of ['GET', 'DELETE', 'OPTIONS']) {
      expect((await fetch(`${origin}/v1/disclosures/${end}`, { method })).status, method).toBe(404);
    }
  });

  it('names the methods of the address that fits best', async () => {
    const counts = await fetch(`${origin}/v1/disclosures/counts`, { method: 'OPTIONS' });
    expect(counts.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    const one = await fetch(`${origin}/v1/disclosures/other`, { method: 'OPTIONS' });
    expect(one.headers.get('allow')).toContain('PUT');
  });

  it('stops within seconds although clients are stalled', async () => {
    const { port } = new URL(origin);
    for (const sent of ['', 'GET / HT', 'POST /v1/disclosures HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{']) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      socket.write(sent);
    }
    const started = Date.now();
    expect(await server.stop()).toBe(0);
    expect(Date.now() - started).toBeLessThan(6000);
  });
});
