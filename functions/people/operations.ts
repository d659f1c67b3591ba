/** What the function `people` does. */
import type { peopleRoutes } from '../../shared/contract/people.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { acceptInvitation } from './acceptInvitation.ts';
import { createPerson } from './createPerson.ts';
import { eraseContact } from './eraseContact.ts';
import { getMe } from './getMe.ts';
import { getPerson } from './getPerson.ts';
import { invitePerson } from './invitePerson.ts';
import { listPeople } from './listPeople.ts';
import { updatePerson } from './updatePerson.ts';

export const peopleOperations: Implementation<typeof peopleRoutes> = {
  acceptInvitation,
  createPerson,
  eraseContact,
  getMe,
  getPerson,
  invitePerson,
  listPeople,
  updatePerson,
};
