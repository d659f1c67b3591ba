/** The text of a tlog-policy file that a setting names: which witnesses are asked, or which logs are witnessed. */
import { existsSync, readFileSync } from 'node:fs';
import type { Construct } from 'constructs';
import { PolicyError, readPolicy } from '../shared/core/log/policy.ts';
import { setting } from './settings.ts';

/** A function has room for 4 KB of environment, all together. */
const mostBytes = 2500;

/**
 * Where no file is named, nobody has to have cosigned.
 * @throws {Error} there is no such file, it is too long, or no policy: then each line that is wrong is named. Functions would stand still with it.
 */
export function policyText(scope: Construct, name: string): string {
  const file = setting(scope, name);
  if (file === '') return 'quorum none\n';
  if (!existsSync(file)) throw new Error(`The setting ${name} names ${file}, which is not there`);
  // Comments are for whoever reads the file.
  const whole = readFileSync(file, 'utf8');
  const lines = whole.split('\n');
  const text = lines.filter(line => !/^[ \t]*(#|$)/.test(line)).map(line => `${line}\n`);
  const bytes = Buffer.byteLength(text.join(''));
  if (bytes > mostBytes) {
    throw new Error(`${file} has ${bytes} bytes without its comments, and a function takes ${mostBytes}`);
  }
  const faults = faultsOf(whole);
  if (faults === null) return text.join('');
  throw new Error(`The setting ${name} names ${file}, which is no policy:\n${faults}`);
}

/** Null when there are none. */
function faultsOf(text: string): string | null {
  try {
    const { witnesses } = readPolicy(text);
    const wrong = witnesses.filter(({ url }) => url !== null && !isAddress(url));
    return wrong.length === 0
      ? null
      : wrong
          .map(({ name, url }) => `Witness ${name}: ${url} is no address such as https://witness.example.org`)
          .join('\n');
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
}

/** Nothing else runs where a function does, so no witness is asked over http. */
function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && url.username === '' && url.password === '' && !/[?#]/.test(text);
}
