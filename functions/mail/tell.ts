/** What a mailing tells today, and whom. */
import type { Mailing } from '../../shared/core/mailings.ts';
import type { MailServices } from './services.ts';
import { tellOfFiling } from './tellOfFiling.ts';
import { tellOfMeeting } from './tellOfMeeting.ts';
import { tellOfResolution } from './tellOfResolution.ts';
import type { Told } from './told.ts';

/** Undefined when it makes no sense any more. */
export function tell(mailing: Mailing, services: MailServices): Promise<Told | undefined> {
  if (mailing.kind === 'filing-due') return tellOfFiling(mailing, services);
  return mailing.kind === 'meeting-notice' ? tellOfMeeting(mailing, services) : tellOfResolution(mailing, services);
}
