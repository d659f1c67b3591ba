/** What the caller declared for a year; version 0 while that is nothing. */
import { interestsRoutes } from '../../shared/contract/interests.ts';
import { type Declaration, declarationId } from '../../shared/core/decisions/interests.ts';
import { recordKey, stored } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';

export const getMyDeclaration = operation(interestsRoutes.getMyDeclaration, async ({ params, caller }, { records }) => {
  if (caller.personId === null) throw new NotFoundError();
  const { year } = params;
  const id = declarationId(caller.personId, year);
  const item = await records.get(recordKey('declaration', id));
  if (item === undefined) return { body: { year, interests: [], declaredAt: null, version: 0 }, version: 0 };
  const { version, data } = stored<Declaration>(id, item);
  return { body: { year, interests: [...data.interests], declaredAt: data.declaredAt, version }, version };
});
