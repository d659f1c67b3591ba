/** Loads a demonstration book through the API, as its administrator and its secretary would record it. */
import { dateIn, instant } from '../../shared/core/calendar.ts';
import type { DemoBook, DemoDisclosure } from './book.ts';
import type { DemoClient } from './client.ts';
import type { DemoClock } from './clock.ts';
import { decisionSteps, loadDecisions } from './decisions.ts';
import { type DemoArchive, sendDocuments } from './documents.ts';
import { filingSteps, loadFilings, planFilings } from './filings.ts';

/**
 * @param boardId the board that the founding made.
 * @param progress is told after each step how many of all steps are done.
 */
export async function loadDemoBook(
  book: DemoBook,
  client: DemoClient,
  boardId: string,
  clock: DemoClock,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const administrator = book.founding.administrator.email ?? '';
  const ids = new Map([['board', boardId]]);
  const all = [book.bodies, book.people, book.seats, book.documents, book.disclosures];
  const now = clock.now();
  const filings = planFilings(book, now);
  const of = all.reduce((sum, { length }) => sum + length, 0) + decisionSteps(book.decisions) + filingSteps(filings);
  let done = 0;
  const step = () => progress(++done, of);

  for (const { key, parent, publishesSeats = true, ...body } of book.bodies) {
    const parentBodyId = parent === null ? null : idOf(ids, parent);
    const { id } = await client.send(administrator, 'POST', '/v1/bodies', { ...body, parentBodyId, publishesSeats });
    ids.set(key, id);
    step();
  }
  for (const { key, ...person } of book.people) {
    ids.set(key, (await client.send(administrator, 'POST', '/v1/people', person)).id);
    step();
  }
  for (const { body, person, ...seat } of book.seats) {
    const path = `/v1/bodies/${idOf(ids, body)}/seats`;
    await client.send(administrator, 'POST', path, { ...seat, personId: idOf(ids, person) });
    step();
  }
  const today = dateIn(book.founding.organisation.timeZone, instant(now));
  const archive = await sendDocuments(book, client, key => idOf(ids, key), today, step);
  for (const disclosure of book.disclosures) {
    await loadDisclosure(disclosure, book.publisher, client, archive, now);
    step();
  }
  await archive.sealed();
  const scene = { client, clock, archive, idOf: (key: string) => idOf(ids, key), step };
  await loadDecisions(book, scene);
  await loadFilings(filings, scene);
}

async function loadDisclosure(
  disclosure: DemoDisclosure,
  publisher: string,
  client: DemoClient,
  archive: DemoArchive,
  now: Date,
): Promise<void> {
  const { correction, withdrawal, publishInDays } = disclosure;
  const content = { ...disclosure.content, documents: await archive.cite(disclosure.documents ?? []) };
  const draft = await client.send(publisher, 'POST', '/v1/disclosures', content);
  const at =
    publishInDays === undefined ? disclosure.at : new Date(now.getTime() + publishInDays * 86_400_000).toISOString();
  if (at === undefined) return;
  const command = (name: string, body: object, version: number) =>
    client.send(publisher, 'POST', `/v1/disclosures/${draft.id}/${name}`, body, version);
  let { version } = await command('publish', { at }, draft.version);
  if (correction !== undefined) {
    const { reason, summary } = correction;
    const documents = correction.documents === undefined ? content.documents : await archive.cite(correction.documents);
    ({ version } = await command('correct', { reason, content: { ...content, summary, documents } }, version));
  }
  if (withdrawal !== undefined) await command('withdraw', { reason: withdrawal }, version);
}

function idOf(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The demonstration book names "${key}", which it does not define.`);
  return id;
}
