/** One person. */
import { peopleRoutes } from '../../shared/contract/people.ts';
import type { Person } from '../../shared/core/people.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import { presentPerson } from './present.ts';

export const getPerson = operation(peopleRoutes.getPerson, async ({ params, caller }, { records }) => {
  const person = await readRecord<Person>(records, 'person', params.personId);
  return { body: presentPerson(person, caller), version: person.version };
});
