/** Who may import whom. Every rule is an error. */

/** @param to what is refused; `only` refuses everything else. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const only = (...paths) => ({ pathNot: paths });
const ofPackage = (...names) => `^node_modules/(@types/)?(${names.join('|')})/`;

const errors = '^shared/errors\\.ts$';
const production = '^(shared|functions|web)/';

module.exports = {
  forbidden: [
    rule('no-circle', 'What is read first must not need what is read last.', {}, { circular: true }),
    rule('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true }),

    rule(
      'core-is-pure',
      'The rules know no SDK, no environment, no clock and no package: only themselves, and three algorithms on texts.',
      { path: '^shared/core/' },
      only(
        '^shared/core/',
        '^shared/ports/',
        errors,
        '^(node:)?(crypto|util)$',
        ofPackage('canonicalize', 'diff', 'fast-xml-parser'),
      ),
    ),
    rule(
      'core-sees-shapes-only',
      'Of a port, core knows the types.',
      { path: '^shared/core/' },
      { path: '^shared/ports/', dependencyTypesNot: ['type-only'] },
    ),
    rule('errors-stand-alone', 'Everything imports them.', { path: errors }, { path: '.' }),
    rule(
      'ports-are-shapes',
      'A port is an interface.',
      { path: '^shared/ports/' },
      only('^shared/ports/', '^(node:)?stream$'),
    ),
    rule(
      'contract-is-schemas',
      'infra/ and functions/ both import the contract: it stays light.',
      { path: '^shared/contract/' },
      only('^shared/(contract|core)/', errors, ofPackage('zod')),
    ),
    rule(
      'adapters-at-the-edge',
      'Rules, contract and stack work with every adapter, so they know none.',
      { path: '^shared/(core|contract|http|ports)/' },
      { path: '^shared/adapters/' },
    ),
    rule(
      'http-knows-no-backend',
      'The stack reaches the outside through ports.',
      { path: '^shared/http/' },
      only(
        '^shared/(http|core|contract|ports)/',
        errors,
        ofPackage('@middy/core', 'jose', 'zod', 'aws-lambda'),
        '^(node:)?(crypto|timers/promises)$',
      ),
    ),
    rule(
      'examination-is-a-room-apart',
      'It opens files of strangers: it knows what a file may be, and nothing of the book.',
      { path: '^shared/examination/' },
      only(
        '^shared/(examination|core|ports)/',
        errors,
        ofPackage('file-type', 'unpdf', 'yauzl'),
        '^(node:)?(child_process|crypto|events|fs|fs/promises|os|path|stream|util|worker_threads|zlib)$',
      ),
    ),
    rule(
      'examined-where-files-arrive',
      'Readers of files are large, and take what strangers sent: only functions and local/ choose to have them.',
      { path: '^(shared/(core|contract|ports|http|adapters)|web|infra)/' },
      { path: ['^shared/examination/', ofPackage('file-type', 'unpdf', 'yauzl')] },
    ),
    rule(
      'functions-are-handlers',
      'A function is made of what is shared and of pages; packages reach it through shared/ and web/.',
      { path: '^functions/' },
      only('^functions/', '^shared/', '^web/', ofPackage('aws-lambda')),
    ),
    rule(
      'adapters-in-entries-only',
      'Operations work with every adapter: only the entry of a function chooses.',
      { path: '^functions/', pathNot: '^functions/[^/]+/index\\.ts$' },
      { path: '^shared/adapters/' },
    ),
    rule(
      'events-are-sealed',
      'What is committed past `sealingRecordStore` never comes into the log: few open the records of a book. They only read, or are tested for it.',
      {
        path: '^(shared|functions|web|local|cli|infra)/',
        pathNot:
          '^(shared/adapters/aws(Services|Witness)|local/(main|settings|demo/create)|cli/(openBook|exportLog|rotateLogKey|witness))\\.ts$',
      },
      { path: '^shared/adapters/(dynamo|sqlite)RecordStore\\.ts$' },
    ),
    rule(
      'pages-show',
      'Pages present what they are given.',
      { path: '^web/' },
      {
        path: '^(functions|local|infra|cli|test|bench)/|^shared/(adapters|http|ports)/',
      },
    ),
    rule(
      'infra-knows-the-contract',
      'What is deployed follows from the contract, and from nothing else of ours.',
      { path: '^infra/', pathNot: '^infra/policyText\\.ts$' },
      only('^infra/', '^shared/contract/', ofPackage('aws-cdk-lib', 'cdk-nag', 'constructs'), '^node:', '^(path|fs)$'),
    ),
    rule(
      'infra-reads-policies',
      'Functions stand still with a policy that is none: so the very code with which they read it reads it before the deployment.',
      { path: '^infra/policyText\\.ts$' },
      only('^infra/', '^shared/core/log/policy\\.ts$', ofPackage('constructs'), '^(node:)?fs$'),
    ),
    rule(
      'production-stands-alone',
      'What is deployed knows nothing of one machine, of tools or of tests.',
      { path: production },
      {
        path: '^(local|infra|cli|test|bench)/|^build\\.ts$',
      },
    ),
    rule(
      'no-development-packages',
      'What is deployed uses packages that are installed for it.',
      { path: production },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'demonstration-issuer',
      'Only the demonstration, and its tests, know an issuer that gives tokens to anybody.',
      { pathNot: '^(local|test)/' },
      { path: ['^local/demoIssuer', ofPackage('oidc-provider')] },
    ),
    rule(
      'tests-are-leaves',
      'Nothing but a test needs a test; benchmarks may use what supports tests.',
      { pathNot: '^(test|bench)/' },
      { path: '^test/' },
    ),
    rule('benchmarks-are-leaves', 'Nothing needs a benchmark.', { pathNot: '^bench/' }, { path: '^bench/' }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|cdk\\.out)/' },
    // TypeScript 7 has no interface yet through which others could parse.
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.d.ts', '.cjs', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
