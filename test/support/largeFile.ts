/** A large file on its way into the archive and out again, through kills of both sides. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, clientFor } from './client.ts';
import { type Embedded, freePorts, launchEmbedded } from './embedded.ts';
import { createBuckets, type S3Server, startS3Server } from './s3Server.ts';

/** A server that can be started again and again, with the same data at the same address. */
export interface Site {
  readonly issuerPort: string;
  readonly folder: string;
  launch(): Embedded;
  close(): Promise<void>;
}

export async function embeddedSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-'));
  const ports = await freePorts();
  return {
    folder,
    issuerPort: ports.MINUTEBOOK_ISSUER_PORT,
    launch: () => launchEmbedded({ MINUTEBOOK_DATA: join(folder, 'data'), ...ports }),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export async function s3Site(): Promise<Site & Pick<S3Server, 'interrupt'>> {
  const folder = mkdtempSync(join(tmpdir(), 'minutebook-'));
  const s3 = await startS3Server();
  const { client, archive, quarantine } = await createBuckets(s3.endpoint);
  client.destroy();
  const ports = await freePorts();
  const place = { S3_ENDPOINT: s3.endpoint, S3_ARCHIVE: archive, S3_QUARANTINE: quarantine };
  return {
    folder,
    issuerPort: ports.MINUTEBOOK_ISSUER_PORT,
    launch: () => launchEmbedded({ MINUTEBOOK_DATA: folder, ...ports, ...place }, 'test/support/s3Book.ts'),
    interrupt: s3.interrupt,
    close: async () => {
      await s3.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function secretaryToken(issuerPort: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'urn:minutebook:demo',
    client_id: 'minutebook-demo',
    email: 'secretary@lpsa.example',
  });
  const answer = await fetch(`http://127.0.0.1:${issuerPort}/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}

export interface Journey {
  /** Of the file that was sent, and of what came down again. */
  readonly sent: string;
  readonly received: string;
  readonly secondsUp: number;
  readonly secondsDown: number;
  /** In bytes: the most that one process of the client, and of the server, ever occupied. */
  readonly clientPeak: number;
  readonly serverPeak: number;
  /** What the server occupied when it was just started. */
  readonly serverAtStart: number;
  /** How many parts had arrived when the client was killed, and when the server was; of how many. */
  readonly killedAt: readonly [number, number];
  readonly parts: number;
}

/** Sends a file in parts with `cli/add.ts`; kills the client after a quarter of it, the server after half; fetches it. */
export async function carry(site: Site, megabytes: number): Promise<Journey> {
  const file = join(site.folder, 'large.txt');
  const sent = await writeText(file, megabytes);
  let server = site.launch();
  let address = await server.ready;
  const token = await secretaryToken(site.issuerPort);
  const peaks = { client: 0, server: 0 };
  const serverAtStart = memoryOf(server.pid, 'VmRSS');
  const add = (...more: string[]) => sender(address, token, [file, ...more], peaks);
  try {
    const startedAt = performance.now();
    const first = add('--title', 'A large file', '--kind', 'report');
    const id = await first.uploadId;
    let secretary = clientFor(address, token);
    const arrivedFirst = await arrived(secretary, id, 1 / 4);
    await first.kill();

    const second = add('--upload', id);
    const arrivedSecond = await arrived(secretary, id, 1 / 2);
    peaks.server = memoryOf(server.pid, 'VmHWM');
    await server.kill();
    server = site.launch();
    address = await server.ready;
    secretary = clientFor(address, token);
    // It tries again for some seconds; when that was not enough, somebody starts it again.
    if ((await second.ended) !== 0) {
      const third = add('--upload', id);
      if ((await third.ended) !== 0) throw new Error(third.output());
    }
    const secondsUp = seconds(startedAt);
    const { documentId } = (await secretary.getUpload({ params: { uploadId: id } })).body;
    const params = { documentId, version: '1' };
    const { url } = (await secretary.retrieveFile({ params, body: {} })).body;
    const fetchedAt = performance.now();
    const hash = createHash('sha256');
    for await (const chunk of (await fetch(url)).body ?? []) hash.update(chunk);
    const secondsDown = seconds(fetchedAt);
    return {
      sent,
      received: hash.digest('hex'),
      secondsUp,
      secondsDown,
      clientPeak: peaks.client,
      serverPeak: Math.max(peaks.server, memoryOf(server.pid, 'VmHWM')),
      serverAtStart,
      killedAt: [arrivedFirst, arrivedSecond],
      parts: Math.ceil((megabytes * 2 ** 20) / (16 * 2 ** 20)),
    };
  } finally {
    await server.kill();
  }
}

/** Lines of digits that never repeat. */
async function writeText(file: string, megabytes: number): Promise<string> {
  const hash = createHash('sha256');
  function* content() {
    for (let count = 0; count < megabytes; count++) {
      const lines = Buffer.from(randomBytes(2 ** 19).toString('hex'));
      for (let at = 63; at < lines.length; at += 64) lines[at] = 10;
      hash.update(lines);
      yield lines;
    }
  }
  await pipeline(Readable.from(content()), createWriteStream(file));
  return hash.digest('hex');
}

function sender(address: string, token: string, args: string[], peaks: { client: number }) {
  const env = { ...process.env, MINUTEBOOK_TOKEN: token, MINUTEBOOK_ADDRESS: address };
  const child: ChildProcess = spawn(process.execPath, ['cli/add.ts', ...args], { env });
  let output = '';
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const uploadId = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', chunk => {
        output += chunk;
        const id = /--upload ([0-9a-f-]{36})/.exec(output)?.[1];
        if (id !== undefined) resolve(id);
      });
    }
    ended.then(code => reject(new Error(`The client ended with ${code}: ${output}`)));
  });
  uploadId.catch(() => {});
  const watch = setInterval(() => {
    peaks.client = Math.max(peaks.client, memoryOf(child.pid ?? 0, 'VmHWM'));
  }, 50);
  void ended.then(() => clearInterval(watch));
  return {
    uploadId,
    ended,
    output: () => output,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Waits until that share of the parts has arrived. */
async function arrived(client: Client, uploadId: string, share: number): Promise<number> {
  for (;;) {
    const { parts, state } = (await client.getUpload({ params: { uploadId } })).body;
    if (state !== 'waiting' || parts === null) throw new Error('Too late: everything has arrived');
    if (parts.arrived.length >= parts.count * share) return parts.arrived.length;
    await pause(20);
  }
}

const seconds = (since: number) => (performance.now() - since) / 1000;

/** In bytes; 0 when the process has ended, or the system does not tell. */
function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
