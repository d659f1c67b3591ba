/** For each operation on votes a request that succeeds for those who may: prepared, then sent as somebody. */
import type { votesRoutes } from '../../shared/contract/votes.ts';
import { assemblyOf, inBody, type Prepare } from './assembly.ts';
import type { TestBook } from './book.ts';
import { closedOf, countedOf, inAnHour, openedOf, secondedOf } from './resolutions.ts';
import { giveRules, putToVote, tiedOf } from './votes.ts';

export const voteRequests: { [Id in keyof typeof votesRoutes]: Prepare } = {
  openVote: inBody(async (client, { bodyId }, { voter, other }) => {
    const { id, version } = await secondedOf(voter, other, bodyId);
    return client.openVote({ params: { resolutionId: id }, version, body: { closesAt: inAnHour() } });
  }),
  castVote: inBody(async (client, { bodyId }, { voter, other, book }) => {
    const { id } = await openedOf(book, voter, other, bodyId);
    return client.castVote({ params: { resolutionId: id }, body: { choice: 'yes' } });
  }),
  giveProxy: inBody(async (client, { bodyId }, { voter, other, book }) => {
    const { id } = await secondedOf(voter, other, bodyId);
    const to = client === book.as.treasurer ? book.people.auditor : book.people.treasurer;
    return client.giveProxy({ params: { resolutionId: id }, body: { to } });
  }),
  recuse: inBody(async (client, { bodyId }, { voter, other, book }) => {
    const { id } = await openedOf(book, voter, other, bodyId);
    return client.recuse({ params: { resolutionId: id }, body: { facts: 'An interest.' } });
  }),
  listRecusals: async book => {
    const params = { resolutionId: await adoptedOf(book) };
    return client => client.listRecusals({ params });
  },
  closeVote: inBody(async (client, { bodyId }, { voter, other, book }) => {
    const { id, version } = await openedOf(book, voter, other, bodyId);
    return client.closeVote({ params: { resolutionId: id }, version });
  }),
  decideTie: async book => {
    await castingRule(book);
    return await inBody(async (client, { bodyId }, { voter, other }) => {
      const opened = await putToVote(book, await secondedOf(voter, other, bodyId), { rule: 'casting' });
      const params = { resolutionId: opened.id };
      await voter.castVote({ params, body: { choice: 'yes' } });
      await other.castVote({ params, body: { choice: 'no' } });
      await closedOf(book, opened.id);
      const { version } = await tiedOf(book, opened.id);
      return client.decideTie({ params, version, body: { choice: 'yes' } });
    })(book);
  },
  listBallots: async book => {
    const params = { resolutionId: await adoptedOf(book) };
    return client => client.listBallots({ params });
  },
};

const adopted = new WeakMap<TestBook, Promise<string>>();

/** One with a vote and a recusal. */
function adoptedOf(book: TestBook): Promise<string> {
  const adopt = async () => {
    const { as } = book;
    const { id } = await openedOf(book, as.member, as.director, await assemblyOf(book));
    const params = { resolutionId: id };
    await as.member.castVote({ params, body: { choice: 'yes' } });
    await as.director.recuse({ params, body: { facts: 'An interest.' } });
    await closedOf(book, id);
    await countedOf(book, id);
    return id;
  };
  const made = adopted.get(book) ?? adopt();
  adopted.set(book, made);
  return made;
}

const ruled = new WeakMap<TestBook, Promise<unknown>>();

/** The rule of the assembly by which its chairs decide ties. */
function castingRule(book: TestBook): Promise<unknown> {
  const give = async () => giveRules(book, await assemblyOf(book), { rules: { casting: { tie: 'chair-casts' } } });
  const made = ruled.get(book) ?? give();
  ruled.set(book, made);
  return made;
}
