/** Who the caller is to the book. */
import { peopleRoutes } from '../../shared/contract/people.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Person } from '../../shared/core/people.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';

export const getMe = operation(peopleRoutes.getMe, async ({ caller }, { records }) => {
  if (caller.personId === null) return { body: { person: null, roles: [...caller.roles] } };
  const { id, data } = await readRecord<Person>(records, 'person', caller.personId);
  return { body: presentMe(id, data.name, caller) };
});

export function presentMe(id: string, name: string, caller: Caller): Answer<typeof peopleRoutes.getMe> {
  return { person: { id, name }, roles: [...caller.roles] };
}
