/** Where the embedded server keeps its data and on which ports it listens, from the environment. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { IssuerSettings } from '../shared/http/token.ts';

export const dataFolder = () => process.env.MINUTEBOOK_DATA || '.minutebook';

/** The book of an organisation. */
export const bookFile = (folder: string) => join(folder, 'book.sqlite');

/** The demonstration book. It has a file of its own, so that nothing made for it can ever serve a real one. */
export const demoBookFile = (folder: string) => join(folder, 'demonstration.sqlite');

/** True unless `MINUTEBOOK_DEMO=0` forbids it or the folder holds the book of an organisation. */
export const isDemonstration = (folder: string) => process.env.MINUTEBOOK_DEMO !== '0' && !existsSync(bookFile(folder));

/** The demonstration issuer listens on the port after it, unless `MINUTEBOOK_ISSUER_PORT` says another. */
export const port = () => portFrom('PORT', 4000);

export const issuerPort = () => portFrom('MINUTEBOOK_ISSUER_PORT', port() === 0 ? 0 : port() + 1);

function portFrom(variable: string, otherwise: number): number {
  const text = process.env[variable];
  if (text === undefined || text === '') return otherwise;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number < 65_536) return number;
  throw new SettingError(`${variable} must be a port number from 0 to 65535, not "${text}".`);
}

/** A setting that the operator can correct. */
export class SettingError extends Error {}

/**
 * The OpenID Connect issuer that `MINUTEBOOK_ISSUER` names, found out from its discovery document; null when none is named.
 * @throws {SettingError} it cannot be reached, or `MINUTEBOOK_CLIENT_IDS` is missing.
 */
export async function configuredIssuer(): Promise<IssuerSettings | null> {
  const issuer = process.env.MINUTEBOOK_ISSUER;
  if (issuer === undefined || issuer === '') return null;
  const clientIds = (process.env.MINUTEBOOK_CLIENT_IDS ?? '').split(',').filter(id => id !== '');
  if (clientIds.length === 0) {
    throw new SettingError('Set MINUTEBOOK_CLIENT_IDS to the clients whose tokens are accepted, separated by commas.');
  }
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) });
    const { jwks_uri: jwksUri } = (await answer.json()) as { jwks_uri?: unknown };
    if (typeof jwksUri !== 'string') throw new Error('it names no jwks_uri');
    return { issuer, jwksUri, clientIds };
  } catch (error) {
    throw new SettingError(`MINUTEBOOK_ISSUER: ${address} cannot be used: ${(error as Error).message}`);
  }
}
