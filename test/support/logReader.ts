/** What others wrote to read and make logs: Go's sumdb/note and sumdb/tlog, and Tessera. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { toBase64 } from '../../shared/core/log/base64.ts';
import type { KeyPair } from './witnessedLog.ts';

/** `.ci/run` builds it from test/support/logReader. */
const program = resolve(process.env.MINUTEBOOK_LOG_READER || 'node_modules/.cache/minutebook/logReader');

/** Empty, or why nothing can be read by it. */
export const missingReader =
  spawnSync(program, ['-version']).status === 0 ? '' : ' (needs the reader in Go, see MINUTEBOOK_LOG_READER)';

/** Reads the whole log in a folder, whose checkpoint this witness has to have cosigned. @throws {Error} with what is wrong with it. */
export const readByOthers = (folder: string, logKey: string, witnessKey: string): string =>
  execFileSync(program, ['-dir', folder, '-key', logKey, '-witness', witnessKey], { encoding: 'utf8', stdio: 'pipe' });

/**
 * Has Tessera make a log of so many entries, each of them published alone, with the cosignatures that the policy demands.
 * @throws {Error} with what kept it from that.
 */
export async function grownByOthers(folder: string, { key, privateKey }: KeyPair, policyFile: string, entries: number) {
  const seed = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
  const secret = `PRIVATE+KEY+${key.name}+${key.id}+${toBase64(Uint8Array.of(1, ...seed))}`;
  const args = ['-dir', folder, '-grow', String(entries), '-secret', secret, '-policy', policyFile];
  const { stdout } = await promisify(execFile)(program, args, { encoding: 'utf8', timeout: 60_000 });
  return stdout;
}
