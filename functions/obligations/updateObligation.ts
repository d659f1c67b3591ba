/** The secretary or the treasurer changes an own obligation, or ends it. */
import { obligationsRoutes } from '../../shared/contract/obligations.ts';
import { expectAgain } from '../../shared/core/filings/expecting.ts';
import { type OwnObligation, ownObligationRow } from '../../shared/core/filings/figures.ts';
import { faultsOfObligation } from '../../shared/core/filings/ownObligations.ts';
import { changeRecord, moveRows } from '../../shared/core/records.ts';
import { ValidationError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';

export const updateObligation = operation(
  obligationsRoutes.updateObligation,
  async ({ params, body, expected, act }, { records }) => {
    const { obligationId: id } = params;
    const before = await readRecord<OwnObligation>(records, 'obligation', id);
    expectVersion(before, expected);
    const faults = faultsOfObligation(body);
    if (faults.length > 0) throw new ValidationError(faults);
    const { stored, writes } = changeRecord<OwnObligation>('obligation', id, before, body, act);
    return {
      body: { id, ...body, version: stored.version },
      version: stored.version,
      writes: [...writes, ...moveRows([ownObligationRow(before)], [ownObligationRow(stored)]), expectAgain(act.at)],
    };
  },
);
