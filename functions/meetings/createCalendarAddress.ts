/** A person asks for an address at which a calendar program finds the person's meetings; it is told once. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { sha256 } from '../../shared/core/digest.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { writeAddress } from './calendarAddress.ts';

export const createCalendarAddress = operation(
  meetingsRoutes.createCalendarAddress,
  async ({ caller, act, origin }, { records, newCode }) => {
    if (caller.personId === null) throw new NotFoundError();
    const code = newCode();
    const { writes } = await writeAddress(records, caller.personId, sha256(code), act);
    return { body: { address: `${origin()}/v1/calendars/${code}` }, writes };
  },
);
