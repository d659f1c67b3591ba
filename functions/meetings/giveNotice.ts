/** Whoever leads the body gives notice of a meeting: in time by the body's rule of that day, or with the reason of a waiver. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { rulesOf } from '../../shared/core/decisions/rulebook.ts';
import { mailingRows } from '../../shared/core/mailings.ts';
import { giveNotice as give } from '../../shared/core/meetings/meetings.ts';
import { checkNotice } from '../../shared/core/meetings/notice.ts';
import { moveRows } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { readRulebook } from '../resolutions/rules.ts';
import { changeMeeting } from './change.ts';

export const giveNotice = operation(meetingsRoutes.giveNotice, (input, { records }) =>
  changeMeeting(records, input, async ({ id, data: before }, by) => {
    const { body, now } = input;
    const [{ body: of, rulebook }, givenOn, meetsOn] = await Promise.all([
      readRulebook(records, before.bodyId),
      readToday(records, now),
      readToday(records, before.startsAt),
    ]);
    const check = checkNotice(rulesOf(rulebook?.data, of.kind, givenOn).notice, before.kind, givenOn, meetsOn);
    return {
      after: give(before, { givenAt: now, by, check, waiver: body.waiver }),
      writes: moveRows([], mailingRows.meetingNotice(id, now)),
    };
  }),
);
