/** The meeting of a body that is under way, or comes next. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import { readNextMeeting } from './readNextMeeting.ts';

export const getNextMeeting = operation(meetingsRoutes.getNextMeeting, async ({ params, caller, now }, { records }) => {
  const { id: bodyId } = await readRecord<Body>(records, 'body', params.bodyId);
  return { body: { meeting: await readNextMeeting(records, bodyId, caller, now) } };
});
