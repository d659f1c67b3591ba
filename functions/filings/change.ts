/** A command on one filing: load it, at the version that the caller read; decide; write. */
import type { Caller } from '../../shared/core/authorisation.ts';
import type { Instant, PlainDate } from '../../shared/core/calendar.ts';
import type { Filing, Paper } from '../../shared/core/filings/filings.ts';
import { isInspectable } from '../../shared/core/filings/inspection.ts';
import type { Act } from '../../shared/core/records.ts';
import type { Decision } from '../../shared/http/operation.ts';
import { expectVersion } from '../../shared/http/read.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';
import { attach } from '../resolutions/attachments.ts';
import { loadFiling } from './load.ts';
import { withholdOriginals } from './originals.ts';
import { type PresentedFiling, presentFiling } from './present.ts';
import { writeFiling } from './write.ts';

interface Input {
  readonly params: { readonly filingId: string };
  readonly caller: Caller;
  readonly now: Instant;
  readonly expected: number;
  readonly act: Act;
}

export async function changeFiling(
  records: RecordStore,
  { params, caller, now, expected, act }: Input,
  decide: (
    before: Filing,
    today: PlainDate,
  ) => Promise<{ readonly after: Filing; readonly reason?: string; readonly writes?: readonly Write[] }>,
): Promise<Decision<PresentedFiling>> {
  const { filing, timeZone, today } = await loadFiling(records, params.filingId, now);
  expectVersion(filing, expected);
  const { after, reason = null, writes: more = [] } = await decide(filing.data, today);
  const { stored, writes } = writeFiling(filing.id, filing, after, { act, timeZone, reason });
  return {
    body: await presentFiling(records, stored, { caller, now, today }),
    version: stored.version,
    writes: writes.length === 0 ? [] : [...writes, ...more],
  };
}

type Citation = Omit<Paper, 'sha256'>;

/**
 * Versions of documents that the caller sees and that are sound, bound to their bytes, and the demand that they are still so when this is
 * committed. One read, or none.
 * @param field of the body that lists them.
 * @throws {ValidationError} something cannot be a paper of a filing.
 */
export async function citePapers(
  records: RecordStore,
  citations: readonly Citation[],
  { caller, now }: Pick<Input, 'caller' | 'now'>,
  field: string,
): Promise<{ readonly papers: readonly Paper[]; readonly checks: readonly Write[] }> {
  const { attachments, checks } = await attach(records, citations, caller, now, index => `${field}/${index}`);
  return { papers: attachments, checks };
}

/**
 * What was submitted; of an annual return, kept from everybody.
 * @throws {ValidationError} something cannot be a paper of this filing.
 */
export async function citeSubmitted(
  records: RecordStore,
  filing: Filing,
  citations: readonly Citation[],
  input: Pick<Input, 'caller' | 'now' | 'params'>,
): Promise<{ readonly papers: readonly Paper[]; readonly writes: readonly Write[] }> {
  const { papers, checks } = await citePapers(records, citations, input, '/papers');
  const withheld = isInspectable(filing) ? await withholdOriginals(records, input.params.filingId, papers) : [];
  return { papers, writes: [...checks, ...withheld] };
}

/** The same for one of them, or none. */
export async function citePaper<Cited extends Citation | null>(
  records: RecordStore,
  citation: Cited,
  { caller, now }: Pick<Input, 'caller' | 'now'>,
  field: string,
): Promise<{ readonly paper: Cited extends null ? null : Paper; readonly checks: readonly Write[] }> {
  const { attachments, checks } = await attach(records, citation === null ? [] : [citation], caller, now, () => field);
  return { paper: (attachments[0] ?? null) as Cited extends null ? null : Paper, checks };
}
