/** Records who of the governing body got a return before it was filed, and when. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { rolesOn } from '../../shared/core/authorisation.ts';
import type { Review } from '../../shared/core/filings/filings.ts';
import { review } from '../../shared/core/filings/life.ts';
import { type FieldError, ValidationError } from '../../shared/errors.ts';
import { heldSeats } from '../../shared/http/identify.ts';
import { operation } from '../../shared/http/operation.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { changeFiling, citePaper } from './change.ts';

export const reviewFiling = operation(filingsRoutes.reviewFiling, (input, { records }) =>
  changeFiling(records, input, async (before, today) => {
    const { given } = input.body;
    const { paper, checks } = await citePaper(records, input.body.paper, input, '/paper');
    const after = review(before, { paper, given }, today);
    await demandGovernors(records, given);
    return { after, writes: checks };
  }),
);

/** One query and one read for each. @throws {ValidationError} somebody was not of the governing body on that day. */
async function demandGovernors(records: RecordStore, given: Review['given']): Promise<void> {
  const governs = await Promise.all(
    given.map(async ({ personId, on }) => rolesOn(await heldSeats(personId, records, on), on).has('director')),
  );
  const message = 'Held no voting seat in a board of directors on that day.';
  const errors = governs.flatMap((does, index): FieldError[] =>
    does ? [] : [{ in: 'body', field: `/given/${index}/personId`, message }],
  );
  if (errors.length > 0) throw new ValidationError(errors);
}
