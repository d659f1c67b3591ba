/** The verifier as it is served: one module of plain JavaScript, which can be saved and used anywhere, and the script of its page. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'web', 'verifier');

/** In an order in which nothing is needed before it is there. */
const parts = ['bytes', 'json', 'proof', 'policy', 'tree', 'log', 'fields', 'record', 'words', 'fetching', 'book'];

const head = `// The verifier of Minutebook: checks records, proofs and whole logs of a book, with nothing but WebCrypto.
// Licensed under Apache-2.0. Save this file, and use it against any book: import { checkAddress, fetchBytes } from './verifier.js'
`;

/** What stands at `/log/verifier.js`. */
export const verifierText = once(() => head + parts.map(name => withoutImports(scriptOf(name))).join('\n'));

/** What stands at `/log/verify-page.js`, beside the verifier. */
export const verifyPageText = once(() => {
  const script = scriptOf('page');
  const names = [...script.matchAll(ownImport)].flatMap(([, named = '']) => named.split(',').map(name => name.trim()));
  const wanted = names.filter(name => name !== '').sort();
  return `import { ${wanted.join(', ')} } from './verifier.js';\n${withoutImports(script)}`;
});

/** Nothing of it changes while the server runs. */
function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const ownImport = /^import\s*\{([^}]*)\}\s*from\s*'\.\/\w+\.ts';\n/gm;

const withoutImports = (script: string) => script.replaceAll(ownImport, '');

/** Types become spaces, which nobody needs. */
const scriptOf = (name: string): string =>
  withoutWarnings(() => stripTypeScriptTypes(readFileSync(join(folder, `${name}.ts`), 'utf8')))
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n');

/** Node says each time that this function of its own may change; whoever starts a book can do nothing about it. */
function withoutWarnings(make: () => string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return make();
  } finally {
    process.emitWarning = emitWarning;
  }
}
