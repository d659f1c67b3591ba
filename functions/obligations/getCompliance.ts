/** Since when the book keeps filings, where gifts are asked for, who sees to what; version 0 while nothing is recorded. */
import { obligationsRoutes } from '../../shared/contract/obligations.ts';
import { type Compliance, complianceId } from '../../shared/core/filings/figures.ts';
import { recordKey, type Stored, stored } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';

export const getCompliance = operation(obligationsRoutes.getCompliance, async (_, { records }) => {
  const item = await records.get(recordKey('compliance', complianceId));
  if (item === undefined) return { body: { since: null, solicitsIn: [], responsible: [], version: 0 }, version: 0 };
  const compliance = stored<Compliance>(complianceId, item);
  return { body: presentCompliance(compliance), version: compliance.version };
});

export const presentCompliance = ({ data, version }: Stored<Compliance>) => ({
  since: data.since,
  solicitsIn: [...data.solicitsIn],
  responsible: data.responsible.map(({ ruleId, personIds }) => ({ ruleId, personIds: [...personIds] })),
  version,
});
