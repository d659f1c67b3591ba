/** Who sees to a filing. */
import type { Compliance } from './figures.ts';
import type { Filing } from './filings.ts';

/**
 * Those who were named for it; else those whom the settings name for its rule; else nobody in particular, and so the treasurer and the
 * secretary of the board.
 */
export function responsibleFor(
  { responsible, obligation }: Pick<Filing, 'responsible' | 'obligation'>,
  compliance: Pick<Compliance, 'responsible'> | undefined,
): readonly string[] {
  if (responsible.length > 0) return responsible;
  return compliance?.responsible.find(({ ruleId }) => ruleId === obligation.ruleId)?.personIds ?? [];
}
