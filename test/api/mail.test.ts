/** Mail from the API to its files: who is told of what is decided, on both stores. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sendDue } from '../../functions/mail/sendDue.ts';
import { startJobs } from '../../local/jobs.ts';
import { fileMailer } from '../../shared/adapters/fileMailer.ts';
import { mailingList } from '../../shared/core/mailings.ts';
import { listPartition } from '../../shared/core/records.ts';
import { readMail } from '../contract/mailer.suite.ts';
import { describeOnEachStore, type TestBook } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { consentOf } from '../support/consentRequests.ts';
import { noticedOf } from '../support/meetings.ts';
import { bodyOf, closedOf, countedOf, motionOf, openedOf } from '../support/resolutions.ts';

describeOnEachStore('mail', open => {
  const origin = 'https://book.example.org';
  const limits = { atOnce: 4, patienceMilliseconds: 10_000, isOver: () => false };
  let parent: string;
  let bodyId: string;
  beforeAll(async () => {
    parent = mkdtempSync(join(tmpdir(), 'minutebook-mail-'));
    bodyId = await bodyOf(open(), ['member', 'director', 'treasurer']);
  });
  afterAll(() => rmSync(parent, { recursive: true }));
  beforeEach(() => rmSync(join(parent, 'mail'), { recursive: true, force: true }));

  const mailer = () => fileMailer(join(parent, 'mail'), 'minutes@book.example.org');
  const send = ({ services }: TestBook, now?: Date) =>
    sendDue({ ...services, mailer: mailer(), origin, ...(now === undefined ? {} : { now: () => now }) }, limits);

  /** What lies in the folder, by whom it is for. */
  function post() {
    const folder = join(parent, 'mail');
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const mails = names.map(name => readMail(readFileSync(join(folder, name))));
    const rest = mails.map(({ header, text }) => {
      const [, to = ''] = /<(\w+)@test\.example>$/.exec(header('to')) ?? [];
      return { to, subject: header('subject'), text };
    });
    return rest.sort((a, b) => (a.to < b.to ? -1 : 1));
  }
  const told = () => post().map(({ to }) => to);

  const waiting = async ({ records }: TestBook) =>
    (await records.query({ table: 'records', partition: listPartition(mailingList), order: 'ascending', limit: 100 }))
      .items;

  it('tells those who may vote that a vote is open, once, and those who did of its outcome', async () => {
    const book = open();
    const { as } = book;
    const motion = motionOf({ title: 'Grüße an alle' });
    const { id } = await openedOf(book, as.member, as.director, bodyId, { motion });
    await send(book);
    await send(book);
    expect(told()).toEqual(['director', 'member', 'treasurer']);
    const [first] = post();
    expect(first?.subject).toBe('[Test Society] Please vote: Grüße an alle');
    expect(first?.text).toContain(`\n${origin}/resolutions/${id}\n`);
    expect(first?.text).toMatch(/Please vote before .* Eastern (Standard|Daylight) Time\./);
    rmSync(join(parent, 'mail'), { recursive: true });

    for (const voter of [as.member, as.director])
      await voter.castVote({ params: { resolutionId: id }, body: { choice: 'yes' } as never });
    await closedOf(book, id);
    await countedOf(book, id);
    await send(book);
    expect(told()).toEqual(['director', 'member', 'treasurer']);
    expect(post()[0]?.subject).toBe('[Test Society] Decided: Grüße an alle');
    expect(post()[0]?.text).toMatch(/It has the number \d{4}-\d{3} in the register\.[\s\S]*So it was carried\./);
    expect(await waiting(book)).toEqual([]);
  });

  it('calls a vote to mind a day before its end, to those who have not voted', async () => {
    const book = open();
    const { as } = book;
    const closesAt = new Date(Date.now() + 3 * 86_400_000);
    const { id } = await openedOf(book, as.member, as.director, bodyId, { closesAt: closesAt.toISOString() });
    await send(book);
    rmSync(join(parent, 'mail'), { recursive: true });
    const vote = { params: { resolutionId: id }, body: { choice: 'no' } as never };
    expect((await as.director.castVote(vote)).status).toBe(200);
    await send(book, new Date(closesAt.getTime() - 86_400_001));
    expect(told()).toEqual([]);
    await send(book, new Date(closesAt.getTime() - 86_400_000));
    expect(told()).toEqual(['member', 'treasurer']);
    expect(post()[0]?.subject).toContain('Your vote is still missing');
    await closedOf(book, id);
    await countedOf(book, id);
    await send(book);
  });

  it('asks those who vote to sign a consent', async () => {
    const book = open();
    const { id } = await consentOf(book, book.as.member, bodyId);
    await send(book);
    expect(told()).toEqual(['director', 'member', 'treasurer']);
    expect(post()[0]?.subject).toBe('[Test Society] Please read and sign: A resolution');
    expect(post()[0]?.text).toContain(`${origin}/resolutions/${id}`);
  });

  it('gives notice of a meeting to all who sit in the body, and of a cancelled one to nobody', async () => {
    const book = open();
    const { as } = book;
    const board = book.bodies.board;
    const first = await noticedOf(as.secretary, board);
    await send(book);
    expect(told()).toEqual(['director', 'secretary', 'treasurer']);
    expect(post()[0]?.subject).toContain('Notice of a meeting');
    rmSync(join(parent, 'mail'), { recursive: true });
    const second = await noticedOf(as.secretary, board);
    for (const { id, version } of [first, second])
      await as.secretary.cancelMeeting({ params: { meetingId: id }, version, body: { reason: 'Snow.' } });
    await send(book);
    expect(told()).toEqual([]);
    expect(await waiting(book)).toEqual([]);
  });

  it('tells nobody whose seat ended between the opening and the sending', async () => {
    const book = open();
    const { as, people } = book;
    const own = await bodyOf(book, ['member', 'director']);
    await openedOf(book, as.member, as.director, own);
    const seats = (await as.secretary.listSeats({ params: { bodyId: own } })).body.items;
    const id = String(seats.find(({ person }) => person.id === people.director)?.id);
    const lastDay = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
    const body = { lastDay, reason: 'Resigned.' };
    expect((await as.secretary.endSeat({ params: { seatId: id }, version: 1, body })).status).toBe(200);
    await send(book);
    expect(told()).toEqual(['member']);
  });

  it('is written by the embedded server as soon as there is something to tell', async () => {
    const book = open();
    const { as, services } = book;
    const jobs = startJobs(services, {
      round: { periodDays: 30, hoursBetweenRounds: 24 },
      mail: { mailer: mailer(), origin },
    });
    const at = await book.serveWith({ records: jobs.records });
    const [member, director, secretary] = [as.member, as.director, as.secretary].map(({ token }) =>
      clientFor(at, token),
    );
    if (member === undefined || director === undefined || secretary === undefined) throw new Error('nobody');
    const own = await bodyOf(book, ['member', 'director']);
    await openedOf({ ...book, as: { ...as, secretary } }, member, director, own);
    await expect.poll(told, { timeout: 10_000 }).toEqual(['director', 'member']);
    await expect.poll(() => waiting(book), { timeout: 10_000 }).toEqual([]);
    await jobs.stop();
  });
});
