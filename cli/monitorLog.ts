/** Looks at a log once: whether it continues what it showed before, every entry since, how fast it grows, and how fresh it is. */
import { believedBy, logAt, mostKeys } from '../web/verifier/book.ts';
import { decodeText, NotContinued, NotProven } from '../web/verifier/bytes.ts';
import { type FetchBytes, Unreadable } from '../web/verifier/fetching.ts';
import { type LogFinding, readHead, verifyLogAt } from '../web/verifier/log.ts';
import {
  isToCome,
  mostClockDifference,
  type Policy,
  policyOf,
  readPolicy,
  type Witnessed,
} from '../web/verifier/policy.ts';
import { type Key, keyText, mostCheckpointBytes, readCheckpoint } from '../web/verifier/proof.ts';
import { timeText } from '../web/verifier/words.ts';
import { type Given, policyText, UsageError } from './believing.ts';
import { type Introduced, introducedKeys } from './monitorKeys.ts';
import { forksIn, type Known, keepEvidence, mostDays, readKnown, writeKnown } from './monitorState.ts';

export interface Watching {
  /** Where the log begins, such as `https://book.example.org/log`. */
  readonly url: string;
  readonly given: Given | null;
  /** Where the monitor keeps what it knows. */
  readonly folder: string;
  /** The log is stale when nothing in it is younger; null when that does not matter. */
  readonly freshHours: number | null;
  readonly fetch: FetchBytes;
  readonly now: () => Date;
}

/** What a look came to. */
export interface Sight {
  readonly is: 'good' | 'stale' | 'wrong';
  readonly lines: readonly string[];
}

interface Believed {
  readonly policy: Policy;
  readonly text: string;
  readonly trusted: 'given' | 'told';
}

/** @throws {Unreadable} the log cannot be read now. @throws {UsageError} what the monitor knows cannot be read. */
export async function lookOnce(watching: Watching): Promise<Sight> {
  const { folder } = watching;
  const known = await readKnown(folder);
  if (known !== undefined && known.url !== watching.url) {
    throw new UsageError(`${folder} is about ${known.url}. Name another folder for ${watching.url} with --state.`);
  }
  const believed = await whomToBelieve(watching, known);
  // What was shown is kept as it was seen: asked again, somebody could show another.
  let shown: Uint8Array | null = null;
  const fetch: FetchBytes = async (address, most) => {
    const bytes = await watching.fetch(address, most);
    if (address === `${watching.url}/checkpoint`) shown = bytes;
    return bytes;
  };
  try {
    const { finding, days, newest, tooEarly } = await check({ ...watching, fetch }, known, believed.policy);
    const introduced = await introducedKeys(watching.url, believed.policy, watching.fetch);
    // Whoever gave keys decides about others.
    const room = believed.trusted === 'told' ? Math.max(0, mostKeys - believed.policy.logs.length) : 0;
    const added = introduced.slice(0, room).map(({ key }) => key);
    await writeKnown(folder, {
      url: watching.url,
      policy: added.length === 0 ? believed.text : textOf([...added, ...believed.policy.logs]),
      trusted: believed.trusted,
      checkpoint: finding.checkpoint.content,
      checkedAt: watching.now().toISOString(),
      newest,
      days,
    });
    const forks = await forksIn(folder);
    const lines = [
      ...report(finding, { days, newest, tooEarly }, believed, watching, known),
      ...introduced.map(one => introducedText(one, believed, added.includes(one.key))),
    ];
    if (forks.length > 0) {
      const words = `Two histories were shown before, and that is not forgotten: ${forks.join(', ')}. What is shown now may be either.`;
      return { is: 'wrong', lines: [words, ...lines] };
    }
    const stale = staleness(finding, newest, watching);
    return stale === null ? { is: 'good', lines } : { is: 'stale', lines: [stale, ...lines] };
  } catch (error) {
    if (!(error instanceof NotProven)) throw error;
    return { is: 'wrong', lines: await complaint(error, shown, watching, known) };
  }
}

/** Keys that were given, else those that were believed the first time, else those that the log tells. */
async function whomToBelieve({ given, url, fetch }: Watching, known: Known | undefined): Promise<Believed> {
  if (given !== null) return { ...given, trusted: 'given' };
  if (known?.trusted === 'given') {
    return { policy: await readPolicy(known.policy), text: known.policy, trusted: 'given' };
  }
  // Who is to stand against a log is not for the log to say: of what it told, only its own keys count.
  const { logs } =
    known === undefined ? (await believedBy({ fetch, given: null, site: url })).policy : await readPolicy(known.policy);
  const text = textOf(logs);
  try {
    await readPolicy(text);
    return { policy: policyOf(logs), text, trusted: 'told' };
  } catch (error) {
    if (!(error instanceof NotProven)) throw error;
    throw new Unreadable(`The keys that ${url} tells cannot be kept: ${error.message} Give the key yourself.`);
  }
}

const textOf = (keys: readonly Key[]) => policyText(keys.map(keyText));

async function check({ url, fetch, now }: Watching, known: Known | undefined, policy: Policy) {
  const read = logAt(url, fetch);
  const last = known === undefined ? undefined : readCheckpoint(known.checkpoint);
  const head = await readHead(read, policy);
  const { size } = head.checkpoint;
  if (last !== undefined && size < last.size) {
    throw new NotProven(
      `The log shows ${size} entries, and showed ${last.size} before: it shrank, or somebody serves an old copy.`,
    );
  }
  const days: Record<string, number> = { ...known?.days };
  let newest = known?.newest ?? null;
  let tooEarly = 0;
  const latest = new Date(now().getTime() + mostClockDifference).toISOString();
  const finding = await verifyLogAt(head, read, {
    ...(last === undefined ? {} : { from: last }),
    onEntry: (_, at) => {
      if (at > latest) {
        tooEarly++;
        return;
      }
      const day = at.slice(0, 10);
      days[day] = (days[day] ?? 0) + 1;
      if (newest === null || at > newest) newest = at;
    },
  });
  const kept = Object.entries(days).sort().slice(-mostDays);
  return { finding, days: Object.fromEntries(kept), newest, tooEarly };
}

/** What is wrong, and where it is kept with both checkpoints. */
async function complaint(
  error: NotProven,
  shown: Uint8Array | null,
  { url, folder, now }: Watching,
  known: Known | undefined,
): Promise<string[]> {
  const text = `${url}\n${error.message}\n\nShown then:\n\n${decoded(shown)}\nKnown before:\n\n${known?.checkpoint ?? '(none)\n'}`;
  const kind = error instanceof NotContinued ? 'fork' : 'refused';
  const file = await keepEvidence(folder, kind, text, now().toISOString());
  return [
    `NOT PROVEN: ${error.message}`,
    `Both checkpoints are kept in ${file}. Ask the organisation, and show that file to others who follow the log.`,
    ...(known === undefined
      ? []
      : [
          `The last state that was good: ${readCheckpoint(known.checkpoint).size} entries, at ${timeText(known.checkedAt)}.`,
        ]),
  ];
}

function decoded(bytes: Uint8Array | null): string {
  if (bytes === null) return '(none)\n';
  if (bytes.length > mostCheckpointBytes) return '(longer than a checkpoint can be)\n';
  try {
    return decodeText(bytes, 'It');
  } catch {
    return `(no text: ${Buffer.from(bytes).toString('base64')})\n`;
  }
}

function introducedText({ key, index }: Introduced, { trusted }: Believed, isAdded: boolean): string {
  const full = `It is not believed: ${mostKeys} keys are more than a log needs. Give those that you believe yourself.`;
  const told = isAdded ? 'It is believed from now on.' : full;
  const advice = trusted === 'told' ? told : 'Add it to the policy that you give, before the old one retires.';
  return `The log has introduced another key of its own, as entry ${index}: ${keyText(key)}. ${advice}`;
}

interface Growth {
  readonly days: Readonly<Record<string, number>>;
  readonly newest: string | null;
  /** How many of the new entries say a time that is still to come. */
  readonly tooEarly: number;
}

function report(
  { checkpoint, entries, witnessed }: LogFinding,
  { days, newest, tooEarly }: Growth,
  believed: Believed,
  { now }: Watching,
  known: Known | undefined,
): string[] {
  const at = now().getTime();
  const week = Array.from(
    { length: 7 },
    (_, back) => days[new Date(at - back * 86_400_000).toISOString().slice(0, 10)] ?? 0,
  );
  const perDay = week.reduce((sum, count) => sum + count, 0) / 7;
  return [
    `${checkpoint.origin}: ${checkpoint.size} entries, ${entries} of them new and each checked${known === undefined ? '' : '; it continues what it showed before'}.`,
    `Growth: ${week[0]} entries today, ${perDay.toFixed(1)} a day in the last seven days (UTC).`,
    newest === null ? 'It has no entry yet.' : `Latest entry, as the book says: ${timeText(newest)}.`,
    ...(tooEarly === 0 ? [] : [`${tooEarly} of the new entries say a time that is still to come.`]),
    ...witnessed.map(one =>
      isToCome(one, at)
        ? `${one.key.name} says a time that is still to come, ${witnessedText(one)}: that counts for nothing. Ask whoever keeps it.`
        : `Witnessed by ${one.key.name} at ${witnessedText(one)}.`,
    ),
    ...(witnessed.every(one => isToCome(one, at))
      ? ['No witness whose key is known has signed: that others are shown the same log is not proven.']
      : []),
    ...(believed.trusted === 'told'
      ? [`The key was believed because the log told it the first time: ${believed.policy.logs.map(keyText).join(', ')}`]
      : []),
  ];
}

const witnessedText = ({ seconds }: Witnessed) => timeText(new Date(1000 * seconds).toISOString());

function staleness({ witnessed }: LogFinding, newest: string | null, { freshHours, now }: Watching): string | null {
  if (freshHours === null) return null;
  const seen = witnessed.filter(one => !isToCome(one, now().getTime())).map(({ seconds }) => 1000 * seconds);
  const latest = Math.max(newest === null ? 0 : Date.parse(newest), ...seen);
  if (now().getTime() - latest <= freshHours * 3_600_000) return null;
  return `STALE: nothing in the log is younger than ${freshHours} hours; the latest sign of life is of ${timeText(new Date(latest).toISOString())}.`;
}
