/** Credentials of a Lambda function: those of its environment, with the token that makes temporary ones valid. */
import { afterEach, expect, it, vi } from 'vitest';
import { defaultProvider } from '../../../shared/adapters/lambdaCredentials.ts';

afterEach(() => vi.unstubAllEnvs());

it('gives the temporary credentials of the environment, with their session token', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  expect(await defaultProvider()()).toEqual({ accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' });
});

it('says so when the environment holds none', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
  await expect(defaultProvider()()).rejects.toThrow('The environment holds no AWS credentials');
});
