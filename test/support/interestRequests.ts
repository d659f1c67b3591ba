/** For each operation on interests a request that succeeds for those who may: prepared, then sent as somebody. */
import type { interestsRoutes } from '../../shared/contract/interests.ts';
import type { Prepare } from './assembly.ts';

const year = String(new Date().getUTCFullYear() - 1);

export const interestRequests: { [Id in keyof typeof interestsRoutes]: Prepare } = {
  getMyDeclaration: async () => client => client.getMyDeclaration({ params: { year } }),
  declareInterests: async () => client =>
    client.declareInterests({ params: { year }, version: 0, body: { interests: [] } }),
  listDeclarations: async () => client => client.listDeclarations(),
  getDeclarationState: async () => client => client.getDeclarationState({ params: { year } }),
  listInterests: async () => client => client.listInterests(),
  listPersonInterests:
    async ({ people }) =>
    client =>
      client.listPersonInterests({ params: { personId: people.director } }),
};
