/** How an upload ends: sealed or refused, and waiting no more. */
import { type Outcome, openUploadKey, toExamineKey, type Upload } from '../../shared/core/archive/uploads.ts';
import type { Finding } from '../../shared/core/files.ts';
import { type Act, changeRecord, type Stored } from '../../shared/core/records.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import type { Write } from '../../shared/ports/recordStore.ts';

/** What was examined and not refused. */
export type Accepted = Extract<Finding, { readonly refused: null }>;

export function ending(upload: Stored<Upload>, outcome: Outcome, { newId }: JobServices): Write[] {
  const { id, data } = upload;
  const act: Act = { operation: 'ingest', by: data.by, at: outcome.at, eventId: newId() };
  const { writes } = changeRecord('upload', id, upload, { ...data, outcome }, act);
  return [...writes, { remove: toExamineKey(id), expect: 'any' }, { remove: openUploadKey(id, data), expect: 'any' }];
}
