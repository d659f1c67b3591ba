/** For each operation on resolutions a request that succeeds for those who may: prepared, then sent as somebody. */
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { TestBook } from './book.ts';
import type { Answered, Client } from './client.ts';
import {
  bodyOf,
  closedOf,
  countedOf,
  draftedOf,
  inAnHour,
  motionOf,
  movedOf,
  openedOf,
  secondedOf,
} from './resolutions.ts';

type Prepare = (book: TestBook) => Promise<(client: Client) => Promise<Answered<unknown>>>;

export const resolutionRequests: { [Id in keyof typeof resolutionsRoutes]: Prepare } = {
  getRules: inBody((client, params) => client.getRules({ params })),
  updateRules: async book => {
    const params = { bodyId: await bodyOf(book, []) };
    const { version, from: _, ...rules } = (await book.as.public.getRules({ params })).body;
    return client =>
      client.updateRules({ params, version, body: { ...rules, from: '2021-01-01', reason: 'Adopted.' } });
  },
  listRegister: inBody((client, params) => client.listRegister({ params })),
  listPending: inBody((client, params) => client.listPending({ params })),
  createResolution: inBody((client, params) => client.createResolution({ params, body: motionOf() })),
  getResolution: async book => {
    const bodyId = await assemblyOf(book);
    const { id: resolutionId } = await openedOf(book, book.as.member, book.as.director, bodyId);
    await book.as.member.castVote({ params: { resolutionId }, body: { choice: 'yes' } });
    await closedOf(book, resolutionId);
    await countedOf(book, resolutionId);
    return client => client.getResolution({ params: { resolutionId } });
  },
  updateResolution: inBody(async (client, { bodyId }, { voter }) => {
    const { id, version } = await draftedOf(voter, bodyId);
    return client.updateResolution({ params: { resolutionId: id }, version, body: motionOf({ title: 'Another' }) });
  }),
  moveResolution: inBody(async (client, { bodyId }, { voter }) => {
    const { id, version } = await draftedOf(voter, bodyId);
    return client.moveResolution({ params: { resolutionId: id }, version });
  }),
  secondResolution: inBody(async (client, { bodyId }, { other }) => {
    const { id, version } = await movedOf(other, bodyId);
    return client.secondResolution({ params: { resolutionId: id }, version });
  }),
  withdrawResolution: inBody(async (client, { bodyId }, { voter }) => {
    const { id, version } = await movedOf(voter, bodyId);
    return client.withdrawResolution({ params: { resolutionId: id }, version, body: { reason: 'Wrong.' } });
  }),
  putAsideResolution: inBody(async (client, { bodyId }, { voter }) => {
    const { id, version } = await movedOf(voter, bodyId);
    const body = { reason: 'Later.', to: null };
    return client.putAsideResolution({ params: { resolutionId: id }, version, body });
  }),
  openVote: inBody(async (client, { bodyId }, { voter, other }) => {
    const { id, version } = await secondedOf(voter, other, bodyId);
    return client.openVote({ params: { resolutionId: id }, version, body: { closesAt: inAnHour() } });
  }),
  castVote: inBody(async (client, { bodyId }, { voter, other, book }) => {
    const { id } = await openedOf(book, voter, other, bodyId);
    return client.castVote({ params: { resolutionId: id }, body: { choice: 'yes' } });
  }),
  closeVote: inBody(async (client, { bodyId }, { voter, other, book }) => {
    const { id, version } = await openedOf(book, voter, other, bodyId);
    return client.closeVote({ params: { resolutionId: id }, version });
  }),
  listBallots: inBody(async (client, { bodyId }, { voter, other, book }) => {
    const { id } = await openedOf(book, voter, other, bodyId);
    return client.listBallots({ params: { resolutionId: id } });
  }),
};

interface Voters {
  readonly book: TestBook;
  /** Whoever asks, or a member in place of somebody who has no seat. */
  readonly voter: Client;
  readonly other: Client;
}

/** A request in the body in which everybody of the book votes and presides, so that roles alone decide. */
function inBody(ask: (client: Client, params: { bodyId: string }, voters: Voters) => Promise<Answered<unknown>>) {
  return async (book: TestBook) => {
    const { as } = book;
    const bodyId = await assemblyOf(book);
    return (client: Client) => {
      const voter = [as.public, as['signed-in']].includes(client) ? as.member : client;
      return ask(client, { bodyId }, { book, voter, other: voter === as.director ? as.member : as.director });
    };
  };
}

const assemblies = new WeakMap<TestBook, Promise<string>>();

function assemblyOf(book: TestBook): Promise<string> {
  const everybody = Object.keys(book.people) as (keyof TestBook['people'])[];
  const made = assemblies.get(book) ?? bodyOf(book, everybody, { office: 'co-chair' });
  assemblies.set(book, made);
  return made;
}
