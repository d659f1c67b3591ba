/** The secretary or the treasurer adds an obligation that follows from no rule of the book. */
import { obligationsRoutes } from '../../shared/contract/obligations.ts';
import { expectAgain } from '../../shared/core/filings/expecting.ts';
import { complianceId, mostOwnObligations, ownObligationRow } from '../../shared/core/filings/figures.ts';
import { faultsOfObligation } from '../../shared/core/filings/ownObligations.ts';
import { changeRecord, moveRows, partKey, replaceItem } from '../../shared/core/records.ts';
import { StateConflictError, ValidationError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';

/** How many there are: all of them are read together, so there is an end to it. */
const countKey = partKey('compliance', complianceId, 'own-obligations');

export const createObligation = operation(
  obligationsRoutes.createObligation,
  async ({ body, act }, { records, newId }) => {
    const faults = faultsOfObligation(body);
    if (faults.length > 0) throw new ValidationError(faults);
    const item = await records.get(countKey);
    const { count } = (item?.data ?? { count: 0 }) as { readonly count: number };
    if (count >= mostOwnObligations) {
      throw new StateConflictError(`The book holds ${count} own obligations already. Change one that is over.`);
    }
    const id = newId();
    const { stored, writes } = changeRecord('obligation', id, undefined, body, act);
    return {
      body: { id, ...body, version: stored.version },
      version: stored.version,
      location: `/v1/own-obligations/${id}`,
      writes: [
        ...writes,
        ...moveRows([], [ownObligationRow(stored)]),
        replaceItem(countKey, item, { count: count + 1 }),
        expectAgain(act.at),
      ],
    };
  },
);
