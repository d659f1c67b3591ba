/** The keepers change a person's name or e-mail address. */
import { peopleRoutes } from '../../shared/contract/people.ts';
import { type Person, personRow } from '../../shared/core/people.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';
import { moveEmail } from './email.ts';
import { guardSignIn } from './guard.ts';
import { presentPerson } from './present.ts';

export const updatePerson = operation(
  peopleRoutes.updatePerson,
  async ({ params, body, caller, expected, now, act }, { records }) => {
    const before = await readRecord<Person>(records, 'person', params.personId);
    expectVersion(before, expected);
    if (body.email !== before.data.email) await guardSignIn(records, caller, before, now);
    const { stored, writes } = changeRecord('person', params.personId, before, { ...before.data, ...body }, act);
    const emailWrites = await moveEmail(records, params.personId, before.data.email, body.email);
    return {
      body: presentPerson(stored, caller),
      version: stored.version,
      writes: [...writes, ...moveRows([personRow(before)], [personRow(stored)]), ...emailWrites],
    };
  },
);
