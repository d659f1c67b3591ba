/** The OpenID Connect issuer that the environment names. */
import type { IssuerSettings } from '../shared/http/token.ts';
import { SettingError } from './settings.ts';

/**
 * The issuer that `MINUTEBOOK_ISSUER` names, found out from its discovery document; null when none is named.
 * @throws {SettingError} it cannot be reached or is another, or `MINUTEBOOK_CLIENT_IDS` is missing.
 */
export async function configuredIssuer(): Promise<IssuerSettings | null> {
  const wanted = process.env.MINUTEBOOK_ISSUER?.trim() ?? '';
  if (wanted === '') return null;
  const clientIds = (process.env.MINUTEBOOK_CLIENT_IDS ?? '').split(',').flatMap(id => id.trim() || []);
  if (clientIds.length === 0) {
    throw new SettingError('Set MINUTEBOOK_CLIENT_IDS to the clients whose tokens are accepted, separated by commas.');
  }
  const address = `${withoutSlash(wanted)}/.well-known/openid-configuration`;
  const { issuer, jwks_uri: jwksUri } = await discover(address);
  if (typeof issuer !== 'string' || typeof jwksUri !== 'string')
    throw unusable(address, 'it names no issuer or no keys');
  if (withoutSlash(issuer) !== withoutSlash(wanted)) {
    throw new SettingError(`MINUTEBOOK_ISSUER is "${wanted}", but ${address} says that the issuer is "${issuer}".`);
  }
  // Tokens name the issuer as it names itself, with the slash at its end or without.
  return { issuer, jwksUri, clientIds };
}

async function discover(address: string): Promise<{ issuer?: unknown; jwks_uri?: unknown }> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(`it answers ${answer.status}`);
    return ((await answer.json()) ?? {}) as object;
  } catch (error) {
    const { message, cause } = error as Error;
    const { code, message: why } = (cause ?? {}) as NodeJS.ErrnoException;
    const because = code ?? why;
    throw unusable(address, because === undefined ? message : `${message} (${because})`);
  }
}

function unusable(address: string, why: string): SettingError {
  return new SettingError(`MINUTEBOOK_ISSUER: ${address} cannot be used: ${why}`);
}

const withoutSlash = (address: string) => address.replace(/\/$/, '');
