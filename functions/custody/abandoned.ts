/** Forgets what uploads have left in quarantine once their day is over: bytes that nobody completed, and what came after the end. */
import { openUploads, type Upload, uploadHours, uploadStateAt } from '../../shared/core/archive/uploads.ts';
import { instant } from '../../shared/core/calendar.ts';
import { listPartition, recordKey } from '../../shared/core/records.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { allPages } from '../../shared/http/read.ts';

/** The records stay. What is still to be examined waits. */
export async function forgetAbandoned({ records, blobs, now }: JobServices): Promise<void> {
  const at = instant(now());
  const failures: unknown[] = [];
  // An hour more: a completion that began in time may still be on its way.
  const longAgo = instant(new Date(now().getTime() - (uploadHours + 1) * 3_600_000));
  for await (const rows of allPages(records, { partition: listPartition(openUploads), upTo: `${longAgo}$` })) {
    const uploads =
      rows.length === 0 ? [] : await records.getMany(rows.map(({ data }) => recordKey('upload', String(data.id))));
    for (const [index, row] of rows.entries()) {
      const upload = uploads[index]?.data as unknown as Upload | undefined;
      if (upload === undefined || uploadStateAt(upload, at) === 'received') continue;
      try {
        // A crash in between leaves the row, and the bytes are discarded once more.
        await blobs.discardUpload(String(row.data.id), upload.session);
        await records.commit([{ remove: row.key, expect: 'any' }]);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw new AggregateError(failures);
}
