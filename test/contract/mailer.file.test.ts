/** The mailer of one machine: a file for each message. */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileMailer } from '../../shared/adapters/fileMailer.ts';
import { describeMailer, messageOf, readMail, sender } from './mailer.suite.ts';

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'minutebook-mail-'));
});
afterAll(() => rmSync(parent, { recursive: true }));

const folder = () => join(parent, 'mail');

describeMailer('the mailer that writes files', () => ({
  mailer: fileMailer(folder(), sender),
  taken: id => (existsSync(join(folder(), `${id}.eml`)) ? [readFileSync(join(folder(), `${id}.eml`))] : []),
}));

it('writes the same message once, however often and however many at once', async () => {
  const mailers = [fileMailer(folder(), sender), fileMailer(folder(), sender)];
  const message = messageOf();
  await mailers[0]?.send(message);
  const before = statSync(join(folder(), `${message.id}.eml`)).mtimeMs;
  await Promise.all(mailers.flatMap(mailer => [mailer.send({ ...message, text: 'Other\n' }), mailer.send(message)]));
  const names = readdirSync(folder()).filter(name => name.startsWith(message.id) || name.startsWith('.'));
  expect(names).toEqual([`${message.id}.eml`]);
  expect(statSync(join(folder(), `${message.id}.eml`)).mtimeMs).toBe(before);
  expect(readMail(readFileSync(join(folder(), `${message.id}.eml`))).text).toBe(message.text);
});

it('keeps messages from others, and forgets what a crash left half written', async () => {
  writeFileSync(join(folder(), '.tmp-999999-aabbcc-112233'), 'half');
  const message = messageOf();
  await fileMailer(folder(), sender).send(message);
  expect(readdirSync(folder()).filter(name => name.startsWith('.'))).toEqual([]);
  expect(statSync(folder()).mode & 0o077).toBe(0);
  expect(statSync(join(folder(), `${message.id}.eml`)).mode & 0o077).toBe(0);
});

it('never takes a name that leads out of its folder', async () => {
  const mailer = fileMailer(folder(), sender);
  await expect(mailer.send(messageOf({ id: '../outside' }))).rejects.toThrow('no name of a message');
  expect(existsSync(join(parent, 'outside.eml'))).toBe(false);
});

it('says so when the folder cannot be written', async () => {
  const closed = join(parent, 'closed');
  writeFileSync(closed, 'a file where the folder should be');
  chmodSync(closed, 0o400);
  await expect(fileMailer(join(closed, 'mail'), sender).send(messageOf())).rejects.toThrow();
});
