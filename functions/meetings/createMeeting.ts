/** Whoever leads a body schedules a meeting, or several that repeat: all of them, or none. */
import { meetingsRoutes } from '../../shared/contract/meetings.ts';
import type { Body } from '../../shared/core/bodies.ts';
import { cardOf, schedule } from '../../shared/core/meetings/meetings.ts';
import { occurrences } from '../../shared/core/meetings/recurrence.ts';
import { operation } from '../../shared/http/operation.ts';
import { readRecord, readToday } from '../../shared/http/read.ts';
import { demandExists, demandLeader } from '../resolutions/seats.ts';
import { demandKnown } from './agenda.ts';
import { writeMeeting } from './load.ts';
import { presentEntry } from './present.ts';

export const createMeeting = operation(
  meetingsRoutes.createMeeting,
  async ({ params: { bodyId }, body, caller, now, act }, { records, newId }) => {
    const { data: of } = await readRecord<Body>(records, 'body', bodyId);
    const today = await readToday(records, now);
    await demandLeader(records, caller, bodyId, today);
    demandExists(of, today);
    await demandKnown(records, body.agenda, [], { bodyId, caller, now });
    const { repeat, ...facts } = body;
    const times = repeat === null ? [facts] : occurrences(facts, facts.timeZone, repeat);
    const seriesId = repeat === null ? null : newId();
    const made = times.map(({ startsAt, endsAt }) => {
      const meeting = schedule(bodyId, seriesId, { ...facts, startsAt, endsAt }, now);
      return writeMeeting(newId(), undefined, meeting, { ...act, eventId: newId() });
    });
    return {
      body: { items: made.map(({ stored }) => presentEntry(cardOf(stored), true)) },
      version: 1,
      location: `/v1/meetings/${made[0]?.stored.id}`,
      writes: made.flatMap(({ writes }) => writes),
    };
  },
);
