/** How the API shows resolutions. */
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { type Caller, may } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import { explain } from '../../shared/core/decisions/explain.ts';
import {
  type Ballot,
  ballotId,
  type Resolution,
  resolutionStateAt,
  type Vote,
} from '../../shared/core/decisions/resolutions.ts';
import { recordKey, type Stored } from '../../shared/core/records.ts';
import type { JsonObject, RecordStore } from '../../shared/ports/recordStore.ts';
import { readNames } from '../people/readNames.ts';

export type PresentedResolution = Answer<typeof resolutionsRoutes.getResolution>;

/** One read for names, and one for the caller's own ballot, where there are such. */
export async function presentResolution(
  records: RecordStore,
  { id, version, data }: Stored<Resolution>,
  caller: Caller,
  now: Instant,
): Promise<PresentedResolution> {
  const { bodyId, motion, mover, seconder, aside, vote } = data;
  const seesWho = may(caller, 'see who acted');
  const named = seesWho ? [mover, seconder, aside].flatMap(one => one?.by ?? []) : [];
  const [names, mine] = await Promise.all([
    readNames(records, named),
    vote === null || caller.personId === null
      ? undefined
      : records.get(recordKey('ballot', ballotId(id, caller.personId))),
  ]);
  const who = (by: string) => (seesWho ? { id: by, name: names.get(by) ?? '' } : null);
  const act = (one: Resolution['mover']) => (one === null ? null : { by: who(one.by), at: one.at });
  return {
    id,
    bodyId,
    state: resolutionStateAt(data, now),
    ...motion,
    mover: act(mover),
    seconder: act(seconder),
    aside: aside === null ? null : { by: who(aside.by), at: aside.at, reason: aside.reason, to: aside.to },
    vote: vote === null ? null : presentVote(vote, (mine?.data as unknown as Ballot | undefined)?.choice ?? null),
    version,
  };
}

function presentVote({ openedAt, closesAt, rule, inOffice, result }: Vote, mine: Ballot['choice'] | null) {
  return {
    openedAt,
    closesAt,
    rule: { ...rule, majorities: [...rule.majorities] },
    inOffice,
    mine,
    result: result === null ? null : presentResult(result),
  };
}

function presentResult({ countedAt, yes, no, abstained, outcome, number }: NonNullable<Vote['result']>) {
  return {
    countedAt,
    yes,
    no,
    abstained,
    carried: outcome.carried,
    reasons: outcome.reasons.map(reason => ({ ...reason }) as unknown as JsonObject) as never,
    explanation: explain(outcome),
    number,
  };
}
