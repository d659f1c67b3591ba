/** The demo issuer's signing key and cookie keys: made once, kept in a file that only its owner can read. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'oidc-provider';
import * as z from 'zod';
import { SettingError } from './settings.ts';

export const signingAlgorithm = 'ES256';

export interface DemoIssuerKeys {
  /** A private JWK with its `kid`. */
  readonly signingKey: JWK;
  readonly cookieKeys: string[];
}

const keyFileSchema = z.object({
  signingKey: z.object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    d: z.string(),
    kid: z.string(),
    alg: z.literal(signingAlgorithm),
    use: z.literal('sig'),
  }),
  cookieKeys: z.array(z.string().min(32)).min(1),
});

/**
 * Reads the keys from `demo-issuer.json` in the data folder, making both when they are not there yet.
 *
 * @throws {SettingError} the file is there and cannot be used; the message says what to do.
 */
export async function loadDemoIssuerKeys(dataFolder: string): Promise<DemoIssuerKeys> {
  const file = join(dataFolder, 'demo-issuer.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return makeKeys(dataFolder, file);
  const parsed = keyFileSchema.safeParse(readJson(text));
  if (!parsed.success) {
    throw new SettingError(
      `${file} is damaged. Delete it to get a new signing key; every demonstration sign-in then ends.`,
    );
  }
  await chmod(file, 0o600);
  return parsed.data;
}

async function makeKeys(dataFolder: string, file: string): Promise<DemoIssuerKeys> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const keys = keyFileSchema.parse({
    signingKey: { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: signingAlgorithm, use: 'sig' },
    cookieKeys: [randomBytes(32).toString('base64url')],
  });
  await mkdir(dataFolder, { recursive: true });
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(keys, undefined, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A crash before this line leaves a temporary file behind and no key; the next start makes another.
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return keys;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
