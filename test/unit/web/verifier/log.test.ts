// The verifier reads whole logs as the core makes them, and believes none that anybody changed.
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { NotProven } from '../../../../web/verifier/bytes.ts';
import { Unreadable } from '../../../../web/verifier/fetching.ts';
import { type ReadLog, readHead, verifyLog, verifyLogAt } from '../../../../web/verifier/log.ts';
import { policyOf, readPolicy } from '../../../../web/verifier/policy.ts';
import { readKey } from '../../../../web/verifier/proof.ts';
import { type LogFiles, logFiles, statementOf } from '../../../support/logFiles.ts';

const root = mkdtempSync(join(tmpdir(), 'minutebook-verifier-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const newLog = (...sizes: number[]) => {
  const folder = mkdtempSync(join(root, 'log-'));
  const log = logFiles(folder);
  for (const size of sizes) log.add(Array.from({ length: size - log.size() }, (_, place) => statementOf(place)));
  return { folder, log };
};

const reading =
  (folder: string): ReadLog =>
  async path =>
    existsSync(join(folder, path)) ? new Uint8Array(readFileSync(join(folder, path))) : null;

const trust = async ({ log }: LogFiles) => policyOf([await readKey(log.text)]);

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** All widths that lie in the folder. */
const widthsIn = (folder: string) => async (path: string) =>
  existsSync(join(folder, `${path}.p`)) ? readdirSync(join(folder, `${path}.p`)).map(Number) : [];

describe('a whole log', () => {
  it('is read entry by entry, of any size', async () => {
    for (const sizes of [[1], [1, 2, 3], [255, 256], [256], [257], [3, 300, 511, 512, 700]]) {
      const { folder, log } = newLog(...sizes);
      const seen: number[] = [];
      const finding = await verifyLog(reading(folder), await readPolicy(log.policy), {
        onEntry: index => seen.push(index),
      });
      expect(finding.checkpoint.size).toBe(sizes.at(-1));
      expect(seen).toEqual(Array.from({ length: sizes.at(-1) ?? 0 }, (_, index) => index));
      expect(finding.witnessed).toMatchObject([{ seconds: 1_795_000_000 }]);
    }
  });

  it('of 66,000 entries has three levels of tiles, and goes on from any of its heads', {
    timeout: 120_000,
  }, async () => {
    const { folder, log } = newLog(700);
    const policy = await trust(log);
    const heads = [(await readHead(reading(folder), policy)).checkpoint];
    for (const size of [65_536, 65_600, 66_000]) {
      log.add(Array.from({ length: size - log.size() }, (_, place) => statementOf(place)));
      heads.push((await readHead(reading(folder), policy)).checkpoint);
    }
    for (const from of [undefined, ...heads.slice(1)]) {
      const finding = await verifyLog(reading(folder), policy, from === undefined ? {} : { from });
      expect(finding.entries).toBe(66_000 - (from?.size ?? 0));
    }
    expect(existsSync(join(folder, 'tile/2/000.p/1'))).toBe(true);
  });

  it('is not read for ever because it says that it is so long', async () => {
    const { folder, log } = newLog(3);
    const head = await readHead(reading(folder), await trust(log));
    const checkpoint = { ...head.checkpoint, size: 2 ** 52 };
    let asked = 0;
    const read: ReadLog = async () => {
      asked++;
      return null;
    };
    await expect(verifyLogAt({ ...head, checkpoint }, read)).rejects.toThrow(Unreadable);
    expect(asked).toBe(0);
  });

  it('goes on where an earlier reading ended, and reads nothing else', async () => {
    const sizes = fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(sizes, async chosen => {
        const sorted = chosen.toSorted((a, b) => a - b);
        const { folder, log } = newLog();
        const policy = await trust(log);
        let from: { size: number; root: Uint8Array } | undefined;
        for (const size of sorted) {
          log.add(Array.from({ length: size - log.size() }, (_, place) => statementOf(place)));
          const seen: number[] = [];
          const walk = { onEntry: (index: number) => seen.push(index), ...(from === undefined ? {} : { from }) };
          const { checkpoint } = await verifyLog(reading(folder), policy, walk);
          expect(seen[0]).toBe(from?.size ?? 0);
          expect(seen).toHaveLength(size - (from?.size ?? 0));
          from = checkpoint;
        }
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 12 },
    );
  });

  it('takes the full tile where the partial one is gone, and says which is missing where both are', async () => {
    const { folder, log } = newLog(300);
    const checkpoint = readFileSync(join(folder, 'checkpoint'));
    log.add(Array.from({ length: 300 }, (_, place) => statementOf(place)));
    writeFileSync(join(folder, 'checkpoint'), checkpoint);
    rmSync(join(folder, 'tile/0/001.p'), { recursive: true });
    rmSync(join(folder, 'tile/entries/001.p'), { recursive: true });
    await expect(verifyLog(reading(folder), await trust(log))).resolves.toMatchObject({ entries: 300 });
    renameSync(join(folder, 'tile/0/001'), join(folder, 'gone'));
    await expect(verifyLog(reading(folder), await trust(log))).rejects.toThrow('tile/0/001.p/44 is missing');
  });

  it('is not believed to go on when entries that were read before are others now', async () => {
    const { folder, log } = newLog(290);
    const policy = await trust(log);
    const { checkpoint } = await readHead(reading(folder), policy);
    log.add([statementOf(1), statementOf(2)]);
    const changed: ReadLog = async (path, most) => {
      const bytes = await reading(folder)(path, most);
      if (path === 'tile/entries/001.p/36') bytes?.set(new TextEncoder().encode('1'), 2 + '{"at":"'.length);
      return bytes;
    };
    await expect(verifyLog(reading(folder), policy, { from: checkpoint })).resolves.toMatchObject({ entries: 2 });
    await expect(verifyLog(changed, policy, { from: checkpoint })).rejects.toThrow('holds other entries than it did');
  });

  it('does not continue another one', async () => {
    const { folder, log } = newLog(290, 600);
    const other = newLog(290);
    const policy = await trust(log);
    const { checkpoint } = await readHead(reading(other.folder), await trust(other.log));
    await expect(verifyLog(reading(folder), policy, { from: checkpoint })).rejects.toThrow('does not continue');
    const later = { size: 601, root: checkpoint.root };
    await expect(verifyLog(reading(folder), policy, { from: later })).rejects.toThrow('does not continue');
  });

  it('is not believed with any byte of any of its files changed', { timeout: 240_000 }, async () => {
    const { folder, log } = newLog(5, 13, 20);
    const policy = await readPolicy(log.policy);
    const believed = await changedAnywhere(folder, policy, 1);
    expect(believed).toEqual([]);
  });

  it('is not believed with a byte changed here and there in many tiles', { timeout: 240_000 }, async () => {
    const { folder, log } = newLog(100, 256, 513, 700);
    const policy = await readPolicy(log.policy);
    expect(await changedAnywhere(folder, policy, 991)).toEqual([]);
  });
});

/** @returns the changes after which the log was believed all the same. */
async function changedAnywhere(
  folder: string,
  policy: Parameters<typeof verifyLog>[1],
  every: number,
): Promise<string[]> {
  const widths = widthsIn(folder);
  const contents = new Map(filesIn(folder).map(path => [path, new Uint8Array(readFileSync(join(folder, path)))]));
  const believed: string[] = [];
  const covered = new Set<string>();
  const readOf =
    (changed?: string, content?: Uint8Array): ReadLog =>
    async path => {
      covered.add(path);
      return (path === changed ? content : contents.get(path)) ?? null;
    };
  await verifyLog(readOf(), policy, { widths });
  expect([...contents.keys()].filter(path => !covered.has(path))).toEqual([]);
  for (const [path, content] of contents) {
    for (let place = 0; place < content.length; place += every) {
      const changed = content.slice();
      changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
      const isBelieved = await isProven(() => verifyLog(readOf(path, changed), policy, { widths }));
      if (isBelieved) believed.push(`${path} at ${place}`);
    }
    for (const changed of [content.slice(0, -1), new Uint8Array([...content, 0]), new Uint8Array()]) {
      if (await isProven(() => verifyLog(readOf(path, changed), policy, { widths })))
        believed.push(`${path}, longer or shorter`);
    }
  }
  return believed;
}

async function isProven(check: () => Promise<unknown>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (error) {
    if (error instanceof NotProven) return false;
    throw error;
  }
}
