/** The text of a tlog-policy file that a setting names: which witnesses are asked, or which logs are witnessed. */
import { existsSync, readFileSync } from 'node:fs';
import type { Construct } from 'constructs';
import { setting } from './settings.ts';

/** A function has room for 4 KB of environment, all together. */
const mostBytes = 2500;

/** Where no file is named, nobody has to have cosigned. @throws {Error} there is no such file, or it is too long. */
export function policyText(scope: Construct, name: string): string {
  const file = setting(scope, name);
  if (file === '') return 'quorum none\n';
  if (!existsSync(file)) throw new Error(`The setting ${name} names ${file}, which is not there`);
  // Comments are for whoever reads the file.
  const lines = readFileSync(file, 'utf8').split('\n');
  const text = lines.filter(line => !/^[ \t]*(#|$)/.test(line)).map(line => `${line}\n`);
  const bytes = Buffer.byteLength(text.join(''));
  if (bytes <= mostBytes) return text.join('');
  throw new Error(`${file} has ${bytes} bytes without its comments, and a function takes ${mostBytes}`);
}
