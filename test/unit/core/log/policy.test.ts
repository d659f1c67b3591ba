// Policies are read strictly, every fault is named with its line, and the quorum is what the file says and nothing else.
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyText, type SignatureType, type VerifierKey, verifierKey } from '../../../../shared/core/log/notes.ts';
import {
  type Policy,
  PolicyError,
  type PolicyGroup,
  policyText,
  quorumOf,
  readPolicy,
} from '../../../../shared/core/log/policy.ts';
import { readPolicy as readInVerifier } from '../../../../web/verifier/policy.ts';

function newKey(name: string, type: SignatureType = 'cosignature'): VerifierKey {
  const { publicKey } = generateKeyPairSync('ed25519');
  return verifierKey(name, type, new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)));
}

const log = newKey('book.example.org/log', 'ed25519');
const [x1, x2, x3, y1, y2, y3] = ['x1', 'x2', 'x3', 'y1', 'y2', 'y3'].map(name => newKey(`${name}.example.net`)) as [
  VerifierKey,
  VerifierKey,
  VerifierKey,
  VerifierKey,
  VerifierKey,
  VerifierKey,
];
const [L, X1, X2, X3, Y1, Y2, Y3] = [log, x1, x2, x3, y1, y2, y3].map(keyText) as string[];

/** The example of the specification. */
const example = `log ${L}

witness X1 ${X1}
witness X2 ${X2}
witness X3 ${X3}
group X-witnesses 2 X1 X2 X3

witness Y1 ${Y1}
witness Y2 ${Y2}
witness Y3 ${Y3}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;

function faultsOf(text: string): string[] {
  try {
    readPolicy(text);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    expect(error.message.split('\n')).toHaveLength(error.faults.length);
    return error.faults.map(({ line, message }) => `${line} ${message}`);
  }
}

/** A line is left out, moved, doubled or joined to the next, or a character is another. */
function edited(text: string, how: number, place: number, other: number): string {
  const lines = text.split('\n');
  const at = place % lines.length;
  if (how === 0) lines.splice(at, 1);
  if (how === 1) lines.splice(other % lines.length, 0, ...lines.splice(at, 1));
  if (how === 2) lines.splice(at, 0, lines[other % lines.length] ?? '');
  if (how === 3) lines.splice(at, 2, `${lines[at]} ${lines[at + 1]}`);
  const whole = lines.join('\n');
  const into = [' ', '\t', '\n', '\r', '#', '2', 'X', '\ufffd', '\u00a0', 'none'][other % 10];
  return how < 4 ? whole : whole.slice(0, place % whole.length) + into + whole.slice((place % whole.length) + how - 4);
}

describe('a policy', () => {
  it('has the logs, witnesses, groups and the quorum of its file', () => {
    const policy = readPolicy(example);
    expect(policy.logs).toEqual([{ key: log, url: null }]);
    expect(policy.witnesses.map(({ name }) => name)).toEqual(['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3']);
    expect(policy.groups).toEqual([
      { name: 'X-witnesses', threshold: 2, members: ['X1', 'X2', 'X3'] },
      { name: 'Y-witnesses', threshold: 1, members: ['Y1', 'Y2', 'Y3'] },
      { name: 'X-and-Y', threshold: 2, members: ['X-witnesses', 'Y-witnesses'] },
    ]);
    expect(policy.quorum).toBe('X-and-Y');
  });

  it('may have comments, tabs, URLs, and names of every script; a space of another kind parts nothing', () => {
    const text = ` \t# who we trust: Zoë\n\n\tlog\t${L}  https://book.example.org/log \n#\nwitness Zoë\u00a0K\u212a ${X1} https://w.example\nquorum\tZoë\u00a0K\u212a\n`;
    expect(readPolicy(text)).toEqual({
      logs: [{ key: log, url: 'https://book.example.org/log' }],
      witnesses: [{ name: 'Zoë\u00a0K\u212a', key: x1, url: 'https://w.example' }],
      groups: [],
      quorum: 'Zoë\u00a0K\u212a',
    });
    expect(faultsOf(`witness K ${X1}\nquorum \u212a\n`)).toEqual(['2 Nothing above is called "\u212a".']);
  });

  it('may demand no witness, and know no log', () => {
    expect(readPolicy('quorum none\n')).toEqual({ logs: [], witnesses: [], groups: [], quorum: null });
  });

  it('may call a witness or a group like a word of the format', () => {
    expect(readPolicy(`witness any ${X1}\ngroup all all any\nquorum all\n`).quorum).toBe('all');
  });

  it('takes 32 logs, 32 witnesses and 32 groups', () => {
    const lines = Array.from({ length: 32 }, (_, index) => [
      `log ${keyText(newKey(`log${index}.example`, 'ed25519'))}`,
      `witness w${index} ${keyText(newKey(`w${index}.example`))}`,
      index === 0 ? 'group g0 1 w0' : `group g${index} all g${index - 1} w${index}`,
    ]);
    const policy = readPolicy(`${lines.flat().join('\n')}\nquorum g31\n`);
    expect(policy.groups).toHaveLength(32);
    expect(quorumOf(policy, [])).toEqual({ isMet: false, there: 0, of: 32, needed: 32, missing: 32 });
  });

  const renamed = keyText(verifierKey('other.example', 'cosignature', x1.publicKey));
  const renamedLog = keyText(verifierKey('other.example/log', 'ed25519', log.publicKey));
  it.each<[string, string, string[]]>([
    ['an unknown line', 'cosigner a\nquorum none\n', ['1 A line begins with log, witness']],
    ['a word in other case', 'Quorum none\n', ['1 A line begins with', '2 There is no quorum line.']],
    ['no quorum line', `log ${L}\n`, ['2 There is no quorum line.']],
    ['nothing at all', '', ['1 There is no quorum line.']],
    ['two quorum lines', 'quorum none\nquorum none\n', ['2 There is a quorum line already.']],
    ['a quorum that is not defined', 'quorum X1\n', ['1 Nothing above is called "X1".']],
    ['a quorum before its witness', `quorum X1\nwitness X1 ${X1}\n`, ['1 Nothing above is called "X1".']],
    ['two names in the quorum', `witness a ${X1}\nwitness b ${X2}\nquorum a b\n`, ['3 Write: quorum', '4 There is no']],
    ['no line end', 'quorum none', ['1 The line has no end']],
    ['a wrong last line without its end', 'quorum none\nlog', ['2 Write: log', '2 The line has no end']],
    ['a carriage return', 'quorum none\r\n', ['1 The line has control', '2 There is no quorum line.']],
    ['a control character in a comment', '# \u0007\nquorum none\n', ['1 The line has control']],
    ['what was no UTF-8', '# \ufffd\nquorum none\n', ['1 The line has control']],
    ['a log without a key', 'log\nquorum none\n', ['1 Write: log']],
    ['a log with two URLs', `log ${L} a b\nquorum none\n`, ['1 Write: log']],
    ['a log with the key of a witness', `log ${X1}\nquorum none\n`, ['1 This is no verifier key of a log']],
    ['a witness with the key of a log', `witness a ${L}\nquorum none\n`, ['1 This is no verifier key of a witness']],
    ['a key with a wrong identifier', `log ${L?.replace(/\+\w/, '+z')}\nquorum none\n`, ['1 This is no verifier key']],
    ['a log twice', `log ${L}\nlog ${L}\nquorum none\n`, ['2 Another log has this key']],
    ['a log twice, by another name', `log ${L}\nlog ${renamedLog}\nquorum none\n`, ['2 Another log has this key']],
    ['a witness twice', `witness a ${X1}\nwitness b ${X1}\nquorum a\n`, ['2 Another witness has this key']],
    ['a key by two names', `witness a ${X1}\nwitness b ${renamed}\nquorum a\n`, ['2 Another witness has this key']],
    ['two witnesses of a name', `witness a ${X1}\nwitness a ${X2}\nquorum a\n`, ['2 Something above is called "a"']],
    ['a group with the name of a witness', `witness a ${X1}\ngroup a any a\nquorum a\n`, ['2 Something', '2 Nothing']],
    ['a witness called none', `witness none ${X1}\nquorum none\n`, ['1 "none" is the name of no']],
    ['a group called none', `witness a ${X1}\ngroup none any a\nquorum none\n`, ['2 "none" is the name of no']],
    ['none as a member', `witness a ${X1}\ngroup g any a none\nquorum g\n`, ['2 Nothing above is called "none"']],
    ['a group without members', `witness a ${X1}\ngroup g 1\nquorum a\n`, ['2 Write: group']],
    ['a member that is not defined', 'group g any a\nquorum g\n', ['1 Nothing above is called "a".']],
    ['a member defined below', `group g any a\nwitness a ${X1}\nquorum g\n`, ['1 Nothing above']],
    ['a group in itself', `witness a ${X1}\ngroup g any a g\nquorum g\n`, ['2 Nothing above is called "g".']],
    ['a member twice', `witness a ${X1}\ngroup g 2 a a\nquorum g\n`, ['2 "a" is a member of a group already.']],
    ['a member of two groups', `witness a ${X1}\ngroup g 1 a\ngroup h 1 a\nquorum g\n`, ['3 "a" is a member']],
    ['none of one', `witness a ${X1}\ngroup g 0 a\nquorum g\n`, ['2 Of 1 members']],
    ['two of one', `witness a ${X1}\ngroup g 2 a\nquorum g\n`, ['2 Of 1 members']],
    ['a number written otherwise', `witness a ${X1}\ngroup g 01 a\nquorum g\n`, ['2 Of 1 members']],
    ['too much', `${'#'.repeat(100_001)}\nquorum none\n`, ['1 The file is too long']],
    ['too many lines', `${'#\n'.repeat(500)}quorum none\n`, ['1 The file is too long']],
  ])('is none with %s', (_, text, faults) => {
    const found = faultsOf(text);
    expect(found).toHaveLength(faults.length);
    for (const [index, fault] of faults.entries()) expect(found[index]).toContain(fault);
  });

  it('is one for the verifier, too, or for neither', async () => {
    const edits = fc.array(fc.tuple(fc.nat(5), fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 3 });
    const texts = edits.map(list => list.reduce((text, edit) => edited(text, ...edit), example));
    let good = 0;
    await fc.assert(
      fc.asyncProperty(texts, async text => {
        const isOurs = faultsOf(text).length === 0;
        const isTheirs = await readInVerifier(text).then(
          () => true,
          () => false,
        );
        expect(isTheirs).toBe(isOurs);
        good += isOurs ? 1 : 0;
      }),
      { numRuns: 400 },
    );
    expect(good).toBeGreaterThan(5);
  });

  it('names every fault that it has, in the order of the lines', () => {
    const found = faultsOf(`log x\nwitness a x\ngroup g 3 a b\n?\nquorum h\n`);
    expect(found.map(fault => fault.slice(0, 12))).toEqual([
      '1 This is no',
      '2 This is no',
      '3 Of 2 membe',
      '3 Nothing ab',
      '4 A line beg',
      '5 Nothing ab',
    ]);
  });
});

/** Any policy over a few witnesses: groups take members of what is above and free. */
const policies = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(100)), { maxLength: 4 }),
    fc.nat(100),
  )
  .map(([count, shapes, chosen]): Policy => {
    const witnesses = [x1, x2, x3, y1, y2, y3].slice(0, count).map((key, index) => ({
      name: `w${index}`,
      key,
      url: index % 2 === 0 ? null : `https://w${index}.example`,
    }));
    const free = witnesses.map(({ name }) => name);
    const names = [...free];
    const groups: PolicyGroup[] = [];
    for (const [index, [size, threshold]] of shapes.entries()) {
      const members = free.splice(0, size);
      if (members.length === 0) break;
      groups.push({ name: `g${index}`, threshold: 1 + (threshold % members.length), members });
      free.push(`g${index}`);
      names.push(`g${index}`);
    }
    const quorum = chosen % 10 === 0 ? null : (names[chosen % names.length] ?? null);
    return { logs: [{ key: log, url: null }], witnesses, groups, quorum };
  });

/** What the text of the specification says, word for word. */
function counts({ witnesses, groups }: Policy, name: string, has: ReadonlySet<VerifierKey>): boolean {
  const witness = witnesses.find(one => one.name === name);
  if (witness !== undefined) return has.has(witness.key);
  const group = groups.find(one => one.name === name);
  if (group === undefined) throw new Error(name);
  return group.members.filter(member => counts({ witnesses, groups } as Policy, member, has)).length >= group.threshold;
}

/** All sets of these. */
const subsets = <One>(all: readonly One[]): One[][] =>
  Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((_one, index) => (bits >> index) & 1));

describe('the quorum', () => {
  it('of the example takes two of the first and one of the second', () => {
    const policy = readPolicy(example);
    expect(quorumOf(policy, [x1, x2, x3])).toEqual({ isMet: false, there: 3, of: 6, needed: 3, missing: 1 });
    expect(quorumOf(policy, [x1, x3, y2])).toEqual({ isMet: true, there: 3, of: 6, needed: 3, missing: 0 });
    expect(quorumOf(policy, [y1, y2, y3])).toMatchObject({ isMet: false, missing: 2 });
  });

  it('takes nothing of those that the policy does not know, nor of its keys under another name', () => {
    const policy = readPolicy(`witness a ${X1}\nquorum a\n`);
    const renamed = verifierKey('other.example', 'cosignature', x1.publicKey);
    expect(quorumOf(policy, [x2, log, renamed])).toEqual({ isMet: false, there: 0, of: 1, needed: 1, missing: 1 });
  });

  it('"none" is met by nobody', () => {
    expect(quorumOf(readPolicy(`witness a ${X1}\nquorum none\n`), [])).toEqual({
      isMet: true,
      there: 0,
      of: 0,
      needed: 0,
      missing: 0,
    });
  });

  it('is met by exactly those that the specification says, and counts exactly how many it takes', () => {
    fc.assert(
      fc.property(policies, policy => {
        const all = policy.witnesses.map(({ key }) => key);
        const isMetBy = (keys: readonly VerifierKey[]) =>
          policy.quorum === null || counts(policy, policy.quorum, new Set(keys));
        const enough = subsets(all).filter(isMetBy);
        for (const keys of subsets(all)) {
          const { isMet, needed, missing } = quorumOf(policy, keys);
          expect(isMet).toBe(isMetBy(keys));
          expect(needed).toBe(Math.min(...enough.map(set => set.length)));
          const toCome = enough.map(set => set.filter(key => !keys.includes(key)).length);
          expect(missing).toBe(Math.min(...toCome));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the text of a policy', () => {
  it('is read as the policy that it was written from', () => {
    fc.assert(
      fc.property(policies, policy => {
        expect(readPolicy(policyText(policy))).toEqual(policy);
      }),
    );
    expect(policyText(readPolicy(example)).replaceAll('\n\n', '\n')).toContain('group Y-witnesses any Y1 Y2 Y3\n');
  });

  it('is not written of parts that make no policy', () => {
    const policy = readPolicy(example);
    expect(() => policyText({ ...policy, quorum: 'nobody' })).toThrow(PolicyError);
    expect(() => policyText({ ...policy, logs: [{ key: log, url: 'two words' }] })).toThrow(PolicyError);
    expect(() => policyText({ ...policy, logs: [{ key: log, url: 'a\nquorum none' }] })).toThrow(PolicyError);
  });
});
