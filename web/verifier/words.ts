/** Says in plain words what was proven, and what was not: the same on the page and in the command. */
import { shortName } from './fields.ts';
import type { LogFinding } from './log.ts';
import { isToCome, type Judged, type Witnessed } from './policy.ts';
import { keyText } from './proof.ts';
import type { Finding } from './record.ts';

/** Where the keys came from that were believed. */
export type Trusted = 'given' | 'told';

export interface Told {
  readonly title: string;
  /** Each with a name and what it is. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly proven: readonly string[];
  readonly notProven: readonly string[];
}

/** `2026-11-22 10:00:05 UTC` */
const momentText = (milliseconds: number) =>
  `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

export const timeText = (at: string) => momentText(Date.parse(at));

/** More names than anybody reads. */
const mostNames = 50;

/** Names that could be taken for something else stand in quotation marks. */
function list(names: readonly string[]): string {
  const said = names.slice(0, mostNames).map(name => {
    const short = shortName(name);
    return /^[\p{L}\p{N}_.…-]+$/u.test(short) ? short : JSON.stringify(short);
  });
  return [...said, ...(names.length > mostNames ? [`and ${names.length - mostNames} more`] : [])].join(', ');
}

/** What every record shows beside what was sealed of it. */
const beside = ['version', 'state', 'proof'];

export function tellFinding(finding: Finding, trusted: Trusted, now = Date.now()): Told {
  const { what, record, at, origin, index, size, fields, uncovered } = finding;
  const said = record === null ? '' : `version ${record.version} of ${record.kind} ${record.id}`;
  const isWhole = uncovered?.every(field => beside.includes(field)) ?? true;
  const titles = {
    statement:
      uncovered === null
        ? `Proven: what the book says in public of ${said}`
        : `Proven${isWhole ? '' : ', but for the fields that are named'}: the record shows what was sealed as ${said}`,
    event: `Proven: what happened to ${said}`,
    entry: 'Proven: these bytes are an entry of the log',
  };
  return {
    title: titles[what],
    facts: [
      ...(fields.length === 0 ? [] : [['Proven fields', list(fields)] as const]),
      ...(uncovered === null ? [] : [['Fields that are not covered', list(uncovered) || 'none'] as const]),
      ...(at === null ? [] : [['Made, as the book says', timeText(at)] as const]),
      ['Entry', `${index} (the first is 0)`],
      ['Log', `${origin}, with ${size} entries`],
      ...standing(finding, trusted, now),
    ],
    proven: [
      what === 'entry'
        ? `These bytes stand in the log as entry ${index}.`
        : `This was sealed as entry ${index}, with these very words, and has not been changed since.`,
      `The log was signed with ${size} entries by the key shown, with this among them.`,
      ...witnessWords(finding, trusted, now),
    ],
    notProven: [
      'That it is true: the log proves what was said, and that it was not changed afterwards.',
      ...(what === 'entry'
        ? ['What the entry stands for: it is a seal, and shows nothing of what was sealed.']
        : ['That it is the newest: a later version may have replaced it. Ask the book.']),
      ...(uncovered === null || uncovered.length === 0
        ? []
        : [`The fields that are not covered: ${list(uncovered)}. They are what this copy says, and nothing more.`]),
      ...caveats(finding, trusted, now),
    ],
  };
}

export function tellLog(finding: LogFinding, trusted: Trusted, newest: string | null, now = Date.now()): Told {
  const { checkpoint, entries, files } = finding;
  return {
    title: `Proven: the whole log of ${checkpoint.origin} fits what was signed`,
    facts: [
      ['Entries checked', `${entries} of ${checkpoint.size}`],
      ['Files checked', `${files + 1}`],
      ...(newest === null ? [] : [['Latest entry, as the book says', timeText(newest)] as const]),
      ...standing(finding, trusted, now),
    ],
    proven: [
      `Each of the ${entries} entries has the form of a seal, and each stands where the signed tree of ${checkpoint.size} entries has it.`,
      'Every tile that proofs are made from fits the entries.',
      ...witnessWords(finding, trusted, now),
    ],
    notProven: [
      'What was sealed: entries show nothing of it. A record is proven with its own proof.',
      'That all that happened was entered: what was never sealed leaves no trace here.',
      ...caveats(finding, trusted, now),
    ],
  };
}

/** Those who vouch: nobody whom the log itself named, and nobody for a time that is still to come. */
function vouching({ witnessed }: Judged, trusted: Trusted, now: number): readonly Witnessed[] {
  return trusted === 'told' ? [] : witnessed.filter(one => !isToCome(one, now));
}

function standing(judged: Judged, trusted: Trusted, now: number): (readonly [string, string])[] {
  const { signedBy } = judged;
  const vouched = vouching(judged, trusted, now);
  return [
    ...signedBy.map(
      key =>
        [
          'Signed by',
          `${keyText(key)}${trusted === 'told' ? ' (a key that the log itself told)' : ' (a key that you gave)'}`,
        ] as const,
    ),
    ...vouched.map(({ key, seconds }) => ['Witnessed by', `${keyText(key)} at ${momentText(1000 * seconds)}`] as const),
    ...(vouched.length === 0
      ? [
          [
            'Witnessed by',
            `nobody whose key was given${trusted === 'given' && judged.witnessed.length > 0 ? ', at a time that has been' : ''}`,
          ] as const,
        ]
      : []),
  ];
}

const witnessWords = (judged: Judged, trusted: Trusted, now: number) =>
  vouching(judged, trusted, now).map(
    ({ key, seconds }) =>
      `${key.name} had seen this state of the log by ${momentText(1000 * seconds)}, and that it continues what it had seen before.`,
  );

function caveats(judged: Judged, trusted: Trusted, now: number): string[] {
  const early = trusted === 'told' ? [] : judged.witnessed.filter(one => isToCome(one, now));
  return [
    ...early.map(
      ({ key, seconds }) =>
        `When ${key.name} saw it: its signature says ${momentText(1000 * seconds)}, which is still to come. Ask whoever keeps it.`,
    ),
    ...(vouching(judged, trusted, now).length === 0
      ? [
          'When it was: no witness stands for that, and the times are those that the book says.',
          'That everybody is shown the same log: without witnesses, only comparing checkpoints with others shows that.',
        ]
      : []),
    ...(trusted === 'told'
      ? [
          'That the key is the right one: it was believed because the log told it. Compare it with the key that the organisation gives elsewhere, and give that next time.',
        ]
      : []),
  ];
}
