/** Somebody who is signed in takes the invitation that was made for them. */
import { peopleRoutes } from '../../shared/contract/people.ts';
import { sha256 } from '../../shared/core/digest.ts';
import { identityKey, invitationKey, type Person, pointerTo } from '../../shared/core/people.ts';
import { changeRecord } from '../../shared/core/records.ts';
import { AlreadyExistsError, NotFoundError, SignInRequiredError, StateConflictError } from '../../shared/errors.ts';
import { callerOf } from '../../shared/http/identify.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { presentMe } from './getMe.ts';
import { isGuarded } from './guard.ts';

export const acceptInvitation = operation(
  peopleRoutes.acceptInvitation,
  async ({ body, identity, caller, now, act }, { records }) => {
    if (identity === null) throw new SignInRequiredError();
    const codeKey = invitationKey(sha256(body.code));
    const personId = (await records.get(codeKey))?.data.personId;
    if (typeof personId !== 'string') throw new NotFoundError();
    if (caller.personId !== null && caller.personId !== personId) {
      throw new AlreadyExistsError('Your sign-in belongs to another person already. Ask an administrator.');
    }
    const before = await readRecord<Person>(records, 'person', personId);
    const { invitation } = before.data;
    if (invitation === null || invitation.expiresAt <= now) throw new NotFoundError();
    // The person may have come into office since a keeper made the invitation, and the keeper may have kept its code.
    if (!invitation.byAdministrator && (await isGuarded(records, before, now))) {
      throw new StateConflictError(
        'You have come into office since you were invited. Ask an administrator to invite you.',
      );
    }
    const bound = { issuer: identity.issuer, subject: identity.subject };
    const key = identityKey(bound);
    const after: Person = { ...before.data, identity: bound, invitation: null };
    const { stored, writes } = changeRecord('person', personId, before, after, { ...act, by: personId });
    const former = before.data.identity;
    const endFormer: Write[] = former === null ? [] : [{ remove: identityKey(former), expect: 'any' }];
    const known = await callerOf(identity, records, now, personId);
    return {
      body: presentMe(personId, after.name, known),
      version: stored.version,
      writes: [
        ...writes,
        { remove: codeKey, expect: { version: 1 } },
        ...endFormer,
        pointerTo(key, personId, 'absent'),
      ],
    };
  },
);
