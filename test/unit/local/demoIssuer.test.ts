/** The demo issuer as its clients see it: real HTTP, real tokens, and everything it must refuse. */
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DemoIssuer, startDemoIssuer } from '../../../local/demoIssuer.ts';
import type { DemoPerson } from '../../../local/demoIssuerPeople.ts';
import { CookieJar } from '../../support/cookieJar.ts';
import {
  askForTokens,
  authorizationUrl,
  choose,
  demoGrantType,
  demoToken,
  newVerifier,
  openSignIn,
  redeem,
  redirectUri,
  signIn,
  tokensIn,
  verified,
} from '../../support/demoIssuerClient.ts';

const ada = { email: 'ada@example.org', name: 'Ada Chair', seats: ['Chair, Board of directors'] };
const ben = { email: 'ben@example.org', name: 'Ben Secretary', seats: ['Secretary', 'Member, Finance committee'] };

let dataFolder: string;
let book: DemoPerson[];
let demo: DemoIssuer;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'demo-issuer-'));
  book = [ada, ben];
  demo = await start();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await demo.close();
  await rm(dataFolder, { recursive: true });
});

describe('tokens', () => {
  it('are announced by the discovery document, and the key set holds public keys only', async () => {
    const discovery = await json<Record<string, unknown>>(`${demo.issuer}/.well-known/openid-configuration`);
    expect(discovery).toMatchObject({ issuer: demo.issuer, jwks_uri: `${demo.issuer}/jwks` });
    expect(discovery.grant_types_supported).toContain(demoGrantType);
    const { keys } = await json<{ keys: object[] }>(demo.jwksUri);
    expect(keys).toMatchObject([{ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' }]);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('prove who the person is for at most one hour, under a subject that does not show the e-mail', async () => {
    const { payload, protectedHeader } = await verified(demo, await demoToken(demo, '  ADA@example.org '));
    expect(protectedHeader).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    expect(payload).toMatchObject({ client_id: 'minutebook-demo', email: ada.email, email_verified: true });
    expect(Number(payload.exp) - Number(payload.iat)).toBeLessThanOrEqual(3600);
    expect(payload.sub).toMatch(/^[\w-]{27}$/);
    expect(Buffer.from(String(payload.sub), 'base64url').toString('latin1')).not.toContain('ada');
    expect(payload.sub).toBe(decodeJwt(await demoToken(demo, ada.email)).sub);
    expect(payload.sub).not.toBe(decodeJwt(await demoToken(demo, ben.email)).sub);
  });

  it('are for people in the book today', async () => {
    const late = { email: 'late@example.org', name: 'Late Comer', seats: [] };
    const unknown = await askForTokens(demo, { grant_type: demoGrantType, email: late.email });
    expect(unknown.status).toBe(400);
    expect(await unknown.text()).toMatch(/"invalid_grant".*\/people\.json/);
    book.push(late);
    expect((await askForTokens(demo, { grant_type: demoGrantType, email: late.email })).status).toBe(200);
    expect(await json(`${demo.issuer}/people.json`)).toEqual(book);
  });

  it('survive a restart, and so does the one key file that only its owner can read', async () => {
    const token = await demoToken(demo, ada.email);
    const file = join(dataFolder, 'demo-issuer.json');
    const before = await readFile(file, 'utf8');
    const mode = async () => (await stat(file)).mode & 0o777;
    expect(await mode()).toBe(0o600);
    await chmod(file, 0o644);
    await demo.close();
    demo = await start({ port: Number(new URL(demo.issuer).port) });
    expect((await verified(demo, token)).payload.email).toBe(ada.email);
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(await mode()).toBe(0o600);
    expect(await readdir(dataFolder)).toEqual(['demo-issuer.json']);
  });

  it('are not issued with a damaged key file', async () => {
    await writeFile(join(dataFolder, 'demo-issuer.json'), '{"signingKey":');
    await expect(start()).rejects.toThrow('demo-issuer.json is damaged');
  });
});

describe('signing in', () => {
  it('gives tokens for the person chosen on the page, refreshes them, and prints nothing', async () => {
    const consoleSpies = (['log', 'info', 'warn', 'error'] as const).map(name => vi.spyOn(console, name));
    const browser = new CookieJar();
    const verifier = newVerifier();
    const target = await choose(browser, await openSignIn(demo, browser, verifier), ada.email);
    expect(target.href).toMatch(`${redirectUri}?`);
    expect(target.searchParams.get('state')).toBe('here-i-was');
    const code = target.searchParams.get('code') ?? '';
    const { access_token, id_token, refresh_token } = await tokensIn(await redeem(demo, code, verifier));
    expect((await verified(demo, access_token)).payload).toMatchObject({ email: ada.email, email_verified: true });
    expect(decodeJwt(id_token)).toMatchObject({ aud: demo.clientId, email: ada.email, name: ada.name });
    const refreshed = await tokensIn(await askForTokens(demo, { grant_type: 'refresh_token', refresh_token }));
    expect((await verified(demo, refreshed.access_token)).payload.email).toBe(ada.email);
    for (const spy of consoleSpies) expect(spy).not.toHaveBeenCalled();
  });

  it('asks again each time, so that one browser can change places', async () => {
    const browser = new CookieJar();
    await signIn(demo, browser, ada.email);
    const { code, verifier } = await signIn(demo, browser, ben.email);
    const tokens = await tokensIn(await redeem(demo, code, verifier));
    expect((await verified(demo, tokens.access_token)).payload.email).toBe(ben.email);
  });

  it('lets two pages that were open at once choose different people', async () => {
    const browser = new CookieJar();
    const verifier = newVerifier();
    const pages = [await openSignIn(demo, browser), await openSignIn(demo, browser, verifier)] as const;
    await choose(browser, pages[0], ada.email);
    const target = await choose(browser, pages[1], ben.email);
    const tokens = await tokensIn(await redeem(demo, target.searchParams.get('code') ?? '', verifier));
    expect((await verified(demo, tokens.access_token)).payload.email).toBe(ben.email);
  });

  it.each(['wrong-verifier-wrong-verifier-wrong-verifier-0', ''])(
    'gives nothing for the code verifier "%s"',
    async wrong => {
      const { code } = await signIn(demo, new CookieJar(), ada.email);
      const refused = await redeem(demo, code, wrong);
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ error: 'invalid_grant' });
    },
  );

  it('goes nowhere but to a registered redirect URI', async () => {
    const away = await new CookieJar().fetch(authorizationUrl(demo, newVerifier(), 'http://localhost:4000/elsewhere'));
    expect(away.status).toBe(400);
    expect(away.headers.get('location')).toBeNull();
    expect(away.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('ends without a code when nobody is chosen, and needs its own browser', async () => {
    const browser = new CookieJar();
    const page = await openSignIn(demo, browser);
    expect((await new CookieJar().fetch(page.url)).status).toBe(400);
    expect((await browser.post(page.url, { email: 'gone@example.org' })).status).toBe(422);
    const answer = await browser.follow(await browser.post(page.url, { cancel: 'yes' }));
    expect(answer.searchParams.get('error')).toBe('access_denied');
  });
});

describe('pages', () => {
  it('show a token only in the answer to a POST, which nobody may store', async () => {
    const answer = await fetch(`${demo.issuer}/`, { method: 'POST', body: new URLSearchParams({ email: ada.email }) });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.url).toBe(`${demo.issuer}/`);
    const token = /id="token"[^>]* value="([^"]+)"/.exec(await answer.text())?.[1] ?? '';
    expect((await verified(demo, token)).payload.email).toBe(ada.email);
  });

  it('treat names, seats and e-mails as text, and allow no script at all', async () => {
    const evil = '"><script>alert(1)</script><b x=\'';
    book = [{ email: `${evil}@example.org`, name: evil, seats: [evil] }];
    const browser = new CookieJar();
    const pages = [
      await fetch(`${demo.issuer}/`),
      await fetch(`${demo.issuer}/`, { method: 'POST', body: new URLSearchParams({ email: book[0]?.email ?? '' }) }),
      await openSignIn(demo, browser),
    ];
    for (const page of pages) {
      const text = await page.text();
      expect(text).toContain('&quot;&gt;&lt;script&gt;');
      expect(text).not.toContain('<script');
      expect(text).not.toContain('<b x');
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; /);
    }
  });
});

describe('strangers', () => {
  it.each([
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:4000' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('cannot post from %o', async headers => {
    for (const path of ['/', '/token']) {
      const body = new URLSearchParams({ email: ada.email, grant_type: demoGrantType, client_id: demo.clientId });
      const answer = await fetch(`${demo.issuer}${path}`, { method: 'POST', body, headers });
      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toContain('eyJ');
    }
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', 'localhost@evil.example', '192.168.1.2'])(
    'cannot reach it as %s',
    async name => {
      const { port } = new URL(demo.issuer);
      expect(await statusWithHost(`${name}:${port}`)).toBe(403);
      expect(await statusWithHost(`localhost:${port}`)).toBe(200);
    },
  );

  it('cannot have their pages read what it answers', async () => {
    for (const path of ['/.well-known/openid-configuration', '/jwks', '/people.json']) {
      const answer = await fetch(`${demo.issuer}${path}`, { headers: { origin: 'https://evil.example' } });
      expect([answer.status, answer.headers.get('access-control-allow-origin')], path).toEqual([200, null]);
    }
  });

  it.each([
    'AWS_LAMBDA_FUNCTION_NAME',
    'AWS_EXECUTION_ENV',
    'LAMBDA_TASK_ROOT',
    'ECS_CONTAINER_METADATA_URI',
    'ECS_CONTAINER_METADATA_URI_V4',
  ])('cannot have it on AWS, where %s is set', async variable => {
    vi.stubEnv(variable, 'x');
    await expect(start()).rejects.toThrow(variable);
  });

  it.each(['0.0.0.0', '::', '192.168.1.2'])('cannot have it listen on %s', async host => {
    await expect(start({ host })).rejects.toThrow('127.0.0.1');
  });
});

function start(options: { port?: number; host?: string } = {}): Promise<DemoIssuer> {
  return startDemoIssuer({ port: 0, host: '127.0.0.1', dataFolder, people: async () => book, ...options });
}

async function json<T>(url: string): Promise<T> {
  return (await fetch(url)).json() as Promise<T>;
}

function statusWithHost(host: string): Promise<number | undefined> {
  const { port } = new URL(demo.issuer);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/people.json', headers: { host } }, answer => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
