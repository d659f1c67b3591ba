// Access tokens: the right ones are accepted, all others refused in the same words, and an issuer's fault blames nobody.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { TokenNotAcceptedError } from '../../../shared/errors.ts';
import { type IssuerSettings, tokenVerifier, type VerifyToken } from '../../../shared/http/token.ts';

const issuer = 'https://issuer.example';
const settings: IssuerSettings = { issuer, jwksUri: `${issuer}/jwks`, clientIds: ['book', 'other-book'] };
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

let keys: Record<(typeof algorithms)[number], KeyPair>;
let stranger: KeyPair;
let verify: VerifyToken;

beforeAll(async () => {
  const [RS256, PS256, ES256, EdDSA, other] = await Promise.all(
    [...algorithms, 'ES256'].map(algorithm => generateKeyPair(algorithm, { extractable: true })),
  );
  keys = { RS256, PS256, ES256, EdDSA } as typeof keys;
  stranger = other as KeyPair;
  const published = await Promise.all(
    algorithms.map(async alg => ({ ...(await exportJWK(keys[alg].publicKey)), kid: alg, alg, use: 'sig' })),
  );
  verify = tokenVerifier(settings, createLocalJWKSet({ keys: published }));
});

afterEach(() => vi.unstubAllEnvs());

const seconds = () => Math.floor(Date.now() / 1000);
const claims = (more: Record<string, unknown> = {}) => ({
  iss: issuer,
  sub: 'ann',
  client_id: 'book',
  iat: seconds(),
  exp: seconds() + 300,
  ...more,
});

/** @param payload a claim that is undefined is left out. */
function sign(payload: Record<string, unknown>, alg: keyof typeof keys = 'ES256', key = keys[alg].privateKey) {
  return new SignJWT(payload as JWTPayload).setProtectedHeader({ alg, kid: alg }).sign(key);
}

const refused = (token: string) => expect(verify(token)).rejects.toThrow(TokenNotAcceptedError);

describe('a token is accepted', () => {
  it.each(algorithms)('when it was signed with %s', async alg => {
    expect(await verify(await sign(claims(), alg))).toEqual({ issuer, subject: 'ann', email: null });
  });

  it.each([
    ['of another client that is trusted', { client_id: 'other-book' }],
    ['that Cognito calls an access token', { token_use: 'access' }],
    ['that expired 2 seconds ago by our clock', { exp: seconds() - 2 }],
    ['that begins in 2 seconds by our clock', { nbf: seconds() + 2 }],
    ['with claims that nobody asked for', { 'cognito:groups': ['administrator'], roles: ['administrator'] }],
  ])('%s', async (_what, more) => {
    expect(await verify(await sign(claims(more)))).toEqual({ issuer, subject: 'ann', email: null });
  });

  it.each([
    [true, 'ann@example.org', 'ann@example.org'],
    [false, 'ann@example.org', null],
    ['true', 'ann@example.org', null],
    [1, 'ann@example.org', null],
    [undefined, 'ann@example.org', null],
    [true, undefined, null],
    [true, ['ann@example.org'], null],
    [true, { address: 'ann@example.org' }, null],
  ])('with email_verified %j and email %j, which proves the address %j', async (email_verified, email, expected) => {
    expect((await verify(await sign(claims({ email_verified, email })))).email).toBe(expected);
  });
});

describe('a token is refused', () => {
  it.each([
    ['of another issuer', { iss: 'https://evil.example' }],
    ['of an issuer that differs by a slash', { iss: `${issuer}/` }],
    ['without an issuer', { iss: undefined }],
    ['that has expired', { exp: seconds() - 60 }],
    ['that never expires', { exp: undefined }],
    ['whose expiry is a text', { exp: String(seconds() + 300) }],
    ['that is not valid yet', { nbf: seconds() + 60 }],
    ['without a subject', { sub: undefined }],
    ['without the time it was issued', { iat: undefined }],
    ['of another client', { client_id: 'shop' }],
    ['without a client, as an ID token for the book', { client_id: undefined, aud: 'book', nonce: 'n' }],
    ['that Cognito calls an ID token', { token_use: 'id' }],
    ['of another use', { token_use: 'refresh' }],
    ['of a list of clients', { client_id: ['book'] }],
    ['of a subject that is a number', { sub: 7 }],
    ['of a subject that is null', { sub: null }],
    ['of a subject that is an object', { sub: { id: 'ann' } }],
    ['of an empty subject', { sub: '' }],
  ])('%s', async (_what, more) => {
    await refused(await sign(claims(more)));
  });

  it('signed by a stranger under the name of our key', async () => {
    await refused(await sign(claims(), 'ES256', stranger.privateKey));
  });

  it.each(['RS256', 'ES256', 'EdDSA'] as const)('signed with HS256 and the public %s key as its secret', async alg => {
    const pem = new TextEncoder().encode(await exportSPKI(keys[alg].publicKey));
    await refused(await new SignJWT(claims() as JWTPayload).setProtectedHeader({ alg: 'HS256', kid: alg }).sign(pem));
  });

  it('signed with nothing', async () => {
    await refused(new UnsecuredJWT(claims() as JWTPayload).encode());
    const [, payload] = (await sign(claims())).split('.');
    for (const alg of ['none', 'None', 'NONE']) await refused(`${encode({ alg })}.${payload}.`);
  });

  it('signed with an algorithm that is not on the list, though the key is right and open to all', async () => {
    const { alg: _alg, ...key } = await exportJWK(keys.RS256.publicKey);
    const open = tokenVerifier(settings, createLocalJWKSet({ keys: [key] }));
    const signed = async (alg: string) => {
      const privateKey = await importJWK(await exportJWK(keys.RS256.privateKey), alg);
      return open(await new SignJWT(claims() as JWTPayload).setProtectedHeader({ alg }).sign(privateKey));
    };
    expect(await signed('RS256')).toMatchObject({ subject: 'ann' });
    await expect(signed('RS512')).rejects.toThrow(TokenNotAcceptedError);
  });

  it('that brings its own key along', async () => {
    const jwk = await exportJWK(stranger.publicKey);
    for (const header of [{ jwk }, { jku: 'https://evil.example/jwks' }, { x5u: 'https://evil.example/x5u' }]) {
      const token = new SignJWT(claims() as JWTPayload).setProtectedHeader({ alg: 'ES256', ...header });
      await refused(await token.sign(stranger.privateKey));
    }
  });

  it('with any part of it tampered with', async () => {
    const [header = '', , signature = ''] = (await sign(claims())).split('.');
    await refused(`${header}.${encode(claims({ sub: 'administrator' }))}.${signature}`);
    const [, payload = ''] = (await sign(claims())).split('.');
    await refused(`${encode({ alg: 'ES256', kid: 'EdDSA' })}.${payload}.${signature}`);
    await refused(`${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`);
    await refused(`${header}.${payload}.`);
  });

  it.each([
    '',
    '.',
    '..',
    'a',
    'a.b.c',
    'a.b.c.d.e',
    `${encode({ alg: 'ES256' })}.e30.AAAA`,
    '\u0000',
    `${encode([])}.e30.AA`,
    'é.é.é',
  ])('that is none: %j', refused);

  it('always in the same words, with what was wrong for the log alone', async () => {
    const tokens = [await sign(claims({ iss: 'https://evil.example' })), await sign(claims({ exp: 1 })), 'a.b.c'];
    const errors = await Promise.all(tokens.map(token => verify(token).catch((error: TokenNotAcceptedError) => error)));
    expect(new Set(errors.map(error => (error as Error).message)).size).toBe(1);
    expect(new Set(errors.map(error => (error as TokenNotAcceptedError).internal)).size).toBe(3);
  });
});

describe('a fault of the issuer is not taken for one of the caller', () => {
  it.each<[string, RequestListener]>([
    ['answers 500', (_request, response) => response.writeHead(500).end('{}')],
    ['answers no JSON', (_request, response) => response.end('<html>')],
    ['answers no key set', (_request, response) => response.end('{"error":"maintenance"}')],
    ['breaks off', (_request, response) => response.destroy()],
  ])('when it %s', async (_what, listener) => {
    const server = createServer(listener);
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
    try {
      const error = await tokenVerifier({ ...settings, jwksUri })(await sign(claims())).catch((one: unknown) => one);
      expect(error).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(TokenNotAcceptedError);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('when nobody is there', async () => {
    const verifier = tokenVerifier({ ...settings, jwksUri: 'http://127.0.0.1:9/jwks' });
    await expect(verifier(await sign(claims()))).rejects.not.toThrow(TokenNotAcceptedError);
  });
});

describe('on AWS', () => {
  const http = 'http://127.0.0.1:4001';

  it.each([
    ['an http issuer', { issuer: 'http://issuer.example', jwksUri: settings.jwksUri }],
    ['an http issuer on this machine', { issuer: http, jwksUri: settings.jwksUri }],
    ['http keys', { issuer, jwksUri: 'http://issuer.example/jwks' }],
    ['an issuer on this machine', { issuer: 'https://localhost', jwksUri: settings.jwksUri }],
    ['keys at a number', { issuer, jwksUri: 'https://169.254.169.254/jwks' }],
    ['a name only in the path', { issuer: 'https://localhost/a.example', jwksUri: settings.jwksUri }],
  ])('%s cannot be set', (_what, more) => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'disclosures');
    expect(() => tokenVerifier({ ...settings, ...more })).toThrow(/must be on the web/);
  });

  it('an issuer on the web can, and anywhere else http can', () => {
    expect(() => tokenVerifier({ ...settings, issuer: http, jwksUri: `${http}/jwks` })).not.toThrow();
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'disclosures');
    expect(() => tokenVerifier(settings)).not.toThrow();
  });
});

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
