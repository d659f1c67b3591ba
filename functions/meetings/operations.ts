/** What the function `meetings` does. */
import type { meetingsRoutes } from '../../shared/contract/meetings.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { adjournMeeting } from './adjournMeeting.ts';
import { cancelMeeting } from './cancelMeeting.ts';
import { createCalendarAddress } from './createCalendarAddress.ts';
import { createMeeting } from './createMeeting.ts';
import { getMeeting } from './getMeeting.ts';
import { getMinutes } from './getMinutes.ts';
import { getNextMeeting } from './getNextMeeting.ts';
import { giveNotice } from './giveNotice.ts';
import { listAttendance } from './listAttendance.ts';
import { listMeetings } from './listMeetings.ts';
import { openMeeting } from './openMeeting.ts';
import { readBodyCalendar } from './readBodyCalendar.ts';
import { readCalendar } from './readCalendar.ts';
import { recordArrival } from './recordArrival.ts';
import { recordDeparture } from './recordDeparture.ts';
import { recordMinutes } from './recordMinutes.ts';
import { revokeCalendarAddress } from './revokeCalendarAddress.ts';
import { updateMeeting } from './updateMeeting.ts';

export const meetingsOperations: Implementation<typeof meetingsRoutes> = {
  adjournMeeting,
  cancelMeeting,
  createCalendarAddress,
  createMeeting,
  getMeeting,
  getMinutes,
  getNextMeeting,
  giveNotice,
  listAttendance,
  listMeetings,
  openMeeting,
  readBodyCalendar,
  readCalendar,
  recordArrival,
  recordDeparture,
  recordMinutes,
  revokeCalendarAddress,
  updateMeeting,
};
