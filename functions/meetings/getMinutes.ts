/** The minutes of a meeting, or their draft. There are none before it is opened. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import type { Minutes } from '../../shared/core/meetings/minutes.ts';
import { recordKey, stored } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { seesAllOf } from '../resolutions/load.ts';
import { loadWhole } from './load.ts';
import { presentMinutes } from './presentMinutes.ts';

export const getMinutes = operation(meetingsRoutes.getMinutes, async ({ params, caller, now }, { records }) => {
  const meeting = await loadWhole(records, params.meetingId, caller);
  // They tell all that was decided, confidential or not.
  if (meeting.data.held === null || !seesAllOf(caller, meeting.data.bodyId)) throw new NotFoundError();
  const item = await records.get(recordKey('minutes', meeting.id));
  const minutes = item === undefined ? undefined : stored<Minutes>(meeting.id, item);
  const body = await presentMinutes(records, meeting, minutes, now);
  return { body, version: body.version };
});
