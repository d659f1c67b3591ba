/** An issuer is taken at its own word, and only when it is the one that was meant. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { configuredIssuer } from '../../../local/configuredIssuer.ts';
import { type Listener, listen } from '../../../local/listener.ts';

let listener: Listener;
let document: object;

beforeEach(async () => {
  listener = await listen(0);
  listener.answerWith((request, response) => {
    response.statusCode = request.url === '/.well-known/openid-configuration' ? 200 : 404;
    response.end(JSON.stringify(document));
  });
  document = { issuer: listener.origin, jwks_uri: `${listener.origin}/jwks` };
  vi.stubEnv('MINUTEBOOK_ISSUER', listener.origin);
  vi.stubEnv('MINUTEBOOK_CLIENT_IDS', ' pages , ,tools');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await listener.close();
});

it.each(['', '/'])(
  'is named as it names itself, whatever slash the setting ends with ("%s" in the document)',
  async end => {
    const issuer = `${listener.origin}${end}`;
    document = { ...document, issuer };
    for (const setting of [listener.origin, `${listener.origin}/`]) {
      vi.stubEnv('MINUTEBOOK_ISSUER', setting);
      const settings = { issuer, jwksUri: `${listener.origin}/jwks`, clientIds: ['pages', 'tools'] };
      expect(await configuredIssuer()).toEqual(settings);
    }
  },
);

it.each([
  ['is another', () => ({ ...document, issuer: 'https://other.example.org' }), 'says that the issuer is'],
  ['names no keys', () => ({ issuer: listener.origin }), 'no keys'],
  ['describes nothing', () => null, 'names no issuer'],
])('is refused when it %s', async (_, wrong, message) => {
  document = wrong() as object;
  await expect(configuredIssuer()).rejects.toThrow(message);
});

it('is refused with the cause when it cannot be reached', async () => {
  vi.stubEnv('MINUTEBOOK_ISSUER', `${listener.origin}/realm`);
  await expect(configuredIssuer()).rejects.toThrow('it answers 404');
  await listener.close();
  await expect(configuredIssuer()).rejects.toThrow(/cannot be used: fetch failed \(ECONNREFUSED\)$/);
  listener = await listen(0);
});
