// What docs/verifying.md says about checking by hand is what one does: its commands prove a record, and prove no changed one.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { logFiles, statementOf } from '../../../support/logFiles.ts';

const missing = ['jq', 'openssl', 'xxd'].filter(tool => spawnSync(tool, ['--version']).error !== undefined);
const [, commands = ''] = /```sh\n([\s\S]*?)```/.exec(readFileSync('docs/verifying.md', 'utf8')) ?? [];

const folder = mkdtempSync(join(tmpdir(), 'minutebook-by-hand-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(missing.length > 0)(
  `checking by hand${missing.length > 0 ? ` (no ${missing.join(', ')})` : ''}`,
  () => {
    const log = logFiles(join(folder, 'log'));
    const whole = (number: number) => {
      const { content, ...more } = statementOf(number);
      return { ...more, content: { ...content, content: { pages: 12, about: 'Ünïcode "quoted" 😀' } } };
    };
    log.add(Array.from({ length: 11 }, (_, number) => whole(number)));
    const sees = { tree: 'It stands in the tree.', signature: 'Signature Verified Successfully' };

    async function run(proven: object, key = log.log.text): Promise<string> {
      writeFileSync(join(folder, 'proof.json'), JSON.stringify(proven, null, 2));
      writeFileSync(join(folder, 'key'), `${key}\n`);
      const { stdout } = await promisify(execFile)('sh', ['-c', `${commands}\ntrue`], { cwd: folder });
      return stdout;
    }

    it.each([0, 4, 7, 10])('proves entry %i', async index => {
      const said = await run(log.provenOf(index));
      expect(said).toContain(sees.tree);
      expect(said).toContain(sees.signature);
    });

    it('proves no other statement, no other place, and nothing by another key', async () => {
      const proven = log.provenOf(7);
      expect(await run({ ...proven, sealed: whole(8) })).not.toContain(sees.tree);
      expect(await run({ ...proven, proof: proven.proof.replace('index 7', 'index 6') })).not.toContain(sees.tree);
      const { text } = logFiles(join(folder, 'other')).log;
      expect(await run(proven, text)).not.toContain(sees.signature);
    });
  },
);
