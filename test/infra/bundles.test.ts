/** The bundles as Lambda gets them: small, without anything of the demonstration, and able to answer. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildInto, bundle, jobs } from '../../build.ts';
import { contract, type FunctionName, operations } from '../../shared/contract/routes.ts';

const functions = Object.keys(contract) as FunctionName[];
let dist: string;

beforeAll(async () => {
  dist = mkdtempSync(join(tmpdir(), 'minutebook-bundles-'));
  await buildInto(dist);
});
afterAll(() => rmSync(dist, { recursive: true }));

const bundleOf = (name: string) => join(dist, 'functions', name, 'index.js');

describe.each(functions)('the bundle of %s', name => {
  it('is below 520 kB, and alone but for the description of the API; only what prints is larger, and has its fonts', () => {
    expect(readFileSync(bundleOf(name)).length).toBeLessThan(name === 'certificates' ? 900_000 : 520_000);
    expect(readdirSync(join(dist, 'functions', name))).toEqual([
      ...(name === 'certificates' ? ['fonts'] : []),
      'index.js',
      ...(name === 'site' ? ['openapi.json'] : []),
      ...(name === 'returns' ? ['returnReaderThread.js'] : []),
      ...(name === 'site' ? ['verifier.js', 'verify-page.js'] : []),
    ]);
  });

  it('holds what prints only where certificates are printed', () => {
    const { inputs } = JSON.parse(readFileSync(join(dist, 'meta', `functions-${name}-index.json`), 'utf8'));
    const prints = Object.keys(inputs).some(file => /node_modules\/(pdfkit|fontkit)\//.test(file));
    expect(prints).toBe(name === 'certificates');
  });

  it('holds nothing of the demonstration issuer', () => {
    expect(readFileSync(bundleOf(name), 'utf8')).not.toMatch(/oidc-provider|demoIssuer|urn:minutebook:demo/i);
    const { inputs } = JSON.parse(readFileSync(join(dist, 'meta', `functions-${name}-index.json`), 'utf8'));
    expect(Object.keys(inputs)).toContain('shared/http/serve.ts');
    expect(Object.keys(inputs).filter(file => /^(local|cli|test|infra)\//.test(file))).toEqual([]);
  });

  it('loads without undici and answers', () => {
    // Neither gets as far as the store: one lacks a token, the other what its path should name.
    const asked = operations.find(
      one => one.functionName === name && (!one.isPublic || one.route.params !== undefined),
    );
    const { status, undici } = ask(name, `${asked?.route.method} ${asked?.route.path}`);
    expect({ status, undici }).toEqual({ status: asked?.isPublic ? 400 : 401, undici: false });
  });

  it('verifies a token that is sent', () => {
    const asked = operations.find(one => one.functionName === name);
    const routeKey = `${asked?.route.method} ${asked?.route.path}`;
    const { status, body } = ask(name, routeKey, {}, { authorization: 'Bearer not.a.token' });
    expect({ status, body: JSON.parse(body) }).toMatchObject({ status: 401, body: { code: 'token-not-accepted' } });
  });

  it('refuses to load with an issuer that is not on the web', () => {
    const { failure } = ask(name, '$default', { ISSUER: 'http://localhost:4001' });
    expect(failure).toContain('On AWS the issuer must be on the web: http://localhost:4001');
  });
});

const inputsOf = (name: string) =>
  Object.keys(JSON.parse(readFileSync(join(dist, 'meta', `functions-${name}.json`), 'utf8')).inputs);

describe('the bundles of the jobs', () => {
  it('stand alone, ingest with the program that reads PDFs beside it', () => {
    expect(readdirSync(join(dist, 'functions', 'custody'))).toEqual(['index.js']);
    expect(readdirSync(join(dist, 'functions', 'ingest'))).toEqual(['index.js', 'pdfReaderProcess.js']);
    expect(readdirSync(join(dist, 'functions', 'count'))).toEqual(['index.js']);
    for (const name of ['sequence', 'witness']) {
      expect(readdirSync(join(dist, 'functions', name))).toEqual(['index.js']);
    }
    for (const name of jobs) {
      expect(inputsOf(`${name}-index`).filter(file => /^(local|cli|test|infra)\//.test(file))).toEqual([]);
    }
  });

  it('have nothing of files where votes are counted, in less than 520 kB', () => {
    expect(
      inputsOf('count-index').filter(file => /client-s3|examination|s3BlobStore|file-type|yauzl/.test(file)),
    ).toEqual([]);
    expect(readFileSync(join(dist, 'functions', 'count', 'index.js')).length).toBeLessThan(520_000);
  });

  it('have nothing of files or requests to the book where logs of others are witnessed, in less than 400 kB', () => {
    expect(inputsOf('witness-index').filter(file => /client-s3|examination|middy/.test(file))).toEqual([]);
    expect(readFileSync(join(dist, 'functions', 'witness', 'index.js')).length).toBeLessThan(400_000);
  });

  it('have the reader of PDFs in its own process only', () => {
    const readers = (name: string) => inputsOf(name).filter(file => file.includes('node_modules/unpdf/'));
    expect(readers('ingest-pdfReaderProcess')).not.toEqual([]);
    expect([...readers('ingest-index'), ...readers('custody-index')]).toEqual([]);
    expect(inputsOf('custody-index').filter(file => /file-type|yauzl/.test(file))).toEqual([]);
    expect(inputsOf('ingest-pdfReaderProcess').filter(file => /aws-sdk|shared\/adapters/.test(file))).toEqual([]);
  });
});

it('serves the description of the API from beside the bundle', () => {
  const { status, body } = ask('site', 'GET /openapi.json');
  expect(status).toBe(200);
  expect(JSON.parse(body).openapi).toBe('3.1.0');
  expect(body).toBe(readFileSync(join(dist, 'openapi.json'), 'utf8'));
});

it.each(['verifier.js', 'verify-page.js'])('serves /log/%s from beside the bundle, to pages of others too', file => {
  const { status, body, headers } = ask('site', `$default /log/${file}`);
  expect({ status, body }).toEqual({
    status: 200,
    body: readFileSync(join(dist, 'functions', 'site', file), 'utf8'),
  });
  expect(headers).toMatchObject({
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=300',
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  expect(ask('site', `$default /log/${file}x`).status).toBe(404);
});

it('prints with the fonts that stand beside the bundle', async () => {
  const entry = join(dist, 'print.ts');
  const printer = JSON.stringify(join(import.meta.dirname, '..', '..', 'shared', 'print', 'certificate.ts'));
  writeFileSync(entry, `export { printCertificate } from ${printer};`);
  await bundle(entry, dist, join('functions', 'certificates', 'print'));
  const script = `
    const { printCertificate } = require(${JSON.stringify(join(dist, 'functions', 'certificates', 'print.js'))});
    const words = { organisation: 'O', body: 'B', named: 'N', title: 'Τίτλος', preamble: '', text: '**Да**', textHash: 'h' };
    const rest = { paper: 'A4', language: 'el', createdAt: new Date(0), recompute: 'r', statement: 's', office: 'o', issued: 'i' };
    const none = { warnings: [], decision: [], explanation: [], signatures: [], parts: [], attachments: [], sealed: [], secretary: null };
    printCertificate({ ...words, ...rest, ...none }).then(bytes => process.stdout.write(bytes));`;
  // Where Lambda runs it there is no package: only what stands beside the bundle.
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=commonjs', '-e', script], { cwd: tmpdir() });
  expect([stdout.subarray(0, 5).toString(), stderr.toString()]).toEqual(['%PDF-', '']);
});

it('is the same whenever it is built', async () => {
  const again = mkdtempSync(join(tmpdir(), 'minutebook-bundles-'));
  await buildInto(again);
  for (const name of functions) {
    expect(readFileSync(join(again, 'functions', name, 'index.js')).equals(readFileSync(bundleOf(name)))).toBe(true);
  }
  rmSync(again, { recursive: true });
});

/** Loads a bundle in a process of its own, as Lambda would, and asks it once. */
function ask(name: string, routeKey: string, settings: Record<string, string> = {}, headers: object = {}) {
  const [asked = '', path = ''] = routeKey.split(' ');
  const method = asked === '$default' ? 'GET' : asked;
  const event = {
    version: '2.0',
    routeKey: asked === '$default' ? asked : routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { accept: 'application/json', ...headers },
    requestContext: { http: { method, path }, requestId: 'test' },
    isBase64Encoded: false,
  };
  const script = `
    const { handler } = require(${JSON.stringify(bundleOf(name))});
    handler(${JSON.stringify(event)}, {}).then(({ statusCode, body, headers }) => {
      const undici = process.moduleLoadList.some(module => module.includes('undici'));
      process.stderr.write(JSON.stringify({ status: statusCode, body, headers, undici }));
    });`;
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=commonjs', '-e', script], {
    encoding: 'utf8',
    // The description of the API is long.
    maxBuffer: 10_000_000,
    env: {
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: name,
      LAMBDA_TASK_ROOT: join(dist, 'functions', name),
      RECORDS_TABLE: 'records',
      EXPIRING_TABLE: 'expiring',
      ISSUER: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_test',
      JWKS_URI: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_test/.well-known/jwks.json',
      CLIENT_IDS: 'client',
      ARCHIVE_BUCKET: 'archive',
      QUARANTINE_BUCKET: 'quarantine',
      LOG_BUCKET: 'log',
      ...settings,
    },
  });
  return status === 0 ? { ...JSON.parse(stderr), failure: '' } : { status: 0, body: '', failure: stderr };
}
