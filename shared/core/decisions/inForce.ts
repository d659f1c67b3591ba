/** Whether an adopted resolution holds on a day, and how it reads then. */
import type { PlainDate } from '../calendar.ts';
import type { Text } from './motions.ts';
import type { Later, Resolution } from './resolutions.ts';

export interface InForce {
  readonly holds: boolean;
  /** From when on it holds, or held; null for what was never adopted. */
  readonly since: PlainDate | null;
  /** How it reads on that day, or read last; null where it has not begun to hold, or the text was not given. */
  readonly text: Text | null;
  /** The amendment that made this text, and since when; null while it reads as it was adopted. */
  readonly amended: Later | null;
  /** What ended it on that day or before. */
  readonly ended: Later | null;
}

const never: InForce = { holds: false, since: null, text: null, amended: null, ended: null };

/**
 * Everything happens on the day from which it is to hold, whatever was adopted first; of what is to hold from the same day, in the
 * order of adoption. So of two amendments the one that takes effect later is the text from then on.
 *
 * @param replacements the texts of the resolutions that amended it, by their identifier.
 */
export function inForceOn(
  { motion, adoption, later }: Pick<Resolution, 'motion' | 'adoption' | 'later'>,
  replacements: ReadonlyMap<string, Text>,
  on: PlainDate,
): InForce {
  if (adoption === null || adoption.number === null) return never;
  const since = adoption.from;
  if (on < since) return { ...never, since };
  const done = later
    .filter(({ from }) => from <= on)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const end = done.findIndex(({ kind }) => kind !== 'amends');
  const ended = done[end] ?? null;
  const amended = done.slice(0, end === -1 ? undefined : end).at(-1) ?? null;
  const { title, preamble, text } = motion;
  const reads = amended === null ? { title, preamble, text } : (replacements.get(amended.resolutionId) ?? null);
  return { holds: ended === null, since, text: reads, amended, ended };
}
