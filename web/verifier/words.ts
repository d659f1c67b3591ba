/** Says in plain words what was proven, and what was not: the same on the page and in the command. */
import type { LogFinding } from './log.ts';
import type { Judged } from './policy.ts';
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

const list = (names: readonly string[]) => names.join(', ');

export function tellFinding(finding: Finding, trusted: Trusted): Told {
  const { what, record, at, origin, index, size, fields, uncovered } = finding;
  const said = record === null ? '' : `version ${record.version} of ${record.kind} ${record.id}`;
  const titles = {
    statement:
      uncovered === null
        ? `Proven: what the book says in public of ${said}`
        : `Proven: the record shows what was sealed as ${said}`,
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
      ...standing(finding, trusted),
    ],
    proven: [
      what === 'entry'
        ? `These bytes stand in the log as entry ${index}.`
        : `This was sealed as entry ${index}, with these very words, and has not been changed since.`,
      `The log was signed with ${size} entries by the key shown, with this among them.`,
      ...witnessWords(finding),
    ],
    notProven: [
      'That it is true: the log proves what was said, and that it was not changed afterwards.',
      ...(what === 'entry'
        ? ['What the entry stands for: it is a seal, and shows nothing of what was sealed.']
        : ['That it is the newest: a later version may have replaced it. Ask the book.']),
      ...(uncovered === null || uncovered.length === 0
        ? []
        : [`The fields that are not covered: ${list(uncovered)}. They are what this copy says, and nothing more.`]),
      ...caveats(finding, trusted),
    ],
  };
}

export function tellLog(finding: LogFinding, trusted: Trusted, newest: string | null): Told {
  const { checkpoint, entries, files } = finding;
  return {
    title: `Proven: the whole log of ${checkpoint.origin} fits what was signed`,
    facts: [
      ['Entries checked', `${entries} of ${checkpoint.size}`],
      ['Files checked', `${files + 1}`],
      ...(newest === null ? [] : [['Latest entry, as the book says', timeText(newest)] as const]),
      ...standing(finding, trusted),
    ],
    proven: [
      `Each of the ${entries} entries has the form of a seal, and each stands where the signed tree of ${checkpoint.size} entries has it.`,
      'Every tile that proofs are made from fits the entries.',
      ...witnessWords(finding),
    ],
    notProven: [
      'What was sealed: entries show nothing of it. A record is proven with its own proof.',
      'That all that happened was entered: what was never sealed leaves no trace here.',
      ...caveats(finding, trusted),
    ],
  };
}

function standing({ signedBy, witnessed }: Judged, trusted: Trusted): (readonly [string, string])[] {
  return [
    ...signedBy.map(
      key =>
        [
          'Signed by',
          `${keyText(key)}${trusted === 'told' ? ' (a key that the log itself told)' : ' (a key that you gave)'}`,
        ] as const,
    ),
    ...witnessed.map(
      ({ key, seconds }) => ['Witnessed by', `${keyText(key)} at ${momentText(1000 * seconds)}`] as const,
    ),
    ...(witnessed.length === 0 ? [['Witnessed by', 'nobody whose key was given'] as const] : []),
  ];
}

const witnessWords = ({ witnessed }: Judged) =>
  witnessed.map(
    ({ key, seconds }) =>
      `${key.name} had seen this state of the log by ${momentText(1000 * seconds)}, and that it continues what it had seen before.`,
  );

function caveats({ witnessed }: Judged, trusted: Trusted): string[] {
  return [
    ...(witnessed.length === 0
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
