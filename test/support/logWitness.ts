/** A witness that others wrote, as a process beside the tests. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { readKey, type VerifierKey } from '../../shared/core/log/notes.ts';

/** `.ci/run` builds it from test/support/logWitness. */
const program = resolve(process.env.MINUTEBOOK_LOG_WITNESS || 'node_modules/.cache/minutebook/logWitness');

/** Empty, or why it cannot be asked. */
export const missingWitness =
  spawnSync(program, ['-version']).status === 0 ? '' : ' (needs the witness in Go, see MINUTEBOOK_LOG_WITNESS)';

export interface OtherWitness {
  readonly key: VerifierKey;
  readonly prefix: string;
  stop(): Promise<void>;
}

/** @param logKey of the log that it cosigns. It has a new key and no memory. */
export async function startOtherWitness(logKey: string): Promise<OtherWitness> {
  const child = spawn(program, ['-key', logKey], { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  const [line] = await Promise.race([once(child.stdout, 'data'), exited]);
  const [text = '', prefix = ''] = String(line).trim().split(' ');
  const key = readKey(text);
  if (key === null) throw new Error(`The witness does not start: ${line}`);
  return {
    key,
    prefix,
    async stop() {
      child.kill();
      await exited;
    },
  };
}
