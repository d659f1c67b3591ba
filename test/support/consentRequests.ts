/** Written consents for tests, made through the API as people would, and for each operation a request that succeeds for those who may. */
import type { certificatesRoutes } from '../../shared/contract/certificates.ts';
import type { consentsRoutes } from '../../shared/contract/consents.ts';
import type { TestBook } from './book.ts';
import type { Answered, Client } from './client.ts';
import { bodyOf, draftedOf, motionOf } from './resolutions.ts';

type Prepare = (book: TestBook) => Promise<(client: Client) => Promise<Answered<unknown>>>;

const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();

/** The body decides by fewer than all from now on. */
export async function letFewerSign({ as }: TestBook, bodyId: string): Promise<void> {
  const params = { bodyId };
  const { version, from, history, proof, ...set } = (await as.public.getRules({ params })).body;
  const consent = { allowed: 'fewer', source: 'Articles of Incorporation, IV' } as const;
  await as.secretary
    .updateRules({ params, version, body: { ...set, consent, from: '2020-01-01', reason: 'The articles say so.' } })
    .then(({ body }) => body);
}

/** Drafted by somebody of the body, opened by the secretary of the organisation. */
export async function consentOf(
  { as }: TestBook,
  author: Client,
  bodyId: string,
  { basis = 'unanimous' as 'unanimous' | 'fewer', expiresAt = days(60), motion = motionOf() } = {},
) {
  const { id, version } = await draftedOf(author, bodyId, motion);
  const body = { expiresAt, basis, membersMustApprove: false };
  const opened = (await as.secretary.openConsent({ params: { resolutionId: id }, version, body })).body;
  return { ...opened, consent: consentIn(opened) };
}

/** @throws {Error} it is not put to written consent. */
export function consentIn<Consent>({ id, consent }: { id: string; consent: Consent | null }): Consent {
  if (consent === null) throw new Error(`${id} is not put to written consent`);
  return consent;
}

export const signedBy = (signer: Client, { id, consent }: { id: string; consent: { textHash: string } }) =>
  signer.signConsent({ params: { resolutionId: id }, body: { textHash: consent.textHash } });

/** Adopted by the signature of the only one who votes in the body. */
export async function adoptedOf(
  book: TestBook,
  motion = motionOf(),
  bodyId?: string,
): Promise<Awaited<ReturnType<typeof signedBy>>['body']> {
  const of = bodyId ?? (await bodyOf(book, ['member']));
  return (await signedBy(book.as.member, await consentOf(book, book.as.member, of, { motion }))).body;
}

export const consentRequests: { [Id in keyof typeof consentsRoutes | keyof typeof certificatesRoutes]: Prepare } = {
  openConsent: inAssembly(async (client, voter, bodyId) => {
    const { id, version } = await draftedOf(voter, bodyId);
    const body = { expiresAt: days(30), basis: 'unanimous', membersMustApprove: false } as const;
    return client.openConsent({ params: { resolutionId: id }, version, body });
  }),
  signConsent: inAssembly(async (client, voter, bodyId, book) =>
    signedBy(client, await consentOf(book, voter, bodyId)),
  ),
  withdrawSignature: inAssembly(async (client, voter, bodyId, book) => {
    const opened = await consentOf(book, voter, bodyId);
    await signedBy(voter, opened);
    return client.withdrawSignature({ params: { resolutionId: opened.id } });
  }),
  objectToConsent: inAssembly(async (client, voter, bodyId, book) => {
    const { id } = await consentOf(book, voter, bodyId, { basis: 'fewer' });
    return client.objectToConsent({ params: { resolutionId: id }, body: { reason: 'Let us meet.' } });
  }),
  getCertificate: async book => {
    const { id } = await adoptedOf(book);
    return client => client.getCertificate({ params: { resolutionId: id } });
  },
};

/** A request in the body in which everybody of the book votes and presides, so that roles alone decide. */
function inAssembly(
  ask: (client: Client, voter: Client, bodyId: string, book: TestBook) => Promise<Answered<unknown>>,
): Prepare {
  return async book => {
    const bodyId = await assemblyOf(book);
    const { as } = book;
    return client => ask(client, [as.public, as['signed-in']].includes(client) ? as.member : client, bodyId, book);
  };
}

const assemblies = new WeakMap<TestBook, Promise<string>>();

function assemblyOf(book: TestBook): Promise<string> {
  const made = assemblies.get(book) ?? makeAssembly(book);
  assemblies.set(book, made);
  return made;
}

async function makeAssembly(book: TestBook): Promise<string> {
  const everybody = Object.keys(book.people) as (keyof TestBook['people'])[];
  const bodyId = await bodyOf(book, everybody, { office: 'co-chair' });
  await letFewerSign(book, bodyId);
  return bodyId;
}
