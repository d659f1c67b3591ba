/** Somebody with a seat declares their interests for a year, or corrects what they declared. */
import { interestsRoutes } from '../../shared/contract/interests.ts';
import {
  type Declaration,
  declarationId,
  declarationRows,
  isDeclarable,
} from '../../shared/core/decisions/interests.ts';
import { changeRecord, moveRows, recordKey, stored } from '../../shared/core/records.ts';
import { NotFoundError, PreconditionFailedError, ValidationError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readToday } from '../../shared/http/read.ts';

export const declareInterests = operation(
  interestsRoutes.declareInterests,
  async ({ params, body, caller, now, expected, act }, { records }) => {
    const { personId } = caller;
    if (personId === null) throw new NotFoundError();
    const { year } = params;
    const { interests } = body;
    demandOrder(interests);
    if (!isDeclarable(year, await readToday(records, now))) {
      throw new ValidationError([{ in: 'path', field: '/year', message: 'Must be this year or the last.' }]);
    }
    const id = declarationId(personId, year);
    const item = await records.get(recordKey('declaration', id));
    const before = item === undefined ? undefined : stored<Declaration>(id, item);
    if ((before?.version ?? 0) !== expected) throw new PreconditionFailedError();
    const after: Declaration = { personId, year, interests, declaredAt: now };
    const { stored: made, writes } = changeRecord('declaration', id, before, after, act);
    return {
      body: { year, interests, declaredAt: now, version: made.version },
      version: made.version,
      writes: [...writes, ...moveRows(before === undefined ? [] : declarationRows(before), declarationRows(made))],
    };
  },
);

/** @throws {ValidationError} the last day of one lies before its first. */
function demandOrder(interests: Declaration['interests']): void {
  const wrong = interests.flatMap(({ from, to }, index) => (from !== null && to !== null && to < from ? [index] : []));
  if (wrong.length === 0) return;
  const message = 'The last day is before the first.';
  throw new ValidationError(wrong.map(index => ({ in: 'body', field: `/interests/${index}/to`, message })));
}
