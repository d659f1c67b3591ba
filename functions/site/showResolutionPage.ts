/** The page of one adopted resolution. Everybody sees what the public may see; what the public may not see is not there. */
import { siteRoutes } from '../../shared/contract/site.ts';
import { anonymous } from '../../shared/core/authorisation.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { dateIn } from '../../shared/core/calendar.ts';
import type { Resolution } from '../../shared/core/decisions/resolutions.ts';
import { cardOf, isKnown, type Meeting } from '../../shared/core/meetings/meetings.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { proofsOf } from '../../shared/http/proofs.ts';
import { readEach, readRecord } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { MeetingEntry } from '../../web/meeting.ts';
import { resolutionPage } from '../../web/resolutionPage.ts';
import { presentEntry } from '../meetings/present.ts';
import { loadVisible } from '../resolutions/load.ts';
import { presentResolution } from '../resolutions/present.ts';
import { readInForce } from '../resolutions/readInForce.ts';
import { readRollCall } from './readRollCall.ts';
import { nameOn, readOrganisation } from './readSite.ts';

export const showResolutionPage = operation(siteRoutes.showResolutionPage, async ({ params, now }, { records }) => {
  const [known, resolution, [inLog = null]] = await Promise.all([
    readOrganisation(records, now),
    loadVisible(records, params.resolutionId, anonymous, now),
    proofsOf(records, [{ kind: 'resolution', id: params.resolutionId }]),
  ]);
  const { bodyId, adoption, vote } = resolution.data;
  if (known === null || adoption === null) throw new NotFoundError();
  const { timeZone, today, profile } = known;
  const asked = { caller: anonymous, now };
  const approved = meetingsApproved(resolution.data);
  const [presented, inForce, { data: body }, meetings] = await Promise.all([
    presentResolution(records, resolution, anonymous, now),
    readInForce(records, resolution, today, asked),
    readRecord<Body>(records, 'body', bodyId),
    readMeetings(records, vote?.meetingId == null ? approved : [vote.meetingId, ...approved]),
  ]);
  const { publishesSeats } = body;
  return resolutionPage({
    site: profile,
    timeZone,
    today,
    body: { id: bodyId, name: nameOn(body, dateIn(timeZone, adoption.at)) },
    resolution: presented,
    proof: inLog,
    inForce,
    publishesSeats,
    rollCall: await readRollCall(records, resolution, publishesSeats),
    meeting: meetings.get(vote?.meetingId ?? '') ?? null,
    approved: approved.map(id => meetings.get(id) ?? null),
  });
});

const meetingsApproved = ({ motion }: Resolution) =>
  motion.effects.flatMap(effect => (effect.kind === 'approves-minutes' ? effect.meetingId : []));

/** Those that everybody may know of. One read, or none. */
async function readMeetings(records: RecordStore, ids: readonly string[]): Promise<ReadonlyMap<string, MeetingEntry>> {
  const found = await readEach<Meeting>(records, 'meeting', ids);
  return new Map(
    [...found].flatMap(([id, data]) =>
      isKnown(data) ? [[id, presentEntry(cardOf({ id, version: 1, data }), false)] as const] : [],
    ),
  );
}
