/** Whether the archive still holds what was sealed, in a sentence for everybody. */
import { html } from 'hono/html';
import type { archiveRoutes } from '../shared/contract/archive.ts';
import type { Answer } from '../shared/contract/route.ts';
import { dateIn } from '../shared/core/calendar.ts';
import { dayTime } from './dates.ts';
import type { Markup } from './layout.ts';

export type ArchiveState = Answer<typeof archiveRoutes.getArchiveState>;

/** Null as long as there is nothing to say: nothing was counted yet, or nothing is kept. */
export function archiveLine(state: ArchiveState, timeZone: string): Markup | null {
  const { at, files, good, failed, periodDays } = state;
  if (at === null || files === 0) return null;
  const counted = html`As of ${dayTime(dateIn(timeZone, at))}.`;
  const kept = html`The archive of this book keeps ${files === 1 ? '1 file' : `${files} files`}.`;
  const within = periodDays === 1 ? 'the last day' : `the last ${periodDays} days`;
  if (failed > 0) {
    return html`${kept} <strong class="flag gone">${failed} of them ${failed === 1 ? 'is' : 'are'} not as sealed</strong>
any more; what is damaged is not given out. ${counted}`;
  }
  if (good < files) {
    return html`${kept} ${good} of them ${good === 1 ? 'was' : 'were'} read again within ${within} and ${
      good === 1 ? 'is as it was' : 'are as they were'
    } sealed; ${files - good} ${files - good === 1 ? 'has' : 'have'} still to be read again. ${counted}`;
  }
  return html`${kept} ${files === 1 ? 'It was' : 'All were'} read again within ${within} and ${
    files === 1 ? 'is as it was' : 'are as they were'
  } sealed. ${counted}`;
}
