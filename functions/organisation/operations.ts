/** What the function `organisation` does. */
import type { organisationRoutes } from '../../shared/contract/organisation.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { getOrganisation } from './getOrganisation.ts';
import { updateOrganisation } from './updateOrganisation.ts';

export const organisationOperations: Implementation<typeof organisationRoutes> = {
  getOrganisation,
  updateOrganisation,
};
