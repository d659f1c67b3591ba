/** How the API shows resolutions. */
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant } from '../../shared/core/calendar.ts';
import type { Effect } from '../../shared/core/decisions/motions.ts';
import { type Resolution, resolutionStateAt } from '../../shared/core/decisions/resolutions.ts';
import { textHash } from '../../shared/core/decisions/texts.ts';
import { type Ballot, inVote } from '../../shared/core/decisions/votes.ts';
import { recordKey, type Stored } from '../../shared/core/records.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { presentConsent } from '../consents/presentConsent.ts';
import { readNames } from '../people/readNames.ts';
import { presentVote } from '../votes/presentVote.ts';
import { presentAttachments } from './attachments.ts';
import { maySee, seesAllOf, seesWhoActs } from './load.ts';

export type PresentedResolution = Answer<typeof resolutionsRoutes.getResolution>;

/** One read each, where there are such: for whether names are shown, for names, for the caller's own ballot, for attachments, for what it changed or changed it. */
export async function presentResolution(
  records: RecordStore,
  { id, version, data }: Stored<Resolution>,
  caller: Caller,
  now: Instant,
): Promise<PresentedResolution> {
  const { bodyId, motion, textVersion, draftedBy, mover, seconder, aside, adoption, done, later, vote } = data;
  const { attachments: _, followUp, election, effects, ...words } = motion;
  const seesWho = await seesWhoActs(records, caller, bodyId);
  const named = seesWho ? [mover, seconder, aside, done, vote?.casting].flatMap(one => one?.by ?? []) : [];
  const persons = seesWho ? [draftedBy, ...(followUp === null ? [] : [followUp.personId])] : [];
  // Whoever sees all of the body sees all that this is about: it is of the same body.
  const about = seesAllOf(caller, bodyId) ? [] : [...effects, ...later].flatMap(resolutionIn);
  const [names, mine, attachments, others, consent] = await Promise.all([
    readNames(records, [...named, ...persons]),
    vote === null || caller.personId === null
      ? undefined
      : records.get(recordKey('ballot', inVote(id, caller.personId))),
    presentAttachments(records, motion.attachments, caller, now),
    readEach<Resolution>(records, 'resolution', about),
    presentConsent(records, data, caller),
  ]);
  const who = (by: string) => (seesWho ? { id: by, name: names.get(by) ?? '' } : null);
  const act = (one: Resolution['mover']) => (one === null ? null : { by: who(one.by), at: one.at });
  const shown = (resolutionId: string) => {
    const other = others.get(resolutionId);
    return about.length === 0 || (other !== undefined && maySee(caller, other, now)) ? resolutionId : null;
  };
  return {
    id,
    bodyId,
    state: resolutionStateAt(data, now),
    ...words,
    textVersion,
    textHash: textHash(motion),
    attachments,
    followUp: followUp === null ? null : { person: who(followUp.personId), due: followUp.due },
    done: done === null ? null : { by: who(done.by), at: done.at, note: done.note },
    election: election === null ? null : { ...election, options: [...election.options] },
    effects: effects.map(effect =>
      'resolutionId' in effect ? { ...effect, resolutionId: shown(effect.resolutionId) } : effect,
    ),
    author: who(draftedBy),
    mover: act(mover),
    seconder: act(seconder),
    aside: aside === null ? null : { by: who(aside.by), at: aside.at, reason: aside.reason, to: aside.to },
    confidential: data.confidential,
    underAmendment: data.underAmendment,
    adoption: adoption === null ? null : { ...adoption, withoutEffect: [...adoption.withoutEffect] },
    later: later.map(({ kind, resolutionId, number, from }) => ({ kind, id: shown(resolutionId), number, from })),
    vote: presentVote(data, mine?.data as unknown as Ballot | undefined, who),
    consent,
    version,
  };
}

const resolutionIn = (one: Effect | Resolution['later'][number]) => ('resolutionId' in one ? one.resolutionId : []);
