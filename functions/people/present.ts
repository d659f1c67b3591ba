/** How the API shows a person. */
import type { peopleRoutes } from '../../shared/contract/people.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Person } from '../../shared/core/people.ts';
import type { Stored } from '../../shared/core/records.ts';

/** The e-mail address stands in it only for callers who may see contact data. */
export function presentPerson(
  { id, version, data }: Stored<Person>,
  caller: Caller,
): Answer<typeof peopleRoutes.getPerson> {
  const contact = may(caller, 'see contact data') ? { email: data.email } : {};
  return { id, name: data.name, ...contact, signsIn: data.identity !== null, version };
}
