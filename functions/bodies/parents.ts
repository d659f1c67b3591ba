/** The bodies above a body: they exist, and none of them is the body itself. */
import type { Body } from '../../shared/core/bodies.ts';
import { recordKey } from '../../shared/core/records.ts';
import { wrongField } from '../../shared/errors.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';

/** No organisation nests its bodies deeper. */
const maxDepth = 10;

/**
 * Demands that the bodies above stay as they were read, so that two changes at once cannot close a circle.
 * @throws {ValidationError} the parent does not exist, is below the body, or is too deep.
 */
export async function checkParents(
  records: RecordStore,
  bodyId: string,
  parentBodyId: string | null,
): Promise<Write[]> {
  const wrong = (message: string) => wrongField('/parentBodyId', message);
  const checks: Write[] = [];
  for (let above = parentBodyId; above !== null; ) {
    if (above === bodyId) throw wrong('A body cannot be above itself.');
    if (checks.length === maxDepth) throw wrong(`Bodies nest at most ${maxDepth} deep.`);
    const key = recordKey('body', above);
    const item = await records.get(key);
    if (item === undefined) throw wrong('There is no such body.');
    checks.push({ check: key, expect: { version: item.version } });
    above = (item.data as unknown as Body).history.at(-1)?.parentBodyId ?? null;
  }
  return checks;
}
