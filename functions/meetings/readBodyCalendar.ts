/** The meetings of a body that everybody may know of, as iCalendar. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import { type Body, bodyOn } from '../../shared/core/bodies.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord, readToday } from '../../shared/http/read.ts';
import { meetingCalendar } from '../../web/meetingCalendar.ts';
import { readEntries } from './readEntries.ts';

export const readBodyCalendar = operation(meetingsRoutes.readBodyCalendar, async ({ params, now }, { records }) => {
  const { id, data } = await readRecord<Body>(records, 'body', params.bodyId);
  const today = await readToday(records, now);
  const name = bodyOn(data, today)?.name ?? data.history.at(-1)?.name ?? '';
  // The same for everybody, whoever asks: a calendar program does not sign in.
  const known = (await readEntries(records, id, now)).filter(card => card.isKnown);
  return {
    body: meetingCalendar(
      name,
      known.map(card => ({ card, body: name, place: null })),
    ),
  };
});
