/** What resolutions do to others and to minutes: checked when they are drafted and put to the vote, done when they are adopted. */
import type { Instant } from '../../shared/core/calendar.ts';
import { affect, isLaterEffect, whyUnaffected, whyUnamended } from '../../shared/core/decisions/effects.ts';
import type { Effect, Motion } from '../../shared/core/decisions/motions.ts';
import type { Adoption, Confidential, Resolution } from '../../shared/core/decisions/resolutions.ts';
import type { Minutes } from '../../shared/core/meetings/minutes.ts';
import { type Act, actBeside, recordKey, type Stored, stored } from '../../shared/core/records.ts';
import { type FieldError, StateConflictError, ValidationError } from '../../shared/errors.ts';
import type { Item, RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { approveMinutes } from '../meetings/approve.ts';
import { writeResolution } from './load.ts';

const targetKey = (effect: Effect) =>
  effect.kind === 'approves-minutes'
    ? recordKey('minutes', effect.meetingId)
    : recordKey('resolution', effect.resolutionId);

/** What each effect is about, in their order; undefined where there is none. One read, or none. */
const readTargets = async (records: RecordStore, effects: readonly Effect[]) =>
  effects.length === 0 ? [] : records.getMany(effects.map(targetKey));

const resolutionIn = (item: Item | undefined) => item?.data as unknown as Resolution | undefined;

/**
 * Why an effect has nothing to act on, in words for the author; null when it has.
 *
 * @param since when it was put to the vote or to signatures; null before that.
 */
function whyNothing(
  effect: Effect,
  item: Item | undefined,
  bodyId: string,
  since: Instant | null = null,
): string | null {
  if (isLaterEffect(effect)) return whyUnaffected(resolutionIn(item), bodyId);
  if (effect.kind !== 'approves-minutes') return null;
  const minutes = item?.data as unknown as Minutes | undefined;
  if (minutes?.bodyId !== bodyId) return 'The body has recorded no minutes of such a meeting.';
  if (minutes.approved !== null) return 'These minutes are approved already.';
  return since !== null && minutes.recordedAt > since ? 'They have another text by now.' : null;
}

/**
 * Checks what a draft would do.
 *
 * @returns why something that it would amend is confidential; null when nothing is.
 * @throws {ValidationError} something cannot be done.
 */
export async function demandReach(
  records: RecordStore,
  bodyId: string,
  { effects }: Pick<Motion, 'effects'>,
  now: Instant,
): Promise<Confidential | null> {
  const targets = await readTargets(records, effects);
  const errors = effects.flatMap((effect, index): FieldError[] => {
    const problem =
      effect.kind === 'amend-motion'
        ? whyUnamended(resolutionIn(targets[index]), bodyId, effect, now)
        : whyNothing(effect, targets[index], bodyId);
    const field = `/effects/${index}/${effect.kind === 'approves-minutes' ? 'meetingId' : 'resolutionId'}`;
    return problem === null ? [] : [{ in: 'body', field, message: problem }];
  });
  if (errors.length > 0) throw new ValidationError(errors);
  return confidentialIn(effects, targets);
}

/** A text that something confidential is to have is no less confidential. */
function confidentialIn(effects: readonly Effect[], targets: readonly (Item | undefined)[]): Confidential | null {
  const amended = effects.flatMap(({ kind }, index) =>
    kind === 'amends' || kind === 'amend-motion' ? (resolutionIn(targets[index])?.confidential ?? []) : [],
  );
  return amended[0] ?? null;
}

/** @throws {StateConflictError} it would tell what something confidential is to say. */
export async function demandTellsNothing(records: RecordStore, { effects }: Motion): Promise<void> {
  if (confidentialIn(effects, await readTargets(records, effects)) === null) return;
  throw new StateConflictError(
    'What it amends is confidential. Make that public first, or keep this confidential, too.',
  );
}

/**
 * Demands, when a resolution is put to the vote or to signatures, that what it acts on is there still.
 *
 * @returns the demand that this is still so when it is committed.
 * @throws {StateConflictError} it is not.
 */
export async function demandEffective(records: RecordStore, { data }: Stored<Resolution>): Promise<Write[]> {
  const { bodyId, motion, confidential } = data;
  if (confidential === null) await demandTellsNothing(records, motion);
  const targets = await readTargets(records, motion.effects);
  return motion.effects.flatMap((effect, index): Write[] => {
    // The motion that an amendment is about is written itself.
    if (effect.kind === 'amend-motion') return [];
    const target = targets[index];
    const problem = whyNothing(effect, target, bodyId);
    if (target === undefined || problem !== null) throw new StateConflictError(`Of its effects: ${problem}`);
    return [{ check: target.key, expect: { version: target.version } }];
  });
}

/** Does what an adopted resolution does; what cannot be done any more is left, and told. */
export async function applyEffects(
  records: RecordStore,
  { id, data }: Stored<Resolution>,
  { at, from, number }: Pick<Adoption, 'at' | 'from' | 'number'>,
  act: Act,
): Promise<{ readonly withoutEffect: readonly number[]; readonly writes: readonly Write[] }> {
  const { bodyId, motion, vote, consent } = data;
  const since = vote?.openedAt ?? consent?.openedAt ?? null;
  const targets = await readTargets(records, motion.effects);
  const done = await Promise.all(
    motion.effects.map(async (effect, index): Promise<readonly Write[]> => {
      const item = targets[index];
      const beside = actBeside(act, index + 1);
      if (item === undefined || whyNothing(effect, item, bodyId, since) !== null) return [];
      if (effect.kind === 'approves-minutes') {
        return approveMinutes(records, bodyId, effect.meetingId, { resolutionId: id, number, at }, beside);
      }
      if (!isLaterEffect(effect)) return [];
      const target = stored<Resolution>(effect.resolutionId, item);
      const after = affect(target.data, { kind: effect.kind, resolutionId: id, number, from });
      return writeResolution(target.id, target, after, beside).writes;
    }),
  );
  return {
    withoutEffect: done.flatMap((writes, index) => (writes.length === 0 ? index : [])),
    writes: done.flat(),
  };
}
