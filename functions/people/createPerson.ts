/** The keepers record a person. */
import { peopleRoutes } from '../../shared/contract/people.ts';
import { type Person, personRow } from '../../shared/core/people.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { moveEmail } from './email.ts';
import { presentPerson } from './present.ts';

export const createPerson = operation(peopleRoutes.createPerson, async ({ body, caller, act }, { records, newId }) => {
  const id = newId();
  const person: Person = { ...body, identity: null, invitation: null };
  const { stored, writes } = changeRecord('person', id, undefined, person, act);
  return {
    body: presentPerson(stored, caller),
    version: stored.version,
    location: `/v1/people/${id}`,
    writes: [...writes, ...moveRows([], [personRow(stored)]), ...(await moveEmail(records, id, null, body.email))],
  };
});
