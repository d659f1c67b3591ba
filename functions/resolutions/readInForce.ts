/** What holds of a resolution on a day, and what changed what, as the caller may see it. */
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant, PlainDate } from '../../shared/core/calendar.ts';
import { inForceOn } from '../../shared/core/decisions/inForce.ts';
import type { Effect, Text } from '../../shared/core/decisions/motions.ts';
import type { Later, Resolution } from '../../shared/core/decisions/resolutions.ts';
import type { Stored } from '../../shared/core/records.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { maySee, seesAllOf } from './load.ts';

type ResolutionEffect = Extract<Effect, { resolutionId: string }>;

/** @param resolution that the caller may see. One read where it changed others, or others changed it. */
export async function readInForce(
  records: RecordStore,
  { id, data }: Stored<Resolution>,
  on: PlainDate,
  { caller, now }: { readonly caller: Caller; readonly now: Instant },
): Promise<Answer<typeof resolutionsRoutes.getInForce>> {
  const { bodyId, motion, adoption, later } = data;
  const effects = motion.effects.filter((effect): effect is ResolutionEffect => 'resolutionId' in effect);
  const about = [...effects, ...later].map(({ resolutionId }) => resolutionId);
  const others = await readEach<Resolution>(records, 'resolution', about);
  const seesAll = seesAllOf(caller, bodyId);
  /** Of what the caller may not see there are the kind and the number. */
  const link = (kind: ResolutionEffect['kind'], resolutionId: string, from: string | null) => {
    const other = others.get(resolutionId);
    const sees = other !== undefined && (seesAll || maySee(caller, other, now));
    return {
      kind,
      id: sees ? resolutionId : null,
      number: other?.adoption?.number ?? null,
      title: sees ? other.motion.title : null,
      from,
    };
  };
  const linkLater = ({ kind, resolutionId, from }: Later) => link(kind, resolutionId, from);
  const { holds, since, text, amended, ended } = inForceOn(data, replacementsIn(others, id), on);
  const shownAmended = amended === null ? null : linkLater(amended);
  return {
    on,
    holds,
    since,
    text: shownAmended?.id === null ? null : text,
    amended: shownAmended,
    ended: ended === null ? null : linkLater(ended),
    changes: motion.effects.flatMap((effect, index) => {
      if (!('resolutionId' in effect)) return [];
      const isDone = adoption !== null && !adoption.withoutEffect.includes(index);
      return [link(effect.kind, effect.resolutionId, isDone ? adoption.from : null)];
    }),
    changedBy: later.map(linkLater),
  };
}

/** What the resolutions that amended one made of it. */
function replacementsIn(others: ReadonlyMap<string, Resolution>, id: string): ReadonlyMap<string, Text> {
  return new Map(
    [...others].flatMap(([other, { motion }]) =>
      motion.effects.flatMap(effect =>
        effect.kind === 'amends' && effect.resolutionId === id ? [[other, effect.replacement] as const] : [],
      ),
    ),
  );
}
