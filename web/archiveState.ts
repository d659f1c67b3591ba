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
  const kept = html`The archive of this book keeps ${count(files, 'file', 'files')}: documents, and the text read from them. `;
  const within = periodDays === 1 ? 'the last day' : `the last ${periodDays} days`;
  return html`${kept}${told()} Counted on ${dayTime(dateIn(timeZone, at))}.`;

  function told(): Markup {
    if (failed > 0) {
      return html`<strong class="flag gone">${count(failed, 'of them is not as it was', 'of them are not as they were')}
sealed.</strong> What is damaged is not given out.`;
    }
    if (good < files) {
      return html`${count(good, 'was', 'were')} read again within ${within} and found as sealed;
${count(files - good, 'has', 'have')} still to be read again.`;
    }
    return html`${files === 1 ? 'It was' : 'All of them were'} read again within ${within}, and ${
      files === 1 ? 'is as it was' : 'are as they were'
    } sealed.`;
  }
}

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;
