/** The OpenID provider behind the demo issuer: its one client, its tokens, and the grant that needs no browser. */
import Provider, { type Configuration, errors, interactionPolicy, type ResourceServer } from 'oidc-provider';
import { type DemoIssuerKeys, signingAlgorithm } from './demoIssuerKeys.ts';
import { memoryAdapter } from './demoIssuerMemory.ts';
import { errorPage, pageHeaders } from './demoIssuerPages.ts';
import { type DemoPeople, type DemoPerson, personWithEmail, personWithSubject, subjectOf } from './demoIssuerPeople.ts';

export const demoClientId = 'minutebook-demo';
export const demoAudience = 'urn:minutebook:api';
/** Token endpoint grant: `client_id` and `email` in, an access token out. */
export const demoGrantType = 'urn:minutebook:demo';
export const tokenLifeSeconds = 3600;

const daySeconds = 86_400;

export function interactionPath(uid: string): string {
  return `/choose/${uid}`;
}

export function createDemoProvider(
  issuer: string,
  keys: DemoIssuerKeys,
  redirectUris: readonly string[],
  people: DemoPeople,
): Provider {
  const provider = new Provider(issuer, configuration(keys, redirectUris, people));
  provider.registerGrantType<{ email?: string }>(
    demoGrantType,
    async ctx => {
      const person = personWithEmail(await people(), ctx.oidc.params.email ?? '');
      if (!person) {
        const description = `no demonstration person has this e-mail, ${issuer}/people.json lists those who do`;
        throw new errors.CustomOIDCProviderError('invalid_grant', description);
      }
      const token = new provider.AccessToken({
        client: ctx.oidc.client,
        accountId: subjectOf(person.email),
        grantId: '',
        gty: demoGrantType,
        resourceServer: new provider.ResourceServer(demoAudience, resourceServer),
      });
      ctx.body = { access_token: await token.save(), expires_in: token.expiration, token_type: token.tokenType };
    },
    ['email'],
  );
  // oidc-provider lets the pages of every site read some of its answers; here no other site has any business.
  provider.use(async (ctx, next) => {
    await next();
    ctx.remove('access-control-allow-origin');
  });
  provider.on('server_error', (_ctx, error) => console.error('The demo issuer failed:', error));
  return provider;
}

const resourceServer: ResourceServer = {
  audience: demoAudience,
  scope: '',
  accessTokenFormat: 'jwt',
  accessTokenTTL: tokenLifeSeconds,
  jwt: { sign: { alg: signingAlgorithm } },
};

function configuration(keys: DemoIssuerKeys, redirectUris: readonly string[], people: DemoPeople): Configuration {
  const personOf = async (subject: string) => personWithSubject(await people(), subject);
  const emailClaims = (person: DemoPerson) => ({ email: person.email, email_verified: true });
  return {
    adapter: memoryAdapter(),
    jwks: { keys: [keys.signingKey] },
    cookies: {
      // Cookies on localhost are shared by all its ports, hence the long names.
      names: {
        session: 'minutebook_demo_session',
        interaction: 'minutebook_demo_interaction',
        resume: 'minutebook_demo_resume',
      },
      keys: keys.cookieKeys,
    },
    clients: [
      {
        client_id: demoClientId,
        client_name: 'Minutebook (demonstration)',
        redirect_uris: [...redirectUris],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token', demoGrantType],
        token_endpoint_auth_method: 'none',
        id_token_signed_response_alg: signingAlgorithm,
      },
    ],
    clientAuthMethods: ['none'],
    responseTypes: ['code'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    scopes: ['openid', 'email', 'profile', 'offline_access'],
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => demoAudience,
        useGrantedResource: () => true,
        getResourceServerInfo(_ctx, resource) {
          if (resource !== demoAudience) throw new errors.InvalidTarget(`the only resource here is ${demoAudience}`);
          return resourceServer;
        },
      },
    },
    interactions: { url: (_ctx, interaction) => interactionPath(interaction.uid), policy: alwaysAsk() },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: () => false,
    ttl: {
      AccessToken: tokenLifeSeconds,
      IdToken: tokenLifeSeconds,
      AuthorizationCode: 60,
      Interaction: 3600,
      Session: daySeconds,
      Grant: 14 * daySeconds,
      RefreshToken: 14 * daySeconds,
    },
    async findAccount(_ctx, subject) {
      const person = await personOf(subject);
      if (!person) return undefined;
      return { accountId: subject, claims: () => ({ sub: subject, name: person.name, ...emailClaims(person) }) };
    },
    async extraTokenClaims(_ctx, token) {
      const person = 'accountId' in token && token.accountId ? await personOf(token.accountId) : undefined;
      return person && emailClaims(person);
    },
    async renderError(ctx, out) {
      ctx.set(pageHeaders());
      ctx.body = await errorPage(out.error_description ?? out.error);
    },
  };
}

/** Whoever signs in is asked who they are, however recently they said so: changing places is what a demonstration is for. */
function alwaysAsk() {
  const { base, Check } = interactionPolicy;
  const policy = base();
  policy.get('login')?.checks.add(
    new Check('always_ask', 'The demonstration asks each time who you are', 'login_required', ctx => {
      const silent = ctx.oidc.prompts.has('none');
      return !silent && !ctx.oidc.result?.login;
    }),
  );
  return policy;
}
