/** Whom a verifier believes: keys of logs, keys of witnesses, and how many of those have to have signed (C2SP tlog-policy). */
import { NotProven } from './bytes.ts';
import { type Checkpoint, type Key, readKey, signaturesOf } from './proof.ts';

/** So many of these, each a witness or another group, by name. */
interface Group {
  readonly needed: number;
  readonly members: readonly string[];
}

export interface Policy {
  readonly logs: readonly Key[];
  readonly witnesses: ReadonlyMap<string, Key>;
  readonly groups: ReadonlyMap<string, Group>;
  /** The name of a witness or group; null when no witness is needed. */
  readonly quorum: string | null;
}

/** A log by its keys alone. @throws {NotProven} one of them is that of a witness. */
export function policyOf(logs: readonly Key[]): Policy {
  if (logs.length === 0 || logs.some(({ type }) => type !== 1)) throw new NotProven('This is no key of a log.');
  return { logs, witnesses: new Map(), groups: new Map(), quorum: null };
}

/** Longer ones nobody writes by hand. */
const mostLines = 500;
const mostBytes = 100_000;

/** @throws {NotProven} it is no policy file, with the line that is wrong. */
export async function readPolicy(text: string): Promise<Policy> {
  const lines = text.split('\n');
  const logs: Key[] = [];
  const witnesses = new Map<string, Key>();
  const groups = new Map<string, Group>();
  const used = new Set<string>();
  let quorum: string | null | undefined;
  let place = 0;
  const refuse = (why: string) => new NotProven(`Line ${place} of the policy: ${why}.`);
  if (lines.pop() !== '') throw new NotProven('The policy does not end with the end of a line.');
  if (text.length > mostBytes || lines.length > mostLines) throw new NotProven('The policy is too long.');

  const isFree = (name: string) => name !== 'none' && !witnesses.has(name) && !groups.has(name);
  const isDefined = (name: string) => witnesses.has(name) || groups.has(name);

  async function keyOf(said: string, type: number, others: Iterable<Key>): Promise<Key> {
    let key: Key;
    try {
      key = await readKey(said);
    } catch (error) {
      throw refuse(error instanceof NotProven ? error.message.replace(/\.$/, '') : 'the key cannot be read');
    }
    if (key.type !== type) throw refuse(`this is no key of a ${type === 1 ? 'log' : 'witness'}`);
    // The same key under two names would count twice.
    for (const other of others)
      if (String(other.bytes) === String(key.bytes)) throw refuse('this key stands there twice');
    return key;
  }

  for (const line of lines) {
    place++;
    // What is no UTF-8 has become U+FFFD, in which two names would be the same.
    if (/(?!\t)[^\P{Cc}\u0080-\u009f]|\ufffd/u.test(line) || !line.isWellFormed()) {
      throw refuse('it holds a control character, such as those of Windows, or is no UTF-8');
    }
    const [word = '', ...said] = line.split(/[ \t]+/).filter(part => part !== '');
    const [name = '', second = ''] = said;
    if (word === '' || word.startsWith('#')) continue;
    if (word === 'log' && (said.length === 1 || said.length === 2)) {
      logs.push(await keyOf(name, 1, logs));
    } else if (word === 'witness' && (said.length === 2 || said.length === 3)) {
      if (!isFree(name)) throw refuse(`the name ${name} is taken`);
      witnesses.set(name, await keyOf(second, 4, witnesses.values()));
    } else if (word === 'group' && said.length >= 3) {
      const members = said.slice(2);
      if (!isFree(name)) throw refuse(`the name ${name} is taken`);
      for (const member of members) {
        if (!isDefined(member)) throw refuse(`${member} is not defined before it`);
        if (used.has(member)) throw refuse(`${member} is counted already`);
        used.add(member);
      }
      const needed = neededOf(second, members.length);
      if (needed === null) throw refuse(`"${second}" of ${members.length} cannot be`);
      groups.set(name, { needed, members });
    } else if (word === 'quorum' && said.length === 1) {
      if (quorum !== undefined) throw refuse('there is a quorum already');
      if (name !== 'none' && !isDefined(name)) throw refuse(`${name} is not defined before it`);
      quorum = name === 'none' ? null : name;
    } else {
      throw refuse('it says nothing that a policy says');
    }
  }
  if (quorum === undefined) throw new NotProven('The policy says no quorum.');
  return { logs, witnesses, groups, quorum };
}

function neededOf(said: string, of: number): number | null {
  if (said === 'any') return 1;
  if (said === 'all') return of;
  const needed = /^[1-9]\d{0,3}$/.test(said) ? Number(said) : 0;
  return needed >= 1 && needed <= of ? needed : null;
}

/** A cosignature that is good. */
export interface Witnessed {
  readonly key: Key;
  /** Unix time at which it signed: the earliest when it did so more than once. */
  readonly seconds: number;
}

/** Clocks differ; by more than that, in milliseconds, somebody says what is not so. */
export const mostClockDifference = 3_600_000;

/** Whether that witness says a time that is still to come, which nobody can have seen. @param now in milliseconds. */
export const isToCome = ({ seconds }: Witnessed, now: number) => 1000 * seconds > now + mostClockDifference;

/** Who stands for a checkpoint. */
export interface Judged {
  readonly signedBy: readonly Key[];
  readonly witnessed: readonly Witnessed[];
}

/** @throws {NotProven} no log of the policy has signed it, too few witnesses have, or a signature by one of them is not good. */
export async function judge(checkpoint: Checkpoint, policy: Policy): Promise<Judged> {
  const own = policy.logs.filter(({ name }) => name === checkpoint.origin);
  if (own.length === 0) {
    const known = [...new Set(policy.logs.map(({ name }) => name))].join(', ');
    throw new NotProven(`The checkpoint is of ${checkpoint.origin}, and the key is of ${known || 'no log'}.`);
  }
  const signedBy: Key[] = [];
  for (const key of own) if ((await signaturesOf(checkpoint, key)).length > 0) signedBy.push(key);
  if (signedBy.length === 0) {
    throw new NotProven(`The checkpoint is not signed by the key of ${checkpoint.origin} that you trust.`);
  }
  const witnessed = new Map<string, Witnessed>();
  for (const [name, key] of policy.witnesses) {
    const times = (await signaturesOf(checkpoint, key)).map(Number);
    if (times.length > 0) witnessed.set(name, { key, seconds: Math.min(...times) });
  }
  const isMet = (name: string): boolean => {
    const group = policy.groups.get(name);
    return group === undefined ? witnessed.has(name) : group.members.filter(isMet).length >= group.needed;
  };
  if (policy.quorum !== null && !isMet(policy.quorum)) {
    const have = [...witnessed.keys()].join(', ') || 'none';
    throw new NotProven(`Too few witnesses have signed the checkpoint: of those that the policy names, ${have}.`);
  }
  return { signedBy, witnessed: [...witnessed.values()] };
}
