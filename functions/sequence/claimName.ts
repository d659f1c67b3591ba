/** Sees to it that a log is called what it was called at its first start. */
import { isLogName, nameIn, nameWrite } from '../../shared/core/log/name.ts';
import { nameKey } from '../../shared/core/log/sequencing.ts';
import { VersionConflictError } from '../../shared/errors.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** @throws {Error} it is no name of a log, or the log has another one. */
export async function claimName(records: RecordStore, wish: string): Promise<void> {
  if (!isLogName(wish))
    throw new Error(`A log is called by a host and a path, such as book.example.org/log, not "${wish}"`);
  const known = await records.get(nameKey);
  if (known === undefined) {
    try {
      await records.commit([nameWrite(wish)]);
      return;
    } catch (error) {
      // Another run was faster.
      if (!(error instanceof VersionConflictError)) throw error;
      return claimName(records, wish);
    }
  }
  const name = nameIn(known);
  if (name !== wish) throw new Error(`The log of this book is called ${name} for ever, and cannot be called ${wish}`);
}
