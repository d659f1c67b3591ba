/** Verifies access tokens: JWTs of one OpenID Connect issuer, the same way embedded and on AWS. */
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Identity } from '../core/people.ts';
import { TokenNotAcceptedError } from '../errors.ts';

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
      if (!settings.clientIds.includes(String(payload.client_id))) throw new Error('issued to another client');
      const email = payload.email_verified === true && typeof payload.email === 'string' ? payload.email : null;
      return { issuer: settings.issuer, subject: String(payload.sub), email };
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !isAboutTheToken(error)) throw error;
      throw new TokenNotAcceptedError(String(error));
    }
  };
}

/** Faults of the network or of the issuer are not the caller's. */
function isAboutTheToken(error: unknown): boolean {
  if (error instanceof errors.JOSEError) return error.code !== 'ERR_JOSE_GENERIC';
  return error instanceof Error && !(error instanceof TypeError);
}

function remoteKeys({ issuer, jwksUri }: IssuerSettings): JWTVerifyGetKey {
  // On AWS only an issuer on the web is possible: the demonstration issuer speaks http on this machine, so it never is.
  if (process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined) {
    for (const address of [issuer, jwksUri]) {
      if (!/^https:\/\/[^/]*\.[a-z]/.test(address)) throw new Error(`On AWS the issuer must be on the web: ${address}`);
    }
  }
  return createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: 3000 });
}
