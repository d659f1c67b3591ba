/** What the demo issuer answers besides the OpenID endpoints: its pages, the list of people, and a refusal to strangers. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { errors, type Provider } from 'oidc-provider';
import { errorPage, frontPage, pageHeaders, signInPage, tokenPage } from './demoIssuerPages.ts';
import { type DemoPeople, type DemoPerson, personWithEmail, subjectOf } from './demoIssuerPeople.ts';
import { demoAudience, demoClientId, demoGrantType, interactionPath } from './demoIssuerProvider.ts';

export interface DemoIssuerSite {
  readonly provider: Provider;
  readonly people: DemoPeople;
  /** The origin at which the issuer reaches itself. */
  readonly reachableAt: string;
  readonly redirectUris: readonly string[];
  readonly exampleUrl: string;
}

interface Exchange {
  readonly site: DemoIssuerSite;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const bodyLimitBytes = 4096;
const nobody = 'That person is no longer in the book. Choose somebody else.';

export function demoIssuerListener(site: DemoIssuerSite): RequestListener {
  const openid = site.provider.callback();
  return (request, response) => {
    answer({ site, request, response }, openid).catch(async (error: unknown) => {
      console.error('The demo issuer failed:', error);
      if (response.headersSent) response.destroy();
      else sendPage(response, 500, await errorPage('The demo issuer failed; its terminal says why.'));
    });
  };
}

async function answer(exchange: Exchange, openid: ReturnType<Provider['callback']>): Promise<void> {
  const { site, request, response } = exchange;
  const refusal = strangerRefused(request);
  if (refusal) return send(response, 403, { 'content-type': 'text/plain; charset=utf-8' }, `${refusal}\n`);

  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const posted = request.method === 'POST';
  if (path.startsWith(interactionPath(''))) return posted ? signIn(exchange) : showSignIn(exchange);
  if (path === '/') return posted ? showToken(exchange) : sendPage(response, 200, await frontPage(await site.people()));
  if (path === '/people.json' && !posted) {
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
    return send(response, 200, headers, `${JSON.stringify(await site.people())}\n`);
  }
  await openid(request, response);
}

/**
 * Why this request is not from this machine's own user, if so.
 *
 * The Host names a loopback address, or some web page had its own name resolve to this machine (DNS rebinding). A POST that a
 * browser sends comes from our own pages; one without a browser (curl, the token script) carries neither header.
 */
function strangerRefused(request: IncomingMessage): string | undefined {
  const { host = '', origin } = request.headers;
  if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host)) return 'This address is not for that name.';
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const from = request.headers['sec-fetch-site'];
  const foreign = origin === undefined ? false : origin.toLowerCase() !== `http://${host.toLowerCase()}`;
  if (foreign || (from !== undefined && from !== 'same-origin' && from !== 'none')) {
    return 'Requests from other sites are refused.';
  }
  return undefined;
}

async function showSignIn({ site, request, response }: Exchange): Promise<void> {
  const interaction = await findInteraction(site.provider, request, response);
  if (!interaction) return sendExpired(response);
  const document = await signInPage(interactionPath(interaction.uid), await site.people());
  sendPage(response, 200, document, site.redirectUris);
}

/** Logs the chosen person in and gives the client everything it asked for, in one step. */
async function signIn({ site, request, response }: Exchange): Promise<void> {
  const { provider } = site;
  const form = await readForm(request);
  const interaction = await findInteraction(provider, request, response);
  if (!interaction) return sendExpired(response);
  const finish = { mergeWithLastSubmission: false };
  if (form.has('cancel')) {
    const refused = { error: 'access_denied', error_description: 'Nobody was chosen' };
    return provider.interactionFinished(request, response, refused, finish);
  }
  const people = await site.people();
  const person = personWithEmail(people, form.get('email') ?? '');
  if (!person) {
    const document = await signInPage(interactionPath(interaction.uid), people, nobody);
    return sendPage(response, 422, document, site.redirectUris);
  }
  const accountId = subjectOf(person.email);
  const grant = new provider.Grant({ accountId, clientId: demoClientId });
  grant.addOIDCScope(String(interaction.params.scope ?? 'openid'));
  grant.addResourceScope(demoAudience, '');
  const result = { login: { accountId, remember: false }, consent: { grantId: await grant.save() } };
  const returnTo = await provider.interactionResult(request, response, result, finish);
  await forgetOtherPerson(provider, request, response, accountId);
  send(response, 303, { location: returnTo }, '');
}

/** Otherwise oidc-provider would put a sign-out page between two people, and that page needs script. */
async function forgetOtherPerson(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  accountId: string,
): Promise<void> {
  const session = await provider.Session.get(provider.createContext(request, response));
  if (!session.accountId || session.accountId === accountId) return;
  delete session.accountId;
  delete session.authorizations;
  await session.persist();
}

/** The token comes from the token endpoint, as it would for any other client. */
async function showToken({ site, request, response }: Exchange): Promise<void> {
  const form = await readForm(request);
  const people = await site.people();
  const person = personWithEmail(people, form.get('email') ?? '');
  if (!person) return sendPage(response, 422, await frontPage(people, nobody));
  const { token, expiresInSeconds } = await requestToken(site.reachableAt, person);
  const validUntil = new Date(Date.now() + expiresInSeconds * 1000);
  sendPage(response, 200, await tokenPage(person, token, validUntil, site.exampleUrl));
}

async function requestToken(at: string, person: DemoPerson): Promise<{ token: string; expiresInSeconds: number }> {
  const body = new URLSearchParams({ grant_type: demoGrantType, client_id: demoClientId, email: person.email });
  const answer = await fetch(`${at}/token`, { method: 'POST', body });
  if (!answer.ok) throw new Error(`the token endpoint answered ${answer.status}`);
  const issued = (await answer.json()) as { access_token: string; expires_in: number };
  return { token: issued.access_token, expiresInSeconds: issued.expires_in };
}

async function findInteraction(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  try {
    return await provider.interactionDetails(request, response);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined;
    throw error;
  }
}

/** The form's fields; a body too large to be one of ours counts as empty. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= bodyLimitBytes) chunks.push(chunk);
  }
  return new URLSearchParams(bytes <= bodyLimitBytes ? Buffer.concat(chunks).toString('utf8') : '');
}

async function sendExpired(response: ServerResponse): Promise<void> {
  sendPage(response, 400, await errorPage('This sign-in has expired or was finished already.'));
}

function sendPage(response: ServerResponse, status: number, document: string, redirectUris: readonly string[] = []) {
  const formTargets = [...new Set(redirectUris.map(uri => new URL(uri).origin))];
  send(response, status, pageHeaders(formTargets), document);
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, headers).end(body);
}
