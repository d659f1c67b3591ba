/** Says who sees to a filing. */
import { filingsRoutes } from '../../shared/contract/filings.ts';
import { assign } from '../../shared/core/filings/life.ts';
import type { Person } from '../../shared/core/people.ts';
import { type FieldError, ValidationError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { readEach } from '../../shared/http/read.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { changeFiling } from './change.ts';

export const assignFiling = operation(filingsRoutes.assignFiling, (input, { records }) =>
  changeFiling(records, input, async before => {
    const { responsible } = input.body;
    await demandPeople(records, responsible);
    return { after: assign(before, responsible) };
  }),
);

/** @throws {ValidationError} the book does not know one of them. */
async function demandPeople(records: RecordStore, personIds: readonly string[]): Promise<void> {
  const people = await readEach<Person>(records, 'person', personIds);
  const errors = personIds.flatMap((id, index): FieldError[] =>
    people.has(id) ? [] : [{ in: 'body', field: `/responsible/${index}`, message: 'The book has no such person.' }],
  );
  if (errors.length > 0) throw new ValidationError(errors);
}
