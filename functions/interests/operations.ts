/** What the function `interests` does. */
import type { interestsRoutes } from '../../shared/contract/interests.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { declareInterests } from './declareInterests.ts';
import { getDeclarationState } from './getDeclarationState.ts';
import { getMyDeclaration } from './getMyDeclaration.ts';
import { listDeclarations } from './listDeclarations.ts';
import { listInterests } from './listInterests.ts';
import { listPersonInterests } from './listPersonInterests.ts';

export const interestsOperations: Implementation<typeof interestsRoutes> = {
  declareInterests,
  getDeclarationState,
  getMyDeclaration,
  listDeclarations,
  listInterests,
  listPersonInterests,
};
