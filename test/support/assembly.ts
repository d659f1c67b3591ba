/** The body in which everybody of a book votes and presides, so that roles alone decide who may do something in it. */
import type { TestBook } from './book.ts';
import type { Answered, Client } from './client.ts';
import { bodyOf } from './resolutions.ts';

/** Prepares a request that succeeds for those who may; it is then sent as somebody. */
export type Prepare = (book: TestBook) => Promise<(client: Client) => Promise<Answered<unknown>>>;

export interface Voters {
  readonly book: TestBook;
  /** Whoever asks, or a member in place of somebody who has no seat. */
  readonly voter: Client;
  readonly other: Client;
}

export function inBody(
  ask: (client: Client, params: { bodyId: string }, voters: Voters) => Promise<Answered<unknown>>,
): Prepare {
  return async book => {
    const { as } = book;
    const bodyId = await assemblyOf(book);
    return client => {
      const voter = [as.public, as['signed-in']].includes(client) ? as.member : client;
      return ask(client, { bodyId }, { book, voter, other: voter === as.director ? as.member : as.director });
    };
  };
}

const assemblies = new WeakMap<TestBook, Promise<string>>();

export function assemblyOf(book: TestBook): Promise<string> {
  const everybody = Object.keys(book.people) as (keyof TestBook['people'])[];
  const made = assemblies.get(book) ?? bodyOf(book, everybody, { office: 'co-chair' });
  assemblies.set(book, made);
  return made;
}
