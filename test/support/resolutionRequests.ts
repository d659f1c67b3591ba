/** For each operation on resolutions a request that succeeds for those who may: prepared, then sent as somebody. */
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import { assemblyOf, inBody, type Prepare } from './assembly.ts';
import type { Answered, Client } from './client.ts';
import { bodyOf, decidedOf, draftedOf, motionOf, movedOf } from './resolutions.ts';

export const resolutionRequests: { [Id in keyof typeof resolutionsRoutes]: Prepare } = {
  getRules: inBody((client, params) => client.getRules({ params })),
  updateRules: async book => {
    const params = { bodyId: await bodyOf(book, []) };
    const { version, from, history, proof, ...rules } = (await book.as.public.getRules({ params })).body;
    return client =>
      client.updateRules({ params, version, body: { ...rules, from: '2021-01-01', reason: 'Adopted.' } });
  },
  listRegister: inBody((client, params) => client.listRegister({ params })),
  listPending: inBody((client, params) => client.listPending({ params })),
  listEnded: inBody((client, params) => client.listEnded({ params })),
  listFollowUps: inBody((client, params) => client.listFollowUps({ params })),
  listConfidential: async () => client => client.listConfidential(),
  listTexts: adopted((client, params) => client.listTexts({ params })),
  getInForce: adopted((client, params) => client.getInForce({ params })),
  createResolution: inBody((client, params) => client.createResolution({ params, body: motionOf() })),
  getResolution: adopted((client, params) => client.getResolution({ params })),
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
  takeUpResolution: inBody(async (client, { bodyId }, { voter, book }) => {
    const { id, version } = await movedOf(voter, bodyId);
    const params = { resolutionId: id };
    const body = { reason: 'Later.', to: null };
    const aside = (await book.as.secretary.putAsideResolution({ params, version, body })).body;
    return client.takeUpResolution({ params, version: aside.version });
  }),
  changeConfidentiality: inBody(async (client, { bodyId }, { voter }) => {
    const { id, version } = await draftedOf(voter, bodyId);
    const confidential = { reason: 'A person.', reviewOn: '2999-01-01' };
    const body = { confidential, reason: 'Decided.' };
    return client.changeConfidentiality({ params: { resolutionId: id }, version, body });
  }),
  recordFollowUp: inBody(async (client, { bodyId }, { book }) => {
    // Whoever signs in, and is nobody in the book, has nothing to do.
    const me = client.token === undefined ? null : (await client.getMe()).body.person;
    const followUp = { personId: me?.id ?? book.people.member, due: '2999-01-01' };
    const { id, version } = await decidedOf(book, bodyId, motionOf({ followUp }));
    return client.recordFollowUp({ params: { resolutionId: id }, version, body: { done: true, note: 'Done.' } });
  }),
};

/** A request about what the body has adopted. */
function adopted(ask: (client: Client, params: { resolutionId: string }) => Promise<Answered<unknown>>): Prepare {
  return async book => {
    const { id } = await decidedOf(book, await assemblyOf(book));
    return client => ask(client, { resolutionId: id });
  };
}
