/** What a mailing tells of a meeting today, and whom. */
import { dateIn } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import type { Mailing } from '../../shared/core/mailings.ts';
import { type Meeting, meetingState } from '../../shared/core/meetings/meetings.ts';
import { recordKey } from '../../shared/core/records.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { isSeatOfBody, readHouse, seated } from './house.ts';
import type { MailServices } from './services.ts';
import type { Told } from './told.ts';

/** Undefined when it makes no sense any more: the meeting was cancelled, is over, or will be another than it was. */
export async function tellOfMeeting({ kind, about: id, dueAt }: Mailing, services: MailServices) {
  const { records } = services;
  const meeting = (await records.get(recordKey('meeting', id)))?.data as unknown as Meeting | undefined;
  if (meeting === undefined || !['noticed', 'open'].includes(meetingState(meeting))) return undefined;
  // A notice that was given anew has a mailing of its own.
  if (meeting.notice?.givenAt !== dueAt) return undefined;
  const house = await readHouse(meeting.bodyId, services);
  if (house === undefined) return undefined;
  const { title, place, remote, startsAt, timeZone, bodyId } = meeting;
  const { letterhead, isDemonstration, sits } = house;
  const agenda = await titlesOf(meeting.agenda, records);
  return {
    notice: {
      kind,
      title,
      at: startsAt,
      link: null,
      details: [
        ...(place === null ? [] : [`Place: ${place}`]),
        ...(remote === null ? [] : [`To take part from afar: ${remote}`]),
        ...(agenda.length === 0 ? [] : [`Agenda:\n${agenda.map((item, index) => `${index + 1}. ${item}`).join('\n')}`]),
      ],
    },
    letterhead: { ...letterhead, timeZone },
    isDemonstration,
    recipients: () => seated(records, bodyId, dateIn(letterhead.timeZone, startsAt), isSeatOfBody),
    concerns: personId => sits(personId, isSeatOfBody),
  } satisfies Told;
}

/** What is confidential is an item without its title. */
async function titlesOf(agenda: Meeting['agenda'], records: RecordStore): Promise<string[]> {
  const ids = agenda.flatMap(({ resolutionId }) => resolutionId ?? []);
  const resolutions = await readEach<Resolution>(records, 'resolution', ids);
  return agenda.map(({ title, resolutionId }) => {
    const isConfidential = (resolutions.get(resolutionId ?? '')?.confidential ?? null) !== null;
    return isConfidential ? 'A confidential matter' : title;
  });
}
