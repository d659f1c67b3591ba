/** Builds what is deployed: one bundle for each function of the contract, and the description of the API. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { openapi } from './shared/contract/openapi.ts';
import { contract } from './shared/contract/routes.ts';

const root = import.meta.dirname;

/**
 * Writes the folder anew: `functions/NAME/` is what Lambda gets, `openapi.json` the description, `meta/` what each bundle
 * is made of and the source map that explains its stack traces.
 */
export async function buildInto(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  // Around the functions, not in them: where there is no package.json, as on Lambda, .js is CommonJS anyway.
  write(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  await Promise.all(
    Object.keys(contract).map(name => bundle(`functions/${name}/index.ts`, folder, join('functions', name, 'index'))),
  );
  const description = JSON.stringify(openapi());
  write(join(folder, 'openapi.json'), description);
  write(join(folder, 'functions', 'site', 'openapi.json'), description);
}

/** Bundles one handler to `NAME.js` in the folder. @param entry from the root of the repository. */
export async function bundle(entry: string, folder: string, name: string): Promise<void> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(folder, `${name}.js`),
    bundle: true,
    platform: 'node',
    target: 'node24',
    // Whatever imports node:http as an ES module, even later by import(), also loads undici; require() does not.
    format: 'cjs',
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './shared/adapters/lambdaCredentials.ts' },
    // Only answers that are streams of events need it, and DynamoDB has none. Being loaded late, it would keep esbuild from
    // putting the rest of the SDK into one scope, and V8 would read all of that twice.
    external: ['@smithy/core/event-streams'],
    minify: true,
    legalComments: 'none',
    sourcemap: 'external',
    sourcesContent: false,
    metafile: true,
    write: false,
  });
  const meta = join(folder, 'meta', name.replaceAll(/[/\\]/g, '-'));
  for (const { path, contents } of outputFiles) write(path.endsWith('.map') ? `${meta}.js.map` : path, contents);
  write(`${meta}.json`, JSON.stringify(metafile));
}

function write(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

if (import.meta.main) await buildInto(join(root, 'dist'));
