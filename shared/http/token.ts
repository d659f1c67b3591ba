/** Verifies access tokens: JWTs of one OpenID Connect issuer, the same way embedded and on AWS. */
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type Identity, isEmail } from '../core/people.ts';
import { TokenNotAcceptedError } from '../errors.ts';
import { demandOnTheWeb } from './onTheWeb.ts';

export interface VerifiedIdentity extends Identity {
  /** Only when the issuer says that it verified the address. */
  readonly email: string | null;
}

/** @throws {TokenNotAcceptedError} for any token that is not good, whatever is wrong with it. */
export type VerifyToken = (token: string) => Promise<VerifiedIdentity>;

export interface IssuerSettings {
  readonly issuer: string;
  /** Where the issuer's public keys are. */
  readonly jwksUri: string;
  /** The clients whose tokens are accepted. Cognito's access tokens name no audience, so the client stands for it. */
  readonly clientIds: readonly string[];
}

/** Only asymmetric signatures: a shared secret, or none, proves nothing. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** @throws {Error} at once, when the issuer is not one that may be used where this runs. */
export function tokenVerifier(settings: IssuerSettings, keys: JWTVerifyGetKey = remoteKeys(settings)): VerifyToken {
  return async token => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: settings.issuer,
        algorithms,
        clockTolerance: 5,
        requiredClaims: ['sub', 'exp', 'iat', 'client_id'],
      });
      // An ID token has no client_id; Cognito also says in token_use what a token is for.
      if (payload.token_use !== undefined && payload.token_use !== 'access') throw new Error('not an access token');
      const { client_id: clientId, sub: subject } = payload;
      if (typeof clientId !== 'string' || !settings.clientIds.includes(clientId)) throw new Error('another client');
      if (typeof subject !== 'string' || subject === '') throw new Error('no subject');
      return { issuer: settings.issuer, subject, email: verifiedEmail(payload) };
    } catch (error) {
      if (!isAboutTheToken(error)) throw error;
      throw new TokenNotAcceptedError(String(error));
    }
  };
}

function verifiedEmail({ email, email_verified: verified }: JWTPayload): string | null {
  return verified === true && typeof email === 'string' && isEmail(email) ? email : null;
}

/** Faults of the network or of the issuer are not the caller's. */
function isAboutTheToken(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  if (error instanceof errors.JOSEError) return error.code !== 'ERR_JOSE_GENERIC';
  return error instanceof Error && !(error instanceof TypeError);
}

function remoteKeys({ issuer, jwksUri }: IssuerSettings): JWTVerifyGetKey {
  demandOnTheWeb(issuer, jwksUri);
  return createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: 3000 });
}
