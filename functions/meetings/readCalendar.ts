/** The meetings of the bodies in which a person sits today, as iCalendar, for whoever has the address. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { bodiesOn } from '../../shared/core/authorisation.ts';
import { type Body, bodyOn } from '../../shared/core/bodies.ts';
import { sha256 } from '../../shared/core/digest.ts';
import { calendarKey } from '../../shared/core/meetings/calendarAddress.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { heldSeats } from '../../shared/http/identify.ts';
import { operation } from '../../shared/http/operation.ts';
import { readEach, readToday } from '../../shared/http/read.ts';
import { type CalendarEntry, meetingCalendar } from '../../web/meetingCalendar.ts';
import { readEntries } from './readEntries.ts';

export const readCalendar = operation(meetingsRoutes.readCalendar, async ({ params, now }, { records }) => {
  const pointer = await records.get(calendarKey(sha256(params.code)));
  const personId = pointer?.data.personId;
  if (typeof personId !== 'string') throw new NotFoundError();
  const today = await readToday(records, now);
  const sits = [...bodiesOn(await heldSeats(personId, records, today), today)].toSorted();
  const bodies = await readEach<Body>(records, 'body', sits);
  const entries: CalendarEntry[] = [];
  for (const [id, data] of bodies) {
    const body = bodyOn(data, today)?.name ?? '';
    entries.push(...(await readEntries(records, id, now)).map(card => ({ card, body, place: card.place })));
  }
  return {
    body: meetingCalendar('Meetings', entries),
    // Whoever has the address may keep the answer; nobody in between may.
    headers: { 'cache-control': 'private, no-cache' },
  };
});
