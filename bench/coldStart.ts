/** How large each function's bundle is, and how long a new process takes to its first answer. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundle } from '../build.ts';
import { openSqliteRecordStore } from '../shared/adapters/sqliteRecordStore.ts';
import { contract, type FunctionName, operations } from '../shared/contract/routes.ts';
import { listPartition } from '../shared/core/records.ts';
import { startDynamoStub } from './dynamoStub.ts';
import { loadSampleBook } from './sampleBook.ts';
import { printTable, quantile, round } from './table.ts';

/** The first is not counted: it warms the file cache. */
const rounds = Number(process.env.BENCH_ROUNDS ?? 31);
/** What the others are compared with: built as the functions are. */
const measure = 'floor: only the DynamoDB client';
const dist = join(import.meta.dirname, '..', 'dist');

interface Subject {
  readonly name: string;
  readonly file: string;
  readonly event: object;
  readonly asked: string;
  readonly status: number;
  readonly wall: number[];
  /** Of all threads, until the answer; other programs disturb it less. */
  readonly processor: number[];
}

export async function coldStart(only = Object.keys(contract)): Promise<void> {
  await bundle('bench/floors/empty.ts', dist, 'floors/empty');
  await bundle('bench/floors/dynamo.ts', dist, 'floors/dynamo');
  await bundlePlainly('bench/floors/dynamo.ts', join(dist, 'floors', 'plain.js'));
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-bench-'));
  const records = openSqliteRecordStore(join(folder, 'book.sqlite'));
  // So many that a page comes from one year, as in a book that has grown.
  await loadSampleBook(records, 1000);
  const stub = await startDynamoStub(records);
  try {
    const bodies = await records.query({
      table: 'records',
      partition: listPartition('bodies'),
      order: 'ascending',
      limit: 1,
    });
    const bodyId = String(bodies.items[0]?.data.id);
    const subjects = [
      floorOf('floor: nothing', 'empty'),
      floorOf(measure, 'dynamo'),
      floorOf("floor: DynamoDB client, esbuild's defaults", 'plain'),
      ...only.map(name => subjectOf(name as FunctionName, bodyId)),
    ];
    for (let index = 0; index < rounds; index++) {
      for (const subject of subjects) {
        const taken = await firstAnswer(subject, stub.endpoint);
        if (index === 0) continue;
        subject.wall.push(taken.wall);
        subject.processor.push(taken.processor);
      }
    }
    print(subjects);
  } finally {
    stub.close();
    records.close();
    rmSync(folder, { recursive: true });
  }
}

function print(subjects: readonly Subject[]): void {
  const base = subjects.find(({ name }) => name === measure);
  const least = (values: readonly number[] = []) => Math.min(...values);
  printTable(
    `Process start to first answer: ${rounds - 1} starts each, taking turns; ratios to "${measure}"`,
    subjects.map(({ name, file, asked, status, wall, processor }) => {
      const bytes = readFileSync(file);
      return {
        function: name,
        asked: `${asked} ${status}`.trim(),
        'bundle kB': round(bytes.length / 1000),
        'gzip kB': round(gzipSync(bytes).length / 1000),
        'median ms': round(quantile(wall)),
        ratio: round(quantile(wall) / quantile(base?.wall ?? []), 2),
        'least ms': round(least(wall)),
        'ratio ': round(least(wall) / least(base?.wall), 2),
        'processor ms': round(quantile(processor)),
        'ratio  ': round(quantile(processor) / quantile(base?.processor ?? []), 2),
      };
    }),
  );
}

const floorOf = (name: string, file: string): Subject => ({
  name,
  file: join(dist, 'floors', `${file}.js`),
  event: {},
  asked: '',
  status: 200,
  wall: [],
  processor: [],
});

/** A public read where the function has one, otherwise something without signing in. */
function subjectOf(name: FunctionName, bodyId: string): Subject {
  const own = operations.filter(({ functionName }) => functionName === name);
  const chosen = own.find(({ isPublic, route }) => isPublic && route.method === 'GET') ?? own[0];
  if (chosen === undefined) throw new Error(`${name} does nothing`);
  const { method } = chosen.route;
  const names = [...chosen.route.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
  const pathParameters = Object.fromEntries(names.map(parameter => [parameter, bodyId]));
  const path = chosen.route.path.replaceAll(/\{\w+\}/g, bodyId);
  return {
    name,
    file: join(dist, 'functions', name, 'index.js'),
    asked: `${method} ${chosen.route.path}`,
    // The sample book has no documents and no resolutions: for one, all is read that is read of any.
    status: chosen.isPublic ? (names.every(parameter => parameter === 'bodyId') ? 200 : 404) : 401,
    event: gatewayEvent(`${method} ${chosen.route.path}`, path, pathParameters),
    wall: [],
    processor: [],
  };
}

const gatewayEvent = (routeKey: string, path: string, pathParameters: object) => ({
  version: '2.0',
  routeKey,
  rawPath: path,
  rawQueryString: '',
  headers: { accept: '*/*', host: 'api.example.org', 'user-agent': 'bench' },
  pathParameters,
  requestContext: {
    http: { method: routeKey.split(' ')[0], path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'bench' },
    requestId: 'bench',
    routeKey,
    stage: '$default',
  },
  isBase64Encoded: false,
});

function firstAnswer(
  { file, event, status, name }: Subject,
  endpoint: string,
): Promise<{ wall: number; processor: number }> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const runner = join(import.meta.dirname, 'answerOnce.cjs');
    const child = spawn(process.execPath, [runner, file, JSON.stringify(event)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: environment(endpoint, file),
    });
    let output = '';
    let answeredAt = Number.NaN;
    child.stdout.on('data', chunk => {
      output += chunk;
      if (output.includes('answered')) answeredAt = performance.now();
    });
    child.on('error', reject);
    child.on('close', () => {
      const [, answered, microseconds] = /answered (\d+) after (\d+)/.exec(output) ?? [];
      if (Number(answered) === status) {
        resolve({ wall: answeredAt - startedAt, processor: Number(microseconds) / 1000 });
      } else reject(new Error(`${name} should have answered ${status}: ${output}`));
    });
  });
}

/** As the tool does it when nobody looks into the bundle. */
async function bundlePlainly(entry: string, outfile: string): Promise<void> {
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs', minify: true });
}

const environment = (endpoint: string, file: string) => ({
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SESSION_TOKEN: 'bench',
  AWS_LAMBDA_FUNCTION_NAME: 'bench',
  LAMBDA_TASK_ROOT: join(file, '..'),
  RECORDS_TABLE: 'records',
  EXPIRING_TABLE: 'expiring',
  ISSUER: 'https://issuer.example.org',
  JWKS_URI: 'https://issuer.example.org/keys',
  CLIENT_IDS: 'bench',
  ARCHIVE_BUCKET: 'archive',
  QUARANTINE_BUCKET: 'quarantine',
});

if (import.meta.main) await coldStart(process.argv.length > 2 ? process.argv.slice(2) : undefined);
