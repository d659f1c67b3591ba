/** Reads what was found when the public files were last looked for. */
import { type Availability, availabilityKey } from '../../shared/core/filings/availability.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

/** Undefined while nobody looked. One read. */
export async function readAvailability(records: RecordStore): Promise<Availability | undefined> {
  return (await records.get(availabilityKey))?.data as unknown as Availability | undefined;
}
