/** Clients of the demo issuer for tests: one that asks for tokens outright, one that signs in as a browser does. */
import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { DemoIssuer } from '../../local/demoIssuer.ts';
import type { CookieJar } from './cookieJar.ts';

export const redirectUri = 'http://localhost:4000/signed-in';
export const demoGrantType = 'urn:minutebook:demo';

export interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
}

/** What a resource server would believe of this token. */
export function verified(demo: DemoIssuer, token: string) {
  const expected = { issuer: demo.issuer, audience: 'urn:minutebook:api', typ: 'at+jwt', algorithms: ['ES256'] };
  return jwtVerify(token, createRemoteJWKSet(new URL(demo.jwksUri)), expected);
}

export function askForTokens(demo: DemoIssuer, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ client_id: demo.clientId, ...fields });
  return fetch(`${demo.issuer}/token`, { method: 'POST', body });
}

export async function tokensIn(answer: Response): Promise<Tokens> {
  if (!answer.ok) throw new Error(`the token endpoint answered ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Tokens;
}

/** An access token for one of the demo people, without a browser. */
export async function demoToken(demo: DemoIssuer, email: string): Promise<string> {
  return (await tokensIn(await askForTokens(demo, { grant_type: demoGrantType, email }))).access_token;
}

export function authorizationUrl(demo: DemoIssuer, verifier: string, redirect = redirectUri): string {
  const query = new URLSearchParams({
    client_id: demo.clientId,
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: redirect,
    state: 'here-i-was',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return `${demo.issuer}/auth?${query}`;
}

export function newVerifier(): string {
  return randomBytes(32).toString('base64url');
}

/** Goes to the issuer as a client sends it there; the answer is the page that asks who one is. */
export async function openSignIn(demo: DemoIssuer, browser: CookieJar, verifier = newVerifier()): Promise<Response> {
  const started = await browser.fetch(authorizationUrl(demo, verifier));
  return browser.fetch(new URL(started.headers.get('location') ?? '', demo.issuer));
}

/** Chooses a person on that page; the result is where the browser is sent then. */
export async function choose(browser: CookieJar, page: Response, email: string): Promise<URL> {
  return browser.follow(await browser.post(page.url, { email }));
}

export async function signIn(
  demo: DemoIssuer,
  browser: CookieJar,
  email: string,
): Promise<{ code: string; verifier: string }> {
  const verifier = newVerifier();
  const target = await choose(browser, await openSignIn(demo, browser, verifier), email);
  return { code: target.searchParams.get('code') ?? '', verifier };
}

export function redeem(demo: DemoIssuer, code: string, verifier: string): Promise<Response> {
  const fields = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUri };
  return askForTokens(demo, fields);
}
