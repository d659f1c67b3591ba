/** The secretary or the treasurer records since when the book keeps filings, where gifts are asked for, and who sees to what. */
import { obligationsRoutes } from '../../shared/contract/obligations.ts';
import { expectAgain } from '../../shared/core/filings/expecting.ts';
import { type Compliance, complianceId, type OwnObligation } from '../../shared/core/filings/figures.ts';
import { faultsOfCompliance } from '../../shared/core/filings/ownObligations.ts';
import { ruleIds } from '../../shared/core/filings/rules.ts';
import type { Person } from '../../shared/core/people.ts';
import { changeRecord, recordKey, stored } from '../../shared/core/records.ts';
import { type FieldError, PreconditionFailedError, ValidationError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readEach, readToday } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { presentCompliance } from './getCompliance.ts';

export const updateCompliance = operation(
  obligationsRoutes.updateCompliance,
  async ({ body, now, expected, act }, { records }) => {
    const item = await records.get(recordKey('compliance', complianceId));
    const before = item === undefined ? undefined : stored<Compliance>(complianceId, item);
    if ((before?.version ?? 0) !== expected) throw new PreconditionFailedError();
    const faults = [
      ...faultsOfCompliance(body, before?.data, await readToday(records, now)),
      ...(await unknownIn(records, body)),
    ];
    if (faults.length > 0) throw new ValidationError(faults);
    const { stored: made, writes } = changeRecord<Compliance>('compliance', complianceId, before, body, act);
    return { body: presentCompliance(made), version: made.version, writes: [...writes, expectAgain(act.at)] };
  },
);

/** Rules, own obligations and people that are not in the book. Records are never removed: what is there stays there. */
async function unknownIn(records: RecordStore, { responsible }: Compliance): Promise<FieldError[]> {
  const laws: readonly string[] = ruleIds;
  const own = responsible.map(({ ruleId }) => ruleId).filter(ruleId => !laws.includes(ruleId));
  const [obligations, people] = await Promise.all([
    readEach<OwnObligation>(records, 'obligation', own),
    readEach<Person>(
      records,
      'person',
      responsible.flatMap(({ personIds }) => personIds),
    ),
  ]);
  const wrong = (field: string, message: string): FieldError => ({ in: 'body', field, message });
  return responsible.flatMap(({ ruleId, personIds }, index) => [
    ...(laws.includes(ruleId) || obligations.has(ruleId)
      ? []
      : [wrong(`/responsible/${index}/ruleId`, 'There is no such obligation.')]),
    ...personIds.flatMap((personId, place) =>
      people.has(personId) ? [] : [wrong(`/responsible/${index}/personIds/${place}`, 'There is no such person.')],
    ),
  ]);
}
