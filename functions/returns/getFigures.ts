/** The figures of all years, each with its line of the return. */
import { returnsRoutes } from '../../shared/contract/returns.ts';
import { shownFigures } from '../../shared/core/returns/shown.ts';
import { operation } from '../../shared/http/operation.ts';
import { readFigures } from './readFigures.ts';

export const getFigures = operation(returnsRoutes.getFigures, async ({ caller }, { records }) => {
  const years = await readFigures(records, caller);
  return { body: { years: years.map(({ figures, ...year }) => ({ ...year, ...shownFigures(figures) })) } };
});
