/** Whoever leads the body records the minutes of a meeting that is over, or other ones until they are approved. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { demandState } from '../../shared/core/meetings/meetings.ts';
import { type Minutes, record } from '../../shared/core/meetings/minutes.ts';
import { changeRecord, recordKey, stored } from '../../shared/core/records.ts';
import { PreconditionFailedError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { demandLeader } from '../resolutions/seats.ts';
import { loadWhole } from './load.ts';
import { presentMinutes } from './presentMinutes.ts';

export const recordMinutes = operation(
  meetingsRoutes.recordMinutes,
  async ({ params, body, caller, now, expected, act }, { records }) => {
    const meeting = await loadWhole(records, params.meetingId, caller);
    const { id, data } = meeting;
    await demandLeader(records, caller, data.bodyId, await readToday(records, now));
    const item = await records.get(recordKey('minutes', id));
    const before = item === undefined ? undefined : stored<Minutes>(id, item);
    if ((before?.version ?? 0) !== expected) throw new PreconditionFailedError();
    demandState(data, ['adjourned'], 'Minutes are recorded once it is over.');
    const after = record(before?.data, data.bodyId, body.text, now);
    const { stored: minutes, writes } = changeRecord('minutes', id, before, after, act);
    return {
      body: await presentMinutes(records, meeting, minutes, now),
      version: minutes.version,
      writes,
    };
  },
);
