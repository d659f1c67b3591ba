/** Whom to believe: the logs, the witnesses, and how many of them have to have cosigned, in a file of text (C2SP tlog-policy). */
import { keyText, readKey, type SignatureType, type VerifierKey } from './notes.ts';

export interface PolicyLog {
  /** Its name is the origin of the log. */
  readonly key: VerifierKey;
  /** Where the log is read, or given entries; what it is exactly each reader says. */
  readonly url: string | null;
}

export interface PolicyWitness {
  /** Means something within the policy only. */
  readonly name: string;
  readonly key: VerifierKey;
  /** What stands before `/add-checkpoint`. */
  readonly url: string | null;
}

/** Counts as one that has cosigned when so many of its members do. */
export interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  /** Names of witnesses, and of groups before it. Nobody is a member twice, nor of two groups. */
  readonly members: readonly string[];
}

export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  /** The name of a witness or of a group; null when nobody needs to have cosigned. */
  readonly quorum: string | null;
}

export interface PolicyFault {
  /** From 1; the one behind the last for what is missing in the whole file. */
  readonly line: number;
  readonly message: string;
}

/** What was to be a policy is none; the message has a line for each of its faults. */
export class PolicyError extends Error {
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly PolicyFault[]) {
    super(faults.map(({ line, message }) => `Line ${line}: ${message}`).join('\n'));
    this.name = 'PolicyError';
    this.faults = faults;
  }
}

/** Longer ones nobody writes by hand. */
const mostCharacters = 100_000;
const mostLines = 500;

/**
 * @param text of the file, read as UTF-8.
 * @throws {PolicyError} with every fault that it has.
 */
export function readPolicy(text: string): Policy {
  const lines = text.split('\n');
  if (text.length > mostCharacters || lines.length - 1 > mostLines) {
    throw new PolicyError([{ line: 1, message: 'The file is too long for a policy.' }]);
  }
  const faults: PolicyFault[] = [];
  const draft: Draft = { logs: [], witnesses: [], groups: [], named: new Set(), grouped: new Set(), quorum: undefined };
  for (const [index, line] of lines.entries()) {
    const [keyword, ...items] = line.split(/[ \t]+/).filter(item => item !== '');
    const found = isReadable(line)
      ? keyword === undefined || keyword.startsWith('#')
        ? []
        : read(keyword, items, draft)
      : [unreadable];
    faults.push(...found.map(message => ({ line: index + 1, message })));
  }
  if (lines.at(-1) !== '') {
    faults.push({ line: lines.length, message: 'The line has no end: something may be cut off behind it.' });
  }
  if (draft.quorum === undefined) {
    faults.push({ line: lines.length, message: 'There is no quorum line. Write "quorum none" to demand no witness.' });
  }
  const { logs, witnesses, groups, quorum } = draft;
  if (faults.length > 0 || quorum === undefined) throw new PolicyError(faults);
  return { logs, witnesses, groups, quorum };
}

/** What has been read so far. */
interface Draft {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly groups: PolicyGroup[];
  /** Witnesses and groups, which share their names. */
  readonly named: Set<string>;
  /** Members of a group. */
  readonly grouped: Set<string>;
  quorum: string | null | undefined;
}

const unreadable = 'The line has control characters, such as a carriage return, or is no UTF-8.';

/** What is no UTF-8 has become U+FFFD, in which two names would be the same. */
const isReadable = (line: string) => !/(?!\t)[^\P{Cc}\u0080-\u009f]|\ufffd/u.test(line) && line.isWellFormed();

/** @returns what is wrong with the line. */
function read(keyword: string, items: readonly string[], draft: Draft): string[] {
  switch (keyword) {
    case 'log':
      return readLog(items, draft);
    case 'witness':
      return readWitness(items, draft);
    case 'group':
      return readGroup(items, draft);
    case 'quorum':
      return readQuorum(items, draft);
    default:
      return [`A line begins with log, witness, group or quorum, not "${keyword}".`];
  }
}

function readLog([text = '', url, ...more]: readonly string[], { logs }: Draft): string[] {
  if (text === '' || more.length > 0) return ['Write: log VERIFIER-KEY [URL].'];
  const key = readKeyOf('ed25519', text);
  if (key === null) return ['This is no verifier key of a log (Ed25519, type 0x01).'];
  if (logs.some(log => isSameKey(log.key, key))) return ['Another log has this key already.'];
  logs.push({ key, url: url ?? null });
  return [];
}

function readWitness([name = '', text = '', url, ...more]: readonly string[], draft: Draft): string[] {
  if (text === '' || more.length > 0) return ['Write: witness NAME VERIFIER-KEY [URL].'];
  const key = readKeyOf('cosignature', text);
  const faults = [
    ...nameFaults(name, draft),
    ...(key === null ? ['This is no verifier key of a witness (cosignatures with Ed25519, type 0x04).'] : []),
    ...(key !== null && draft.witnesses.some(witness => isSameKey(witness.key, key))
      ? ['Another witness has this key already.']
      : []),
  ];
  draft.named.add(name);
  if (key !== null && faults.length === 0) draft.witnesses.push({ name, key, url: url ?? null });
  return faults;
}

function readGroup([name = '', count = '', ...members]: readonly string[], draft: Draft): string[] {
  if (members.length === 0) return ['Write: group NAME all|any|NUMBER MEMBER...'];
  const faults = nameFaults(name, draft);
  const threshold = count === 'all' ? members.length : count === 'any' ? 1 : readCount(count);
  if (threshold === null || threshold > members.length) {
    faults.push(`Of ${members.length} members "all", "any" or 1 to ${members.length} can be demanded, not "${count}".`);
  }
  for (const member of members) {
    if (!draft.named.has(member) || member === name) faults.push(`Nothing above is called "${member}".`);
    else if (draft.grouped.has(member)) faults.push(`"${member}" is a member of a group already.`);
    draft.grouped.add(member);
  }
  draft.named.add(name);
  if (threshold !== null && faults.length === 0) draft.groups.push({ name, threshold, members });
  return faults;
}

function readQuorum([name = '', ...more]: readonly string[], draft: Draft): string[] {
  if (name === '' || more.length > 0) return ['Write: quorum NAME, or quorum none.'];
  if (draft.quorum !== undefined) return ['There is a quorum line already.'];
  draft.quorum = name === none ? null : name;
  return name === none || draft.named.has(name) ? [] : [`Nothing above is called "${name}".`];
}

const none = 'none';

function nameFaults(name: string, { named }: Draft): string[] {
  if (name === none) return ['"none" is the name of no witness and no group.'];
  return named.has(name) ? [`Something above is called "${name}" already.`] : [];
}

const readCount = (digits: string) => (/^[1-9]\d{0,5}$/.test(digits) ? Number(digits) : null);

function readKeyOf(type: SignatureType, text: string): VerifierKey | null {
  const key = readKey(text);
  return key?.type === type ? key : null;
}

/** By what they are, whatever they are called. */
const isSameKey = (a: VerifierKey, b: VerifierKey) => a.publicKey.every((byte, index) => byte === b.publicKey[index]);

/** @throws {PolicyError} these parts make no policy. */
export function policyText(policy: Policy): string {
  const lines = [
    ...policy.logs.map(({ key, url }) => ['log', keyText(key), url ?? '']),
    ...policy.witnesses.map(({ name, key, url }) => ['witness', name, keyText(key), url ?? '']),
    ...policy.groups.map(({ name, threshold, members }) => [
      'group',
      name,
      threshold === members.length ? 'all' : threshold === 1 ? 'any' : String(threshold),
      ...members,
    ]),
    ['quorum', policy.quorum ?? none],
  ];
  const text = lines.map(items => `${items.join(' ').trimEnd()}\n`).join('');
  readPolicy(text);
  return text;
}

/** How far the quorum of a policy is reached. */
export interface Quorum {
  readonly isMet: boolean;
  /** Witnesses that count for it and have cosigned, of so many that could. */
  readonly there: number;
  readonly of: number;
  /** With so many of them it can be met at the least, were they the right ones; 0 when nobody needs to have cosigned. */
  readonly needed: number;
  /** So many more are needed at the least; 0 when it is met. */
  readonly missing: number;
}

/** @param cosigners whose cosignature of one checkpoint is good. Those that the policy does not know count for nothing. */
export function quorumOf({ witnesses, groups, quorum }: Policy, cosigners: readonly VerifierKey[]): Quorum {
  const good = new Set(cosigners.map(keyText));
  const tallies = new Map<string, Omit<Quorum, 'isMet'>>();
  for (const { name, key } of witnesses) {
    const there = good.has(keyText(key)) ? 1 : 0;
    tallies.set(name, { there, of: 1, needed: 1, missing: 1 - there });
  }
  // Members stand above their group, and each counts in one only: so the fewest of a group are those of its easiest members.
  for (const { name, threshold, members } of groups) {
    const own = members.map(member => tallies.get(member) ?? nobody);
    const fewest = (counts: readonly number[]) => sum(counts.toSorted((a, b) => a - b).slice(0, threshold));
    tallies.set(name, {
      there: sum(own.map(({ there }) => there)),
      of: sum(own.map(one => one.of)),
      needed: fewest(own.map(({ needed }) => needed)),
      missing: fewest(own.map(({ missing }) => missing)),
    });
  }
  const tally = quorum === null ? { there: 0, of: 0, needed: 0, missing: 0 } : (tallies.get(quorum) ?? nobody);
  return { isMet: tally.missing === 0, ...tally };
}

/** A name that stands for nobody is met by nobody. */
const nobody = { there: 0, of: 0, needed: Number.POSITIVE_INFINITY, missing: Number.POSITIVE_INFINITY };

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
