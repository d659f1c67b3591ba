/** Reads what decides about filings besides themselves: who sees to them, and how large their years were. */
import type { PlainDate } from '../../shared/core/calendar.ts';
import { type Compliance, complianceId, type YearFigures } from '../../shared/core/filings/figures.ts';
import { type Filing, filingLists } from '../../shared/core/filings/filings.ts';
import { annualReturn } from '../../shared/core/filings/inspection.ts';
import { responsibleFor } from '../../shared/core/filings/responsible.ts';
import { type RevocationRisk, revocationRisk } from '../../shared/core/filings/revocation.ts';
import type { Person } from '../../shared/core/people.ts';
import { listPartition, recordKey } from '../../shared/core/records.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

export interface Circumstances {
  readonly today: PlainDate;
  readonly responsible: (filing: Filing) => readonly { readonly id: string; readonly name: string }[];
  /** What was recorded of the fiscal year that ends with its period. */
  readonly figures: (filing: Filing) => YearFigures | null;
}

/** Three reads for every hundred filings. */
export async function readCircumstances(
  records: RecordStore,
  filings: readonly Filing[],
  today: PlainDate,
): Promise<Circumstances> {
  const compliance = await readCompliance(records);
  const seers = (filing: Filing) => responsibleFor(filing, compliance);
  const [people, years] = await Promise.all([
    readEach<Person>(records, 'person', filings.flatMap(seers)),
    readFigures(records, filings),
  ]);
  return {
    today,
    responsible: filing => seers(filing).map(id => ({ id, name: people.get(id)?.name ?? '' })),
    figures: filing => years.get(filing.obligation.period.to) ?? null,
  };
}

/** Of the fiscal years that end with the periods of filings, by their last day. */
export const readFigures = (records: RecordStore, filings: readonly Filing[]) =>
  readEach<YearFigures>(
    records,
    'fiscal-year',
    filings.map(({ obligation }) => obligation.period.to),
  );

export const readCompliance = async (records: RecordStore) =>
  (await records.get(recordKey('compliance', complianceId)))?.data as unknown as Compliance | undefined;

/** What was missed earlier than so many years ago decides about nothing any more. */
const mostYears = 20;

/** One query and one read. */
export async function readRevocationRisk(records: RecordStore, today: PlainDate): Promise<RevocationRisk | null> {
  const partition = listPartition(filingLists.annualReturns);
  const { items } = await records.query({ table: 'records', partition, order: 'descending', limit: mostYears });
  const filings = await readEach<Filing>(
    records,
    'filing',
    items.map(({ key }) => `${annualReturn}~${key.sort}`),
  );
  return revocationRisk([...filings.values()], today);
}
