/** The README's commands, run as a reader would run them. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newFolder } from '../support/book.ts';
import { freePorts } from '../support/embedded.ts';

const readme = readFileSync('README.md', 'utf8');
const missing = ['bash', 'curl', 'sha256sum'].filter(command => spawnSync(command, ['--version']).error !== undefined);
const folder = newFolder();
let environment: NodeJS.ProcessEnv;
let stop: () => Promise<void>;

beforeAll(async () => {
  environment = { ...process.env, MINUTEBOOK_DATA: folder, ...(await freePorts()) };
  // A group of its own, so that what npm starts ends with npm.
  const npm = spawn('npm', ['start'], { env: environment, detached: true });
  stop = () =>
    new Promise(resolve => {
      npm.once('exit', () => resolve());
      process.kill(-(npm.pid ?? 0), 'SIGINT');
    });
  await new Promise<void>((resolve, reject) => {
    let output = '';
    npm.stdout.on('data', chunk => {
      output += chunk;
      if (output.includes(`Minutebook ready at http://localhost:${environment.PORT}`)) resolve();
    });
    npm.once('exit', code => reject(new Error(`npm start ended with ${code}: ${output}`)));
  });
});

afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

it('begins with the two commands', () => {
  const [first] = readme.matchAll(/```sh\n(.*?)```/gs);
  expect(first?.[1]?.split('\n').map(line => line.replace(/ +#.*/, ''))).toEqual([
    'npm ci && npm start',
    'npm ci && npm test',
    '',
  ]);
});

const needs = missing.length === 0 ? '' : ` (needs ${missing.join(' and ')})`;

it.skipIf(missing.length > 0)(
  `shows commands for citizen, director, secretary, treasurer and auditor that do what it says${needs}`,
  () => {
    const [, ...blocks] = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(match => match[1]);
    const script = blocks.join('\necho; echo ---\n').replaceAll('localhost:4000', `localhost:${environment.PORT}`);
    // Twice: whoever comes back takes the tour again.
    for (const _tour of [1, 2]) expectTour(script);
  },
);

function expectTour(script: string): void {
  const { stdout, stderr, status } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], {
    env: environment,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  const [
    citizen = '',
    file = '',
    decided = '',
    opened = '',
    proven = '',
    vote = '',
    me = '',
    added = '',
    draft = '',
    published = '',
    withdrawn = '',
    calendar = '',
    copies = '',
    auditor = '',
  ] = stdout.split('\n---\n');
  expect(citizen).toContain('Year in Review 2023');
  expect(citizen).toContain('https://jsonfeed.org/version/1');
  const [copy = '', sealed = ''] = file.trim().split('\n');
  expect(copy.split(' ')[0]).toBe(sealed);
  expect(file).toContain('Annual Report 2023');
  expect(decided).toContain('"number":"2023-006"');
  expect(decided).toContain('"kind":"rescinds"');
  expect(decided).toContain('So it was carried.');
  expect(decided).toContain('"choice":"no"');
  expect(decided).toContain('BEGIN:VCALENDAR');
  expect(opened).toContain('"what":"determination-letter"');
  expect(opened).toContain('"source":"Form 990-EZ, Part I, line 9"');
  expect(opened).toContain('The Hewlett Foundation');
  expect(opened).toContain('"onTime"');
  expect(opened).toContain('<BusinessNameLine1Txt>WITHHELD<');
  expect(proven).toContain(`localhost:${environment.PORT}/log\n`);
  expect(vote).toContain('Members may listen to meetings of the board');
  expect(vote).toContain('"choice":"yes"');
  expect(vote).toContain('the public sees: 404');
  expect(me).toContain('"secretary"');
  expect(added).toContain('the public gets the file: 404');
  expect(draft).toContain('the public sees: 404');
  expect(published).toContain('the public sees: 200');
  expect(published).toContain('What the board decided in spring.\n');
  expect(withdrawn).toContain('A name stood in it by mistake.');
  expect(withdrawn).not.toContain('**spring**"');
  expect(calendar).toContain('"status":"overdue"');
  expect(calendar).toContain('"confirmation":"DEMO-8868-2023"');
  expect(calendar).toMatch(/^SUMMARY.*grant/m);
  expect(copies).toContain('"daysLeft":29');
  expect(auditor).toContain('"line":"11a"');
  expect(auditor).toContain('"operation":"withdrawDisclosure"');
  expect(auditor).toContain('"operation":"found"');
  expect(auditor).toContain('"askedAt"');
  expect(auditor).toContain('"code":"not-allowed"');
  // Each answer stands on lines of its own.
  expect(stdout).not.toContain('}{');
}
