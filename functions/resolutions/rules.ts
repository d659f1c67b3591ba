/** Reads the rules of a body, and shows them. */
import type { resolutionsRoutes } from '../../shared/contract/resolutions.ts';
import type { Answer } from '../../shared/contract/route.ts';
import type { Body } from '../../shared/core/bodies.ts';
import type { PlainDate } from '../../shared/core/calendar.ts';
import { type Rulebook, rulesOf, shownRules } from '../../shared/core/decisions/rulebook.ts';
import { recordKey, type Stored, stored } from '../../shared/core/records.ts';
import { NotFoundError } from '../../shared/errors.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** One read. @throws {NotFoundError} there is no such body. */
export async function readRulebook(records: RecordStore, bodyId: string) {
  const [body, book] = await records.getMany([recordKey('body', bodyId), recordKey('rulebook', bodyId)]);
  if (body === undefined) throw new NotFoundError();
  const rulebook = book === undefined ? undefined : stored<Rulebook>(bodyId, book);
  return { body: body.data as unknown as Body, rulebook };
}

export function presentRules(
  rulebook: Stored<Rulebook> | undefined,
  { kind }: Body,
  on: PlainDate,
): Answer<typeof resolutionsRoutes.getRules> {
  return {
    ...shownRules(rulesOf(rulebook?.data, kind, on)),
    history: rulebook?.data.history.map(shownRules) ?? [],
    version: rulebook?.version ?? 0,
  };
}
