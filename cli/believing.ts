/** The keys that somebody gives a command: one key, or a policy with those of witnesses. */
import { readFileSync } from 'node:fs';
import { NotProven } from '../web/verifier/bytes.ts';
import { type Policy, policyOf, readPolicy } from '../web/verifier/policy.ts';
import { readKey } from '../web/verifier/proof.ts';

/** The command was not used as it can be. */
export class UsageError extends Error {}

/** @throws {UsageError} what was given to the command does not parse. */
export function understood<Parsed>(parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export interface Given {
  readonly policy: Policy;
  /** The same as a policy file. */
  readonly text: string;
}

export const policyText = (keys: readonly string[]) => `${keys.map(key => `log ${key}\n`).join('')}quorum none\n`;

/** Null when none was given. @throws {UsageError} it is no key or no policy. */
export async function givenKeys(values: {
  readonly key?: string | undefined;
  readonly policy?: string | undefined;
}): Promise<Given | null> {
  const { key, policy: file } = values;
  if (key !== undefined && file !== undefined) {
    throw new UsageError('Give a key or a policy, not both: a policy holds keys.');
  }
  if (key === undefined && file === undefined) return null;
  try {
    const text = file === undefined ? policyText([String(key).trim()]) : readFileSync(file, 'utf8');
    const policy = key === undefined ? await readPolicy(text) : policyOf([await readKey(key)]);
    if (policy.logs.length === 0) throw new UsageError(`${file} names no log, and so no key to check with.`);
    return { policy, text };
  } catch (error) {
    if (error instanceof NotProven) throw new UsageError(error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined) throw new UsageError(`${file} cannot be read (${code}).`);
    throw error;
  }
}

/** What others wrote must not move the cursor, nor turn the text around, nor begin a line of its own: each value by itself. */
export const plain = (text: string) =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, mark => `\\u{${mark.codePointAt(0)?.toString(16)}}`);
