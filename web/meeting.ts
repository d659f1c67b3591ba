/** A meeting in a line: what it is called, and when. */
import { html } from 'hono/html';
import type { meetingsRoutes } from '../shared/contract/meetings.ts';
import type { Answer } from '../shared/contract/route.ts';
import { dateIn } from '../shared/core/calendar.ts';
import { dayTime } from './dates.ts';
import type { Markup } from './layout.ts';

export type MeetingEntry = Answer<typeof meetingsRoutes.listMeetings>['items'][number];

/** `"The strategic plan" of 13 May 2022`, the day where it was held. */
export const meetingText = ({ title, startsAt, timeZone }: MeetingEntry): Markup =>
  html`“<bdi>${title}</bdi>” of ${dayTime(dateIn(timeZone, startsAt))}`;
