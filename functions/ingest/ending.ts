/** How an upload ends: sealed or refused, and waiting no more. */
import { type Outcome, toExamineKey, type Upload } from '../../shared/core/archive/uploads.ts';
import { instant } from '../../shared/core/calendar.ts';
import type { Finding } from '../../shared/core/files.ts';
import { type Act, changeRecord, type Stored } from '../../shared/core/records.ts';
import { untilSettled } from '../../shared/http/attempts.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import { readRecord } from '../../shared/http/read.ts';
import type { Write } from '../../shared/ports/recordStore.ts';

/** What was examined and not refused. */
export type Accepted = Extract<Finding, { readonly refused: null }>;

/** Its row among the uploads of the day stays: what may still come into quarantine is forgotten with it. */
export function ending(upload: Stored<Upload>, outcome: Outcome, { newId }: JobServices): Write[] {
  const { id, data } = upload;
  const act: Act = { operation: 'ingest', by: data.by, at: outcome.at, eventId: newId() };
  const { writes } = changeRecord('upload', id, upload, { ...data, outcome }, act);
  return [...writes, { remove: toExamineKey(id), expect: 'any' }];
}

/** Does nothing when the upload has ended already. */
export async function refuse(id: string, refused: string, services: JobServices): Promise<void> {
  await untilSettled(async () => {
    const upload = await readRecord<Upload>(services.records, 'upload', id);
    if (upload.data.outcome !== null) return;
    const at = instant(services.now());
    await services.records.commit(ending(upload, { at, version: null, refused }, services));
  });
}
