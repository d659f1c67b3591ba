/** The demonstration book as its first start makes it: documents sealed and cited, decisions in the register, a vote to take part in. */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCustody } from '../../../functions/custody/runCustody.ts';
import { type DemoBook, readDemoBook } from '../../../local/demo/book.ts';
import { createDemoBook } from '../../../local/demo/create.ts';
import { planFilings } from '../../../local/demo/filings.ts';
import { type EmbeddedServer, startServer } from '../../../local/server.ts';
import { embeddedServices } from '../../../local/services.ts';
import { openFileBlobStore } from '../../../shared/adapters/fileBlobStore.ts';
import { openSqliteRecordStore } from '../../../shared/adapters/sqliteRecordStore.ts';
import { unsealedPartition } from '../../../shared/core/log/outbox.ts';
import { eventList, listPartition } from '../../../shared/core/records.ts';
import type { Services } from '../../../shared/http/operation.ts';
import { allPages } from '../../../shared/http/read.ts';
import { newFolder } from '../../support/book.ts';
import { type Client, clientFor } from '../../support/client.ts';

describe('the demonstration book', () => {
  const folder = newFolder();
  const [file, files] = [join(folder, 'book.sqlite'), join(folder, 'files')];
  const book: DemoBook = readDemoBook();
  const progress: number[] = [];
  let server: EmbeddedServer;
  let services: Services;
  let anybody: Client;
  let secretary: Client;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    await createDemoBook(folder, file, files, (done, of) => progress.push(done / of));
    const records = openSqliteRecordStore(file);
    const blobs = openFileBlobStore(files);
    services = {
      ...embeddedServices(records, null, { blobs }),
      // The issuer that gave tokens while the book was made is closed.
      verifyToken: async () => ({ issuer: 'test', subject: 'secretary', email: book.publisher }),
    };
    server = await startServer(services, 0, undefined, blobs);
    const origin = `http://127.0.0.1:${server.port}`;
    [anybody, secretary] = [clientFor(origin), clientFor(origin, 'secretary')];
    stop = async () => {
      await server.close();
      records.close();
    };
  }, 120_000);
  afterAll(async () => {
    await stop?.();
    rmSync(folder, { recursive: true, force: true });
  });

  const fetched = async (url: string) =>
    Buffer.from(await (await fetch(`http://127.0.0.1:${server.port}${url}`)).arrayBuffer());

  it('tells of every step of its making once', () => {
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(new Set(progress).size).toBe(progress.length);
  });

  it('gives everybody the documents that its disclosures name, as they were sealed', async () => {
    const { items } = (await anybody.listDisclosures({ query: { limit: '50' } })).body;
    const expected = new Map(book.disclosures.map(({ content, documents = [] }) => [content.title, documents.length]));
    const digests = new Set<string>();
    for (const { id, title } of items) {
      const { documents } = (await anybody.getDisclosure({ params: { disclosureId: id } })).body;
      expect(documents, title).toHaveLength(expected.get(title) ?? 0);
      for (const { url, sha256, size, pages } of documents) {
        const bytes = await fetched(url);
        expect([createHash('sha256').update(bytes).digest('hex'), bytes.length]).toEqual([sha256, size]);
        expect(pages).toBeGreaterThan(0);
        digests.add(sha256);
      }
    }
    expect(digests.size).toBe(14);
  });

  it('keeps the report as it was beside its correction', async () => {
    const { items } = (await anybody.listDisclosures({ query: { limit: '50' } })).body;
    const disclosureId = String(items.find(({ title }) => title === 'Annual Report 2023')?.id);
    const editions = await Promise.all(
      ['1', '2'].map(async edition => (await anybody.getEdition({ params: { disclosureId, edition } })).body),
    );
    expect(editions.map(({ documents }) => documents.map(({ version, name }) => [version, name]))).toEqual([
      [[1, 'annual-report-2023.pdf']],
      [[2, 'annual-report-2023-corrected.pdf']],
    ]);
  });

  it('shows nobody what is internal', async () => {
    const internal = book.documents.filter(({ access }) => access !== 'public');
    expect(internal.map(({ access }) => access).sort()).toEqual([
      'confidential',
      'members',
      'officers',
      'officers',
      'officers',
    ]);
    for (const { kind, title } of internal) {
      const { items } = (await secretary.listDocuments({ query: { kind } })).body;
      const found = items.find(one => one.title === title);
      expect(found?.latest).toMatchObject({ condition: 'sound' });
      const params = { documentId: String(found?.id) };
      expect((await anybody.getDocument({ params })).status).toBe(404);
      expect((await anybody.readFile({ params: { ...params, version: '1' } })).status).toBe(404);
    }
  });

  it('has reviews that are overdue, due and to come', async () => {
    const { items } = (await secretary.listReviews()).body;
    expect(items.map(({ state }) => state)).toEqual(['overdue', 'due', 'later', 'later']);
  });

  it('has one document whose time is over, and all files as they were sealed', async () => {
    await runCustody(services, { periodDays: 30, hoursBetweenRounds: 1 });
    const { items } = (await secretary.listDisposals()).body;
    expect(items.map(({ title }) => title)).toEqual(['Workplan 2011/12 of a forerunner network']);
    const count = book.documents.reduce((sum, document) => sum + document.files.length, 0);
    const { today, returns } = planFilings(book, new Date());
    const originals = returns.flatMap(({ givenOn, amendment }) =>
      givenOn < today ? [amendment === null ? 1 : 2] : [],
    );
    const copies = (await anybody.listReturns()).body.items.length;
    // The printed ones each with its text.
    const all = 2 * count + originals.reduce((sum, one) => sum + one, 0) + copies;
    expect((await anybody.getArchiveState()).body).toMatchObject({ files: all, good: all, failed: 0 });
  });

  const boardId = async () => {
    const { items } = (await anybody.listBodies()).body;
    return String(items.find(({ kind }) => kind === 'board-of-directors')?.id);
  };
  const registerOf = async (year: string) =>
    (await anybody.listRegister({ params: { bodyId: await boardId() }, query: { year, limit: '100' } })).body.items;

  it('has decided by votes and by consent, each on its day, with a number for each', async () => {
    const { meetings, consents } = book.decisions;
    const failed = ['A fee for members'];
    const all = [...meetings.flatMap(({ motions }) => motions), ...consents].map(({ title }) => title);
    const register = (await Promise.all(['2022', '2023', '2024'].map(registerOf))).flat();
    expect(register.map(({ title }) => title).sort()).toEqual(all.filter(title => !failed.includes(title)).sort());
    const days = new Set([...meetings.map(({ startsAt }) => startsAt), '2023-09-20'].map(at => at.slice(0, 10)));
    expect(new Set(register.map(({ decidedAt }) => decidedAt?.slice(0, 10)))).toEqual(days);
    for (const year of ['2022', '2023', '2024']) {
      const numbers = (await registerOf(year)).map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, index) => `${year}-${String(index + 1).padStart(3, '0')}`));
    }
    const params = { bodyId: await boardId() };
    const { items } = (await secretary.listEnded({ params, query: { year: '2022' } })).body;
    expect(items.map(({ title, ended }) => [title, ended])).toEqual([['A fee for members', 'failed']]);
  });

  it('shows everybody one recusal and one rescission, and how they were counted', async () => {
    const register = await registerOf('2023');
    const find = (start: string) => String(register.find(({ title }) => title?.startsWith(start))?.id);
    const resolution = async (start: string) =>
      (await anybody.getResolution({ params: { resolutionId: find(start) } })).body;
    expect((await resolution('Fee for')).vote?.result).toMatchObject({
      decidedBy: 'ruleWhenRecused',
      count: { entitled: 5, recused: 1, present: 4, yes: 4 },
    });
    expect((await resolution('A convening')).later).toMatchObject([{ kind: 'rescinds', number: '2024-003' }]);
  });

  it('has minutes drafted from its record, approved at the next meeting', async () => {
    const params = { bodyId: await boardId() };
    const { items } = (await secretary.listMeetings({ params, query: { when: 'past' } })).body;
    const minutes = await Promise.all(
      items.map(async ({ id }) => (await secretary.getMinutes({ params: { meetingId: id } })).body),
    );
    expect(minutes.map(({ state }) => state)).toEqual(['recorded', ...items.slice(1).map(() => 'approved')]);
    expect(minutes[1]?.text).toContain('No convening in person in 2024');
    expect(minutes[1]?.text).toContain('2024-003');
  });

  it('has declared interests, and one declaration that is missing', async () => {
    const year = new Intl.DateTimeFormat('en', { timeZone: 'America/New_York', year: 'numeric' }).format();
    expect((await secretary.getDeclarationState({ params: { year: '2024' } })).body).toMatchObject({ missing: [] });
    const { declared, missing } = (await secretary.getDeclarationState({ params: { year } })).body;
    expect([declared, missing.length]).toEqual([4, 1]);
    expect((await anybody.listInterests()).status).toBe(401);
  });

  it('has a vote in which directors can vote today, and a public meeting to come', async () => {
    const params = { bodyId: await boardId() };
    const [open] = (await secretary.listPending({ params })).body.items;
    expect(open?.title).toBe(book.decisions.open.title);
    const resolutionId = String(open?.id);
    expect((await secretary.castVote({ params: { resolutionId }, body: { choice: 'yes' } })).status).toBe(200);
    expect((await anybody.getResolution({ params: { resolutionId } })).status).toBe(404);
    const { meeting } = (await anybody.getNextMeeting({ params })).body;
    expect(meeting).toMatchObject({ title: 'Winter meeting', state: 'noticed' });
  });

  it('has a calendar: what is overdue, what is due, what was filed', async () => {
    const { items } = (await secretary.listFilings({ query: { open: 'true', limit: '100' } })).body;
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set(['overdue', 'due']));
    expect((await anybody.getFigures()).body.years.length).toBeGreaterThan(2);
    expect((await anybody.listFilings()).status).toBe(401);
  });

  it('has every event since its founding sealed by the first server that starts', async () => {
    const { records } = services;
    const countIn = async (partition: string) => {
      let count = 0;
      for await (const items of allPages(records, { partition }, 1000)) count += items.length;
      return count;
    };
    // Events stand by the month in which they happened.
    let events = 0;
    for (let year = 2015; year <= 2100; year++) {
      for (let month = 1; month <= 12; month++) {
        events += await countIn(listPartition(eventList(`${year}-${String(month).padStart(2, '0')}`)));
      }
    }
    expect(events).toBeGreaterThan(200);
    expect(await countIn(unsealedPartition)).toBe(events);
  });

  it('leaves nothing of uploads behind', () => {
    const found = readdirSync(join(files, 'quarantine'), { recursive: true, withFileTypes: true });
    expect(found.filter(one => one.isFile())).toEqual([]);
  });
});
