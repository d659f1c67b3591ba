/** Speaks to the book over HTTP, with tokens of the demonstration issuer: nothing is loaded by a back door. */
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { bodiesRoutes } from '../../shared/contract/bodies.ts';
import type { filingsRoutes } from '../../shared/contract/filings.ts';
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { uploadsRoutes } from '../../shared/contract/uploads.ts';
import type { DemoIssuer } from '../demoIssuer.ts';
import { demoGrantType } from '../demoIssuerProvider.ts';
import { SettingError } from '../settings.ts';

type Created = Pick<Answer<typeof bodiesRoutes.createBody>, 'id' | 'version'>;
type Filing = Answer<typeof filingsRoutes.getFiling>;
type NewUpload = Answer<typeof uploadsRoutes.createUpload>;
type Resolution = Answer<typeof resolutionsRoutes.getResolution>;
type Upload = Answer<typeof uploadsRoutes.getUpload>;

/** The book expects what its rules ask for within moments: after so long it never will. */
const patienceMilliseconds = 60_000;

export interface DemoClient {
  /** Sends a request as the person with that e-mail address. @throws {Error} when it is refused. */
  send<T = Created>(
    email: string,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
    version?: number,
  ): Promise<T>;
  /** Waits until a vote that was closed is counted. */
  counted(email: string, resolutionId: string): Promise<Created>;
  /** Waits until a filing is expected, in that form where one is named. @throws {Error} it is not. */
  expected(email: string, filingId: string, form?: string): Promise<Created>;
  /** Sends a PDF or an XML file as the next version of a document. @returns the identifier of the upload; its examination goes on. */
  upload(email: string, documentId: string, name: string, bytes: Buffer): Promise<string>;
  /** Waits until an upload is sealed as a version. @throws {Error} when it is refused. */
  sealed(email: string, uploadId: string): Promise<void>;
}

/**
 * @param fault what went wrong in the server or in its jobs, once something did.
 * @throws {SettingError} from every command, when the disk is full or fails.
 */
export function demoClient(origin: string, issuer: DemoIssuer, fault: () => string | undefined): DemoClient {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (email: string) => {
    const token = tokens.get(email) ?? demoToken(new URL('/token', issuer.jwksUri), issuer.clientId, email);
    tokens.set(email, token);
    return token;
  };
  const request = async (email: string, method: string, path: string, body?: object, version?: number) =>
    fetch(origin + path, {
      method,
      headers: {
        authorization: `Bearer ${await tokenOf(email)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const ask = async <T>(email: string, method: string, path: string, body?: object, version?: number): Promise<T> => {
    const answer = await request(email, method, path, body, version);
    await demandGood(answer, `${method} ${path}`);
    return (await answer.json()) as T;
  };
  const demandGood = async (answer: Response, what: string) => {
    if (answer.status === 503) throw mendable();
    if (!answer.ok) throw new Error(`${what} was refused: ${await answer.text()}`);
  };
  const mendable = () => new SettingError(`${fault()}. Mend that, then start again.`);

  return {
    send: ask,

    async counted(email, resolutionId) {
      for (;;) {
        const resolution = await ask<Resolution>(email, 'GET', `/v1/resolutions/${resolutionId}`);
        if (resolution.vote?.result) return resolution;
        // What the jobs could not do they would try again much later.
        if (fault() !== undefined) throw mendable();
        await pause(5);
      }
    },

    async expected(email, filingId, form) {
      const deadline = performance.now() + patienceMilliseconds;
      while (performance.now() < deadline) {
        const answer = await request(email, 'GET', `/v1/filings/${filingId}`);
        if (answer.status !== 404) {
          await demandGood(answer, `GET ${filingId}`);
          const filing = (await answer.json()) as Filing;
          if (form === undefined || filing.form === form) return filing;
        }
        // What the jobs could not do they would try again much later.
        if (fault() !== undefined) throw mendable();
        await pause(10);
      }
      throw new Error(`The filing ${filingId} is not expected${form === undefined ? '' : ` in the form ${form}`}.`);
    },

    async upload(email, documentId, name, bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const type = name.endsWith('.xml') ? 'application/xml' : 'application/pdf';
      const declared = { name, type, size: bytes.length, sha256 };
      const { id, grant } = await ask<NewUpload>(email, 'POST', `/v1/documents/${documentId}/uploads`, declared);
      if (grant === null) throw new Error(`${name} is too large for the demonstration book.`);
      const body = new Uint8Array(bytes);
      const { method, headers } = grant;
      await demandGood(await fetch(new URL(grant.url, origin), { method, headers, body }), `Sending ${name}`);
      await ask<Upload>(email, 'POST', `/v1/uploads/${id}/complete`);
      return id;
    },

    async sealed(email, uploadId) {
      for (;;) {
        const { state, name, refusal } = await ask<Upload>(email, 'GET', `/v1/uploads/${uploadId}`);
        if (state === 'sealed') return;
        if (state !== 'received') throw new Error(`${name} was ${state}: ${refusal}`);
        // What the jobs could not do they would try again much later.
        if (fault() !== undefined) throw mendable();
        await pause(20);
      }
    },
  };
}

async function demoToken(address: URL, clientId: string, email: string): Promise<string> {
  const body = new URLSearchParams({ grant_type: demoGrantType, client_id: clientId, email });
  const answer = await fetch(address, { method: 'POST', body });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`The demonstration issuer gave no token for ${email}.`);
  return token;
}
