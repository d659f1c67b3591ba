// The verifier and the core read the same policies, and refuse the same.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPolicy as readOfCore } from '../../../../shared/core/log/policy.ts';
import { NotProven } from '../../../../web/verifier/bytes.ts';
import { readPolicy } from '../../../../web/verifier/policy.ts';
import { keyText } from '../../../../web/verifier/proof.ts';
import { newSigner } from '../../../support/logFiles.ts';

const logs = ['a.example/log', 'b.example/log'].map(name => newSigner(name).text);
const witnesses = ['w1.example', 'w2.example', 'w3.example'].map(name => newSigner(name, 'cosignature').text);
const [log = ''] = logs;

const name = fc.constantFrom('A', 'B', 'C', 'G', 'H', 'none', 'witness', 'Kelvin\u212a');
const key = fc.constantFrom(...logs, ...witnesses, log.replace('+', '+0'), 'x');
const line = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(fc.constant('log'), key) },
  { weight: 6, arbitrary: fc.tuple(fc.constant('witness'), name, fc.constantFrom(...witnesses)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('witness'), name, key, fc.constant('https://w.example')) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(name, fc.constantFrom('all', 'any', '1', '2', '0', '01', '4', 'x'), fc.array(name, { maxLength: 3 }))
      .map(([group, needed, members]) => ['group', group, needed, ...members]),
  },
  { weight: 1, arbitrary: fc.constantFrom(['# quorum A'], [''], [' \t '], ['quorum'], ['log'], ['a\u00a0b'], ['\r']) },
);
const policy = fc
  .tuple(
    fc.array(line, { maxLength: 7 }),
    fc.constantFrom('quorum A\n', 'quorum G\n', 'quorum none\n', 'quorum none', ''),
  )
  .map(([lines, quorum]) => lines.map(words => `${words.join(' ')}\n`).join('') + quorum);

it('policies are read as the core reads them, or refused as it refuses them', async () => {
  let good = 0;
  await fc.assert(
    fc.asyncProperty(policy, async text => {
      let expected: ReturnType<typeof readOfCore> | null = null;
      try {
        expected = readOfCore(text);
        good++;
      } catch {}
      const own = await readPolicy(text).catch((error: unknown) => {
        if (!(error instanceof NotProven)) throw error;
        return null;
      });
      expect(own === null, text).toBe(expected === null);
      if (own === null || expected === null) return;
      expect(own.quorum).toBe(expected.quorum);
      expect(own.logs.map(({ id }) => id)).toEqual(expected.logs.map(one => one.key.id));
      expect([...own.witnesses].map(([as, { id }]) => [as, id])).toEqual(
        expected.witnesses.map(one => [one.name, one.key.id]),
      );
      const groups = [...own.groups].map(([as, { needed, members }]) => ({ name: as, threshold: needed, members }));
      expect(groups).toEqual(expected.groups);
    }),
    { numRuns: 1500 },
  );
  expect(good).toBeGreaterThan(50);
});

const [first = '', second = ''] = witnesses;
const two = `witness A ${first}\nwitness B ${second}\n`;

it.each([
  ['a witness that is counted twice in a group', `${two}group G any A A\nquorum G\n`],
  ['a witness that is counted in two groups', `${two}group G any A\ngroup H any A B\nquorum H\n`],
  ['one key under two names', `witness A ${first}\nwitness B ${first}\nquorum A\n`],
  ['two quorums', `${two}quorum A\nquorum B\n`],
  ['a quorum of nobody', `${two}quorum C\n`],
  ['more than there are', `${two}group G 3 A B\nquorum G\n`],
  ['a member that comes later', `witness A ${first}\ngroup G any A B\nwitness B ${second}\nquorum G\n`],
])('no policy is read that has %s, here as in the core', async (_, text) => {
  expect(() => readOfCore(text)).toThrow();
  await expect(readPolicy(text)).rejects.toThrow(NotProven);
});

it('a key is written as it was read', async () => {
  const { logs: read } = await readPolicy(`log ${log}\nquorum none\n`);
  expect(read.map(keyText)).toEqual([log]);
});
