/** Reads the figures of all years, as far as somebody may know them. */
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Filing } from '../../shared/core/filings/filings.ts';
import { listPartition } from '../../shared/core/records.ts';
import { figuresOfYears, type YearOfReturn } from '../../shared/core/returns/figuresOfYears.ts';
import { type RecordedReturn, type ReturnCard, returnList } from '../../shared/core/returns/recorded.ts';
import { allPages, readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { mayKnow } from './load.ts';

/** The earliest year first. One query and two reads for every hundred returns. */
export async function readFigures(records: RecordStore, caller: Caller): Promise<readonly YearOfReturn[]> {
  const cards: ReturnCard[] = [];
  for await (const items of allPages(records, { partition: listPartition(returnList) })) {
    const all = items.map(({ data }) => data as unknown as ReturnCard);
    const [filings, returns] = await Promise.all([
      readEach<Filing>(
        records,
        'filing',
        all.map(({ filingId }) => filingId),
      ),
      readEach<RecordedReturn>(
        records,
        'return',
        all.map(({ id }) => id),
      ),
    ]);
    const counts = ({ id, filingId, submission: number }: ReturnCard) => {
      const submission = filings.get(filingId)?.submissions[number - 1];
      const data = returns.get(id);
      if (submission === undefined || data === undefined || submission.answer?.accepted === false) return false;
      return mayKnow(caller, data, submission);
    };
    cards.push(...all.filter(counts));
  }
  return figuresOfYears(cards);
}
