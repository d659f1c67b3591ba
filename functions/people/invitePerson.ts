/** The keepers invite a person to bind a sign-in; the code is answered once and stored only as its hash. */
import { peopleRoutes } from '../../shared/contract/people.ts';
import { may } from '../../shared/core/authorisation.ts';
import { instant } from '../../shared/core/calendar.ts';
import { sha256 } from '../../shared/core/digest.ts';
import { invitationKey, type Person, pointerTo } from '../../shared/core/people.ts';
import { changeRecord } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { guardSignIn } from './guard.ts';

const validDays = 14;

export const invitePerson = operation(
  peopleRoutes.invitePerson,
  async ({ params, caller, expected, now, act }, { records, newCode }) => {
    const before = await readRecord<Person>(records, 'person', params.personId);
    expectVersion(before, expected);
    await guardSignIn(records, caller, before, now);
    const byAdministrator = may(caller, 'change the sign-in of officers');
    const code = newCode();
    const codeHash = sha256(code);
    const expiresAt = instant(new Date(Date.parse(now) + validDays * 24 * 60 * 60 * 1000));
    const after: Person = { ...before.data, invitation: { codeHash, expiresAt, byAdministrator } };
    const { stored, writes } = changeRecord('person', params.personId, before, after, act);
    const open = before.data.invitation;
    const endOpen: Write[] = open === null ? [] : [{ remove: invitationKey(open.codeHash), expect: 'any' }];
    return {
      body: { code, expiresAt },
      version: stored.version,
      writes: [...writes, ...endOpen, pointerTo(invitationKey(codeHash), params.personId, 'absent')],
    };
  },
);
