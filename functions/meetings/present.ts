/** How the API shows meetings and who attends them. */
import type { meetingsRoutes } from '../../shared/contract/meetings.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import type { Attendance } from '../../shared/core/meetings/attendance.ts';
import { presentAt } from '../../shared/core/meetings/attendance.ts';
import { cardOf, type Meeting, type MeetingCard, meetingState } from '../../shared/core/meetings/meetings.ts';
import type { Stored } from '../../shared/core/records.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';
import { maySee, seesAllOf } from '../resolutions/load.ts';
import { readAttendances } from './presence.ts';
import { readQuorum } from './readQuorum.ts';
import { seesAll } from './sight.ts';

export type PresentedMeeting = Answer<typeof meetingsRoutes.getMeeting>;
export type PresentedEntry = Answer<typeof meetingsRoutes.listMeetings>['items'][number];

/** @param whole whether the caller sees more than that there is a meeting. */
export function presentEntry(card: MeetingCard, whole: boolean): PresentedEntry {
  const { id, bodyId, title, kind, startsAt, endsAt, timeZone, state, place, version } = card;
  return { id, bodyId, title, kind, startsAt, endsAt, timeZone, state, place: whole ? place : null, version };
}

/** For others than the body and officers, only that there is a meeting. */
export async function presentMeeting(
  records: RecordStore,
  meeting: Stored<Meeting>,
  caller: Caller,
  now: Instant,
): Promise<PresentedMeeting> {
  const { cancelled, bodyId } = meeting.data;
  const whole = seesAll(caller, bodyId);
  return {
    ...presentEntry(cardOf(meeting), whole),
    cancelled: cancelled === null ? null : { at: cancelled.at, reason: cancelled.reason },
    details: whole ? await presentDetails(records, meeting, caller, now) : null,
  };
}

async function presentDetails(records: RecordStore, { id, data }: Stored<Meeting>, caller: Caller, now: Instant) {
  const { remote, isPublic, guests, seriesId, notice, held } = data;
  const [names, quorum, agenda] = await Promise.all([
    readNames(records, notice === null ? [] : [notice.by]),
    meetingState(data) === 'open' ? quorumNow(records, id, data, now) : null,
    presentAgenda(records, data, caller, now),
  ]);
  return {
    remote,
    isPublic,
    agenda,
    guests: [...guests],
    seriesId,
    notice: notice === null ? null : { ...notice, by: { id: notice.by, name: names.get(notice.by) ?? '' } },
    held,
    quorum,
  };
}

/** For officers who do not sit in the body without resolutions that they may not see; of what is confidential only that it is there. */
async function presentAgenda(records: RecordStore, { bodyId, agenda }: Meeting, caller: Caller, now: Instant) {
  const items = agenda.map(({ documents, ...item }) => ({ ...item, documents: [...documents] }));
  if (seesAllOf(caller, bodyId)) return items;
  const ids = agenda.flatMap(({ resolutionId }) => resolutionId ?? []);
  const resolutions = await readEach<Resolution>(records, 'resolution', ids);
  return items.map(item => {
    const resolution = resolutions.get(item.resolutionId ?? '');
    if (resolution === undefined || maySee(caller, resolution, now)) return item;
    if (resolution.confidential === null) return { ...item, resolutionId: null };
    return { title: 'A confidential matter', description: '', resolutionId: null, documents: [] };
  });
}

async function quorumNow(records: RecordStore, id: string, meeting: Meeting, now: Instant) {
  const [attendances, { quorumOf }] = await Promise.all([readAttendances(records, id), readQuorum(records, meeting)]);
  return quorumOf(presentAt(attendances, now));
}

export const presentAttendance = ({ personId, spans }: Attendance, names: ReadonlyMap<string, string>) => ({
  person: { id: personId, name: names.get(personId) ?? '' },
  spans: [...spans],
});
