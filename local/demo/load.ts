/** Loads a demonstration book through the API, as its administrator and its secretary would record it. */
import type { Created, DemoBook, DemoDisclosure } from './book.ts';

export interface DemoClient {
  /** Sends a command as the person with that e-mail address. @throws {Error} when it is refused. */
  send(email: string, method: 'POST' | 'PUT', path: string, body: object, version?: number): Promise<Created>;
}

/**
 * @param boardId the board that the founding made.
 * @param progress is told after each step how many of all steps are done.
 */
export async function loadDemoBook(
  book: DemoBook,
  client: DemoClient,
  boardId: string,
  now: Date,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const administrator = book.founding.administrator.email ?? '';
  const ids = new Map([['board', boardId]]);
  const of = book.bodies.length + book.people.length + book.seats.length + book.disclosures.length;
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
  for (const disclosure of book.disclosures) {
    await loadDisclosure(disclosure, book.publisher, client, now);
    step();
  }
}

async function loadDisclosure(
  disclosure: DemoDisclosure,
  publisher: string,
  client: DemoClient,
  now: Date,
): Promise<void> {
  const { content, correction, withdrawal, publishInDays } = disclosure;
  const draft = await client.send(publisher, 'POST', '/v1/disclosures', content);
  const at =
    publishInDays === undefined ? disclosure.at : new Date(now.getTime() + publishInDays * 86_400_000).toISOString();
  if (at === undefined) return;
  const command = (name: string, body: object, version: number) =>
    client.send(publisher, 'POST', `/v1/disclosures/${draft.id}/${name}`, body, version);
  let { version } = await command('publish', { at }, draft.version);
  if (correction !== undefined) {
    const { reason, summary } = correction;
    ({ version } = await command('correct', { reason, content: { ...content, summary } }, version));
  }
  if (withdrawal !== undefined) await command('withdraw', { reason: withdrawal }, version);
}

function idOf(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`The demonstration book names "${key}", which it does not define.`);
  return id;
}
