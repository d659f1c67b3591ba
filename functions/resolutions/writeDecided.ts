/** Writes what was decided: the resolution with its outcome and, when it was carried, its number and all that its adoption does. One commit. */
import type { Instant } from '../../shared/core/calendar.ts';
import { isAmendment } from '../../shared/core/decisions/motions.ts';
import {
  adopt,
  holdsFrom,
  numberAfter,
  type Resolution,
  registerKey,
} from '../../shared/core/decisions/resolutions.ts';
import { type Act, type Change, replaceItem, type Stored } from '../../shared/core/records.ts';
import { readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { endAmendment } from './amending.ts';
import { publishAttachments } from './attachments.ts';
import { applyEffects } from './effects.ts';
import { writeResolution } from './load.ts';

interface Decided {
  readonly carried: boolean;
  /** When it was decided, however long the count took. */
  readonly at: Instant;
}

/** @param decided the resolution with the outcome of its vote or consent. */
export async function writeDecided(
  records: RecordStore,
  before: Stored<Resolution>,
  decided: Resolution,
  { carried, at }: Decided,
  act: Act,
): Promise<Change<Resolution>> {
  if (isAmendment(decided.motion)) return writeAmendment(records, before, decided, { carried, at }, act);
  if (!carried) return writeResolution(before.id, before, decided, act);
  const on = await readToday(records, at);
  const year = on.slice(0, 4);
  const key = registerKey(decided.bodyId);
  const register = await records.get(key);
  const last = Number(register?.data[year] ?? 0);
  const number = numberAfter(year, last);
  const from = holdsFrom(decided.motion, on);
  const effects = await applyEffects(records, before, { at, from, number }, act);
  const adopted = adopt(decided, { at, from, number, withoutEffect: effects.withoutEffect });
  const { stored, writes } = writeResolution(before.id, before, adopted, act);
  const published =
    adopted.confidential === null
      ? await publishAttachments(records, before.id, adopted.motion.attachments, act.at)
      : [];
  // The number and the resolution that has it are one commit: none is lost, and none is given twice.
  const numbered = replaceItem(key, register, { ...register?.data, [year]: last + 1 });
  return { stored, writes: [...writes, numbered, ...effects.writes, ...published] };
}

/** Whatever becomes of an amendment, the motion is free again. */
async function writeAmendment(
  records: RecordStore,
  before: Stored<Resolution>,
  decided: Resolution,
  { carried, at }: Decided,
  act: Act,
): Promise<Change<Resolution>> {
  const target = await endAmendment(records, before, carried, act);
  const from = await readToday(records, at);
  const withoutEffect = target.amended ? [] : [0];
  const after = carried ? adopt(decided, { at, from, number: null, withoutEffect }) : decided;
  const { stored, writes } = writeResolution(before.id, before, after, act);
  return { stored, writes: [...writes, ...target.writes] };
}
