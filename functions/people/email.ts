/** Keeps an e-mail address with one person only. */
import { emailKey, pointerTo } from '../../shared/core/people.ts';
import { AlreadyExistsError } from '../../shared/errors.ts';
import type { RecordStore, Write } from '../../shared/ports/recordStore.ts';

/**
 * Moves the pointer from the address that a person had to the one that the person gets.
 * @throws {AlreadyExistsError} the address belongs to somebody else.
 */
export async function moveEmail(
  records: RecordStore,
  personId: string,
  before: string | null,
  after: string | null,
): Promise<Write[]> {
  const from = before === null ? null : emailKey(before);
  const to = after === null ? null : emailKey(after);
  if (from?.partition === to?.partition) return [];
  const writes: Write[] = from === null ? [] : [{ remove: from, expect: { version: 1 } }];
  if (to === null) return writes;
  if ((await records.get(to)) !== undefined) {
    throw new AlreadyExistsError('Look the person up by name instead of recording them again.', [
      { in: 'body', field: '/email', message: 'Another person has this address.' },
    ]);
  }
  return [...writes, pointerTo(to, personId, 'absent')];
}
