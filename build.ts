/** Builds what is deployed: one bundle for each function of the contract and for each job, and the description of the API. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { build, type Plugin, transform } from 'esbuild';
import { verifierText, verifyPageText } from './local/verifierText.ts';
import { openapi } from './shared/contract/openapi.ts';
import { contract } from './shared/contract/routes.ts';
import { fontFiles } from './shared/print/fonts.ts';

const root = import.meta.dirname;

/**
 * The functions beside those of the contract: two work on the archive, one counts votes, one expects filings, one fetches public files,
 * one sends mail, one seals, and one cosigns the logs of others.
 */
export const jobs = ['ingest', 'custody', 'count', 'expect', 'availability', 'mail', 'sequence', 'witness'] as const;

/**
 * Writes the folder anew: `functions/NAME/` is what Lambda gets, `openapi.json` the description, `meta/` what each bundle
 * is made of and the source map that explains its stack traces.
 */
export async function buildInto(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  // Around the functions, not in them: where there is no package.json, as on Lambda, .js is CommonJS anyway.
  write(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  await Promise.all(
    [...Object.keys(contract), ...jobs].map(name =>
      bundle(`functions/${name}/index.ts`, folder, join('functions', name, 'index')),
    ),
  );
  // Files of strangers are read in a process of its own, which the function starts from beside its bundle.
  await bundle('shared/examination/pdfReaderProcess.ts', folder, join('functions', 'ingest', 'pdfReaderProcess'));
  // And returns in a thread of its own.
  await bundle('shared/examination/returnReaderThread.ts', folder, join('functions', 'returns', 'returnReaderThread'));
  copyFonts(folder);
  const description = JSON.stringify(openapi());
  write(join(folder, 'openapi.json'), description);
  write(join(folder, 'functions', 'site', 'openapi.json'), description);
  write(join(folder, 'functions', 'site', 'verifier.js'), verifierText());
  write(join(folder, 'functions', 'site', 'verify-page.js'), verifyPageText());
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
    // Where a bundle stands, for what stands beside it.
    define: {
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
      // What PDFKit looks for beside itself, colour profiles and standard fonts, nobody here uses.
      'import.meta.url': '"file:///"',
    },
    alias: { '@aws-sdk/credential-provider-node': './shared/adapters/lambdaCredentials.ts' },
    plugins: [withoutEventStreams, withoutBrotli, withPackedEntities, withTightStyle],
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

/**
 * Only answers that are streams of events need `@smithy/core/event-streams`: DynamoDB has none, S3 one that nobody here asks for
 * (SelectObjectContent). Being loaded late, it would keep esbuild from putting the rest of the SDK into one scope, and V8 would
 * read all of that twice. S3's client wants two of its exports at the start, and passes them on.
 */
const withoutEventStreams: Plugin = {
  name: 'without-event-streams',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
      contents: `
        export const resolveEventStreamSerdeConfig = config => config;
        export const eventStreamSerdeProvider = () => { throw new Error('The build leaves event streams out'); };
        export const EventStreamSerde = eventStreamSerdeProvider;`,
    }));
  },
};

/** Only fonts in WOFF2 are compressed like that: a third of what prints certificates would be a dictionary that nobody opens. */
const withoutBrotli: Plugin = {
  name: 'without-brotli',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^brotli\/decompress\.js$/ }, ({ path }) => ({ path, namespace: 'no-brotli' }));
    onLoad({ filter: /.*/, namespace: 'no-brotli' }, () => ({
      contents: `export default () => { throw new Error('The build leaves WOFF2 out'); };`,
    }));
  },
};

/**
 * The names of characters in Markdown, such as `&eacute;`, are a table of 36 kB that few texts ask for: it is packed to a third, and
 * unpacked when the first asks.
 */
const withPackedEntities: Plugin = {
  name: 'with-packed-entities',
  setup: ({ onLoad, resolve: locate }) => {
    onLoad({ filter: /[/\\]decode-named-character-reference[/\\]index\.js$/ }, async ({ path }) => {
      const from = { resolveDir: dirname(path), kind: 'import-statement' } as const;
      const { characterEntities } = await import((await locate('character-entities', from)).path);
      const packed = deflateRawSync(JSON.stringify(characterEntities), { level: 9 }).toString('base64');
      return {
        contents: `
          import { inflateRawSync } from 'node:zlib';
          let table;
          export function decodeNamedCharacterReference(name) {
            table ??= JSON.parse(inflateRawSync(Buffer.from(${JSON.stringify(packed)}, 'base64')).toString());
            return Object.hasOwn(table, name) ? table[name] : false;
          }`,
      };
    });
  },
};

/** The stylesheet goes with every page: without the spaces that are for people only. */
const withTightStyle: Plugin = {
  name: 'with-tight-style',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[/\\]web[/\\]style\.ts$/ }, async ({ path }) => {
      const { style } = (await import(path)) as typeof import('./web/style.ts');
      const { code } = await transform(style, { loader: 'css', minifyWhitespace: true });
      return { contents: `export const style = ${JSON.stringify(code)};` };
    });
  },
};

/** The fonts of certificates stand beside the bundle that prints them, with the licence that goes with every copy. */
function copyFonts(folder: string): void {
  const packaged = dirname(createRequire(import.meta.filename).resolve('dejavu-fonts-ttf/package.json'));
  for (const file of ['LICENSE', ...fontFiles.map(name => join('ttf', name))]) {
    write(join(folder, 'functions', 'certificates', 'fonts', basename(file)), readFileSync(join(packaged, file)));
  }
}

function write(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}

if (import.meta.main) await buildInto(join(root, 'dist'));
