/** Whoever leads the body calls a meeting to order. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { rulesOf } from '../../shared/core/decisions/rulebook.ts';
import { open } from '../../shared/core/meetings/meetings.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { readRulebook } from '../resolutions/rules.ts';
import { changeMeeting } from './change.ts';

export const openMeeting = operation(meetingsRoutes.openMeeting, (input, { records }) =>
  changeMeeting(records, input, async ({ data: before }) => {
    const { body, rulebook } = await readRulebook(records, before.bodyId);
    const { notice } = rulesOf(rulebook?.data, body.kind, await readToday(records, input.now));
    return { after: open(before, notice[before.kind] !== null, input.now) };
  }),
);
