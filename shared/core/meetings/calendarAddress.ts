/** The address at which a person's calendar program finds the person's meetings: whoever has it, has them. */
import type { Instant } from '../calendar.ts';
import { pointerKey } from '../records.ts';

/** The record; its identifier is that of the person. */
export interface CalendarAddress {
  /** The SHA-256 of the code in the address; null when it was revoked. The code itself is never stored. */
  readonly codeHash: string | null;
  readonly since: Instant;
}

/** Points from the code of an address to its person. */
export const calendarKey = (codeHash: string) => pointerKey('calendar', codeHash);
