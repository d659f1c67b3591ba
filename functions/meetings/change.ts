/** A command on one meeting by whoever leads its body: load it, at the version that the caller read; decide; write. */
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Meeting } from '../../shared/core/meetings/meetings.ts';
import type { Act, Stored } from '../../shared/core/records.ts';
import type { Decision } from '../../shared/http/operation.ts';
import { expectVersion, readToday } from '../../shared/http/read.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { demandLeader } from '../resolutions/seats.ts';
import { loadWhole, writeMeeting } from './load.ts';
import { type PresentedMeeting, presentMeeting } from './present.ts';

interface Input {
  readonly params: { readonly meetingId: string };
  readonly caller: Caller;
  readonly now: Instant;
  readonly expected: number;
  readonly act: Act;
}

export async function changeMeeting(
  records: RecordStore,
  { params, caller, now, expected, act }: Input,
  decide: (
    before: Stored<Meeting>,
    by: string,
  ) => Promise<{ readonly after: Meeting; readonly reason?: string; readonly writes?: readonly Write[] }>,
): Promise<Decision<PresentedMeeting>> {
  const before = await loadWhole(records, params.meetingId, caller);
  const by = await demandLeader(records, caller, before.data.bodyId, await readToday(records, now));
  expectVersion(before, expected);
  const { after, reason = null, writes: more = [] } = await decide(before, by);
  const { stored, writes } = writeMeeting(before.id, before, after, act, reason);
  return {
    body: await presentMeeting(records, stored, caller, now),
    version: stored.version,
    writes: [...writes, ...more],
  };
}
