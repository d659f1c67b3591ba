/** A person ends the address of the calendar. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { writeAddress } from './calendarAddress.ts';

export const revokeCalendarAddress = operation(
  meetingsRoutes.revokeCalendarAddress,
  async ({ caller, act }, { records }) => {
    if (caller.personId === null) throw new NotFoundError();
    const { hadOne, writes } = await writeAddress(records, caller.personId, null, act);
    return { body: { revoked: hadOne }, writes };
  },
);
