/** The meetings of a body, as far as the caller may know of them. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { type MeetingCard, meetingList } from '../../shared/core/meetings/meetings.ts';
import { listPartition } from '../../shared/core/records.ts';
import { encodeCursor } from '../../shared/http/cursor.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage, readRecord } from '../../shared/http/read.ts';
import { presentEntry } from './present.ts';
import { earliestRunning, isAhead } from './readCards.ts';
import { seesAll } from './sight.ts';

export const listMeetings = operation(
  meetingsRoutes.listMeetings,
  async ({ params, query, caller, now, nextAddress }, { records }) => {
    const { id: bodyId } = await readRecord<Body>(records, 'body', params.bodyId);
    const whole = seesAll(caller, bodyId);
    const { year, when = year === undefined ? 'upcoming' : undefined } = query;
    const partition = listPartition(meetingList(bodyId));
    const isAsked = (card: MeetingCard) =>
      (whole || card.isKnown) && (when === undefined || isAhead(card, now) === (when === 'upcoming'));
    // Pages of what is to come begin where something may still be under way.
    const begin =
      when === 'upcoming' && year === undefined ? encodeCursor(partition, [earliestRunning(now)]) : undefined;
    const { items, next } = await readPage(records, {
      partition,
      ...(year === undefined ? {} : { prefix: `${year}-` }),
      ...(when === 'past' ? { upTo: `${now}$` } : {}),
      order: when === 'past' ? 'descending' : 'ascending',
      limit: query.limit,
      cursor: query.cursor ?? begin,
      keep: item => isAsked(item.data as unknown as MeetingCard),
    });
    const entries = items.map(item => presentEntry(item.data as unknown as MeetingCard, whole));
    return { body: { items: entries, next: nextOf(next, nextAddress) } };
  },
);
