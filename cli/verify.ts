/** `npm run verify -- INPUT`: checks a record, a folder of them, or a whole log, and says what is proven by that, and what is not. */
import { parseArgs } from 'node:util';
import { checkAddress } from '../web/verifier/book.ts';
import { fetchBytes } from '../web/verifier/fetching.ts';
import type { Told } from '../web/verifier/words.ts';
import { givenKeys, plain, UsageError, understood } from './believing.ts';
import { checkPath, type Result, resultOf, shortOf } from './verifyFiles.ts';

const usage = `npm run verify -- INPUT [--key KEY | --policy FILE] [--proof FILE] [--from ADDRESS] [--json]

INPUT is one of:
  record.json             a record, with its proof in record.proof.json, or fetched with --from
  record.proof.json       a proven statement or event
  certificate.pdf         a certificate of a resolution; what it names is fetched from the book that it prints, or from --from
  entry, with --proof     an entry of a log, with a tlog-proof file
  a folder                every record and proof in it; a whole log, where it has a file "checkpoint" and a folder "tile"
  an address              of a record (https://book.example.org/v1/disclosures/...) or of a log (https://book.example.org/log)

  --key      the key of the log, such as book.example.org/log+1a2b3c4d+AbCd...
  --policy   a file with the keys of the log and of witnesses, and how many of them are needed (c2sp.org/tlog-policy)
  --proof    the file that proves INPUT, when it is not beside it
  --from     the book to ask for what a file does not hold, such as https://book.example.org
  --json     the same for programs

Without a key, the one that the log itself tells is believed: then a book that was wholly replaced is not noticed.
Ends with 0 when everything was proven, 1 when something was not, 2 when something could not be read or checked, or was not understood.`;

const options = {
  key: { type: 'string' },
  policy: { type: 'string' },
  proof: { type: 'string' },
  from: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Where a command writes; the console unless a program calls it. */
export interface Output {
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** @returns the exit code. */
export async function verifyCommand(args: readonly string[], { say, complain }: Output): Promise<number> {
  try {
    const { input, values } = readArguments(args);
    if (values.help || input === undefined) {
      say(usage);
      return values.help ? 0 : 2;
    }
    const results = await resultsOf(input, values);
    if (values.json) say(jsonText({ results: results.map(forPrograms) }));
    else say(results.map(inWords).join('\n\n'));
    return codeOf(results);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(`${error.message}\n\n${usage}`);
    return 2;
  }
}

type Values = ReturnType<typeof parse>['values'];
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options, allowPositionals: true });

function readArguments(args: readonly string[]) {
  const { positionals, values } = understood(() => parse(args));
  if (positionals.length > 1) throw new UsageError('Name one input.');
  return { input: positionals[0], values };
}

async function resultsOf(input: string, values: Values): Promise<Result[]> {
  const given = (await givenKeys(values))?.policy ?? null;
  if (/^https?:\/\//i.test(input)) {
    if (values.from !== undefined || values.proof !== undefined) {
      throw new UsageError(
        'What stands at an address is proven by the book at that address: leave out --from and --proof.',
      );
    }
    return [await resultOf(input, () => checkAddress(input, { fetch: fetchBytes, given }))];
  }
  const from = values.from === undefined ? null : URL.parse(values.from);
  if (from === null ? values.from !== undefined : !/^https?:$/.test(from.protocol)) {
    throw new UsageError(`--from must be an address such as https://book.example.org, not "${values.from}".`);
  }
  return checkPath(input, values.proof ?? null, { fetch: fetchBytes, given, site: from?.origin ?? null });
}

/** What is not proven weighs more than what cannot be read. */
function codeOf(results: readonly Result[]): number {
  if (results.some(({ is }) => is === 'not proven')) return 1;
  return results.some(({ is }) => is === 'unreadable' || is === 'not checked') ? 2 : 0;
}

function inWords(result: Result): string {
  const name = plain(shortOf(result.input));
  if (result.is === 'proven') return `${name}\n${toldText(result.checked.told)}`;
  const titles = {
    'not proven': 'NOT PROVEN',
    unreadable: 'COULD NOT BE CHECKED, which proves nothing either way',
    'not checked': 'NOT CHECKED',
    'left out': 'Left out',
  };
  const advice =
    result.is === 'not proven'
      ? '\nDo not rely on this copy. Get it again; if it still fails, tell the organisation, and keep both.'
      : '';
  return `${name}\n${titles[result.is]}: ${plain(result.why)}${advice}`;
}

function toldText({ title, facts, proven, notProven }: Told): string {
  const widest = Math.max(...facts.map(([name]) => name.length));
  return [
    plain(title),
    ...facts.map(([name, value]) => `  ${`${name}:`.padEnd(widest + 2)}${plain(value)}`),
    'Proven:',
    ...proven.map(line => `  - ${plain(line)}`),
    'Not proven:',
    ...notProven.map(line => `  - ${plain(line)}`),
  ].join('\n');
}

/** JSON leaves some marks as they are that move a cursor, or turn a text around. */
const jsonText = (value: object) =>
  JSON.stringify(value, null, 2).replaceAll(/[\u007f-\u009f\u2028\u2029\p{Cf}]/gu, mark =>
    mark.replaceAll(/[\s\S]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );

function forPrograms(result: Result) {
  if (result.is !== 'proven') return result;
  const { told, finding } = result.checked;
  const { record = null, index = null, size = null, fields = null, uncovered = null } = finding ?? {};
  return { input: result.input, is: result.is, ...told, ...{ record, index, size, fields, uncovered } };
}

if (import.meta.main) {
  process.exitCode = await verifyCommand(process.argv.slice(2), {
    say: text => console.log(text),
    complain: text => console.error(text),
  });
}
