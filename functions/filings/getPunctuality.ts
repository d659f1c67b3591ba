/** How many filings of each year were made on time: for everybody, and nothing else of them. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { mostYearsKept } from '../../shared/core/filings/ownObligations.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';
import { readPunctuality } from './readPunctuality.ts';

export const getPunctuality = operation(filingsRoutes.getPunctuality, async ({ now }, { records }) => {
  const today = await readToday(records, now);
  return { body: { years: await readPunctuality(records, today, mostYearsKept + 1) } };
});
