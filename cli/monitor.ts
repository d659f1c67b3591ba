/** `npm run monitor -- ADDRESS`: follows a log, and complains when it changes anything but by growing. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { complaintAbout } from '../local/complaint.ts';
import { logPrefixOf } from '../web/verifier/book.ts';
import { fetchBytes, Unreadable } from '../web/verifier/fetching.ts';
import { givenKeys, plain, UsageError, understood } from './believing.ts';
import { lookOnce, type Sight, type Watching } from './monitorLog.ts';
import type { Output } from './verify.ts';

const usage = `npm run monitor -- ADDRESS [--key KEY | --policy FILE] [--state FOLDER] [--every SECONDS | --once] [--fresh HOURS]

ADDRESS is that of a log, such as https://book.example.org/log

  --key      the key of the log, such as book.example.org/log+1a2b3c4d+AbCd...
  --policy   a file with the keys of the log and of witnesses, and how many of them are needed (c2sp.org/tlog-policy)
  --state    where the monitor keeps what it knows (.minutebook-monitor/HOST)
  --every    looks again after so many seconds (300)
  --once     looks once
  --fresh    complains when nothing in the log is younger than so many hours

Without a key, the one that the log tells the first time is believed, and no other from then on.
Ends with 1 when the log shrank, forked, or holds what it should not; what it showed is kept in the state folder, and is not forgotten.
Ends with 2 when it was not understood, or, with --once, could not read the log. A log that is stale ends it with 1 only with --once.`;

const options = {
  key: { type: 'string' },
  policy: { type: 'string' },
  state: { type: 'string' },
  every: { type: 'string' },
  once: { type: 'boolean', default: false },
  fresh: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const parse = (args: readonly string[]) => parseArgs({ args: [...args], options, allowPositionals: true });

/** @param stop ends it between two looks. @returns the exit code. */
export async function monitorCommand(
  args: readonly string[],
  { say, complain }: Output,
  stop: AbortSignal,
): Promise<number> {
  try {
    const asked = await readArguments(args);
    if (asked === null) {
      say(usage);
      return args.length === 0 ? 2 : 0;
    }
    while (!stop.aborted) {
      const sight = await look(asked.watching);
      const text = [new Date().toISOString(), ...sight.lines.map(plain)].join('\n  ');
      if (sight.is === 'good') say(text);
      else complain(text);
      if (sight.is === 'wrong') return 1;
      if (asked.everySeconds === null) return { good: 0, stale: 1, unreadable: 2 }[sight.is];
      await pause(asked.everySeconds * 1000, undefined, { signal: stop }).catch(() => {});
    }
    return 0;
  } catch (error) {
    const complaint = error instanceof UsageError ? `${error.message}\n\n${usage}` : complaintAbout(error);
    if (complaint === undefined) throw error;
    complain(complaint);
    return 2;
  }
}

/** What cannot be read now may be there later. */
async function look(
  watching: Watching,
): Promise<Sight | { readonly is: 'unreadable'; readonly lines: readonly string[] }> {
  try {
    return await lookOnce(watching);
  } catch (error) {
    if (error instanceof Unreadable) return { is: 'unreadable', lines: [`COULD NOT BE READ: ${error.message}`] };
    throw error;
  }
}

async function readArguments(args: readonly string[]) {
  const { positionals, values } = understood(() => parse(args));
  const [address, ...more] = positionals;
  if (values.help || (address === undefined && args.length === 0)) return null;
  const isAddress = address !== undefined && /^https?:$/.test(URL.parse(address)?.protocol ?? '');
  const url = isAddress ? logPrefixOf(address) : null;
  if (url === null || more.length > 0) throw new UsageError('Name one log, such as https://book.example.org/log');
  if (values.once && values.every !== undefined) throw new UsageError('Choose --once or --every.');
  const watching: Watching = {
    url,
    given: await givenKeys(values),
    folder: values.state ?? join('.minutebook-monitor', url.replace(/^https?:\/\//, '').replaceAll(/[^\w.-]/g, '_')),
    freshHours: values.fresh === undefined ? null : numberOf('--fresh', values.fresh),
    fetch: fetchBytes,
    now: () => new Date(),
  };
  return { watching, everySeconds: values.once ? null : numberOf('--every', values.every ?? '300') };
}

function numberOf(name: string, text: string): number {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (value < 1) throw new UsageError(`${name} takes a whole number from 1, not "${text}".`);
  return value;
}

if (import.meta.main) {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const output = { say: (text: string) => console.log(text), complain: (text: string) => console.error(text) };
  process.exitCode = await monitorCommand(process.argv.slice(2), output, stop.signal);
}
