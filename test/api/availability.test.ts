/** Whether everybody can really have what is public: looked for on the book's own server, as anybody would. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Looking, lookForDue } from '../../functions/availability/lookForDue.ts';
import { readAvailability } from '../../functions/inspection/readAvailability.ts';
import { startJobs } from '../../local/jobs.ts';
import { mostLooks, toLookForKey } from '../../shared/core/filings/availability.ts';
import type { Paper } from '../../shared/core/filings/filings.ts';
import { describeOnEachStore } from '../support/book.ts';
import { clientFor } from '../support/client.ts';
import { publishedDocumentOf } from '../support/documents.ts';
import { flipBit, takeAway } from '../support/harm.ts';
import { copyOf, returnOf, submittedOn, writeFiled } from '../support/inspectedBook.ts';
import { copyRequestOf } from '../support/inspectionRequests.ts';

describeOnEachStore('what the law opens to everybody', book => {
  const yearsAgo = (years: number) => new Date().getUTCFullYear() - years;
  /** The return of the year before last: open to inspection now, whatever the day. */
  const fileReturn = (copies: readonly Paper[]) =>
    writeFiled(book(), returnOf(yearsAgo(2), [submittedOn(`${yearsAgo(1)}-04-01`, copies)]));
  const hoursFromNow = (hours: number) => () => new Date(Date.now() + hours * 3_600_000);
  const lines = () => book().log.filter(({ operation }) => operation === 'checkAvailability');

  /** The job, so many hours from now. @returns what it found, and what it complained of. */
  async function look(hours = 0, more: Partial<Looking> = {}) {
    const before = lines().length;
    const looking = { origin: book().origin, patienceMilliseconds: 5000, isOver: () => false, ...more };
    await lookForDue({ ...book().services, now: hoursFromNow(hours) }, looking);
    const state = await readAvailability(book().records);
    const findings = new Map(state?.looks.map(({ documentId, finding }) => [documentId, finding]));
    return { findings, state, complaints: lines().slice(before) };
  }
  const ask = () =>
    book()
      .as.secretary.checkAvailability()
      .then(({ body }) => body);

  it('is found to be the very bytes that are archived, and everybody sees that', async () => {
    const period = { from: '2012-01-05', to: '2012-01-05' };
    const letter = await publishedDocumentOf(book(), { kind: 'determination-letter', period });
    const copy = await copyOf(book());
    await fileReturn([copy]);
    expect((await book().as.public.getInspectionSet()).body.check).toBeNull();
    const { findings, state, complaints } = await look();
    expect([...findings]).toEqual([
      [letter.documentId, 'same'],
      [copy.documentId, 'same'],
    ]);
    expect(complaints).toEqual([]);
    const { items, check } = (await book().as.public.getInspectionSet()).body;
    expect(check).toEqual({ origin: book().origin, completedAt: state?.completedAt });
    expect(items.flatMap(({ files }) => files.map(({ found }) => found.finding))).toEqual(['same', 'same']);
  });

  it('is found changed or gone when the store holds other bytes, with a line for each that names no address', async () => {
    const [changed, gone, good] = [await copyOf(book()), await copyOf(book()), await copyOf(book())];
    await fileReturn([changed, gone, good]);
    await ask();
    const mend = await flipBit(book().place, changed.sha256);
    const bring = await takeAway(book().place, gone.sha256);
    const { findings, complaints } = await look();
    expect(findings.get(changed.documentId)).toBe('changed');
    // S3 says of what is not there that it is none of anybody's business, to whoever may not list.
    expect(['missing', 'refused']).toContain(findings.get(gone.documentId));
    expect(findings.get(good.documentId)).toBe('same');
    expect(complaints).toHaveLength(2);
    for (const { level, internal = '' } of complaints) {
      expect(level).toBe('error');
      expect(internal).not.toMatch(/http|signature|X-Amz/i);
    }
    expect(complaints.map(({ internal }) => internal).join()).toContain(changed.documentId);
    const { items } = (await book().as.public.getInspectionSet()).body;
    const shown = items.flatMap(({ files }) => files).find(file => file.documentId === changed.documentId);
    expect(shown?.found.finding).toBe('changed');

    await mend();
    await bring();
    // What was not found is looked for again within the hour, not only the next day.
    expect((await look(0.5)).findings.get(changed.documentId)).toBe('changed');
    const mended = await look(1.1);
    expect([...mended.findings.values()]).not.toContain('changed');
    expect(mended.complaints).toEqual([]);
  });

  it('is found missing when the copy of a filing was withdrawn', async () => {
    const copy = await copyOf(book());
    await fileReturn([copy]);
    const { documentId } = copy;
    await book().records.commit([
      { remove: { table: 'records', partition: `document#${documentId}`, sort: 'references' }, expect: 'any' },
    ]);
    await ask();
    const { findings, complaints } = await look();
    expect(findings.get(documentId)).toBe('missing');
    expect(complaints.map(({ internal }) => internal)).toEqual([expect.stringContaining(documentId)]);
  });

  it('is looked for once a day, at once when somebody asks, and when there is something new', async () => {
    const [first, second] = [await copyOf(book()), await copyOf(book())];
    await fileReturn([first]);
    await ask();
    const at = async (hours: number, { documentId }: Paper) =>
      (await look(hours)).state?.looks.find(one => one.documentId === documentId)?.at;
    const asked = await at(0, first);
    expect(await book().records.get(toLookForKey)).toBeUndefined();
    expect(await at(0.5, first)).toBe(asked);
    expect(await at(23, first)).toBe(asked);
    const nextDay = String(await at(24.5, first));
    expect(Date.parse(nextDay) - Date.parse(String(asked))).toBeGreaterThan(24 * 3_600_000);
    await fileReturn([first, second]);
    expect(await at(26, second)).toBeDefined();
    expect(await at(26, first)).toBe(nextDay);
  });

  it('goes on where a run ended, and forgets nobody who asks meanwhile', async () => {
    const copies = [await copyOf(book()), await copyOf(book()), await copyOf(book())];
    await fileReturn(copies);
    await ask();
    let rest = 2;
    const { findings } = await look(0, { isOver: () => rest-- <= 0 });
    expect(copies.filter(({ documentId }) => findings.get(documentId) === 'same').length).toBeLessThan(3);
    expect(await book().records.get(toLookForKey)).toBeDefined();
    const whole = await look();
    expect(copies.map(({ documentId }) => whole.findings.get(documentId))).toEqual(['same', 'same', 'same']);
    expect(await book().records.get(toLookForKey)).toBeUndefined();
  });

  it('says nothing of a copy that is taken back while it is looked for, nor of another address of the book', async () => {
    const copy = await copyOf(book());
    await fileReturn([copy]);
    const server = createServer(async (request, response) => {
      if (request.url?.includes(copy.documentId)) await fileReturn([]);
      response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await ask();
    const { findings, state, complaints } = await look(0, { origin });
    server.close();
    expect(state?.origin).toBe(origin);
    expect([...findings.keys()]).not.toContain(copy.documentId);
    expect(complaints.map(({ internal }) => internal).join()).not.toContain(copy.documentId);
    expect(findings.size).toBeLessThanOrEqual(mostLooks);
  });

  it('is looked for by the embedded server as soon as somebody asks it', async () => {
    const copy = await copyOf(book());
    await fileReturn([copy]);
    const { services, origin, as } = book();
    const mailer = { repeatable: true, send: async () => {} };
    const jobs = startJobs(services, { round: { periodDays: 30, hoursBetweenRounds: 24 }, mail: { mailer, origin } });
    const other = clientFor(await book().serveWith({ records: jobs.records }), as.secretary.token);
    await other.checkAvailability().then(({ body }) => body);
    const findingOf = async () =>
      (await readAvailability(book().records))?.looks.find(one => one.documentId === copy.documentId)?.finding;
    for (let patience = 200; patience > 0 && (await findingOf()) === undefined; patience--) await pause(50);
    await jobs.stop();
    expect(await findingOf()).toBe('same');
  });

  it('tells, with the answer to a request for copies, whether everything could be had', async () => {
    await fileReturn([await copyOf(book())]);
    await ask();
    const { state } = await look();
    const { id, version, receivedOn } = await copyRequestOf(book());
    const body = { on: receivedOn, how: 'widely-available' as const, note: null };
    const answered = await book().as.treasurer.answerCopyRequest({ params: { requestId: id }, version, body });
    expect(answered.body.answer?.lookedFor).toEqual({ at: state?.completedAt, found: true });

    // Something new that nobody looked for yet.
    await fileReturn([await copyOf(book()), await copyOf(book())]);
    const again = await copyRequestOf(book());
    const params = { requestId: again.id };
    const later = await book().as.treasurer.answerCopyRequest({ params, version: again.version, body });
    expect(later.body.answer?.lookedFor).toMatchObject({ found: false });
  });
});
