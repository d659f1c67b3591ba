/** Seals the public copy of a return as a new document of the archive, open to everybody. */
import { custodyKey, stray, writeCustody } from '../../shared/core/archive/custody.ts';
import { addVersion, newDocument } from '../../shared/core/archive/documents.ts';
import { protectionOf } from '../../shared/core/archive/retention.ts';
import { sha256 } from '../../shared/core/digest.ts';
import type { Paper } from '../../shared/core/filings/filings.ts';
import { organisationId } from '../../shared/core/organisation.ts';
import { type Act, recordKey } from '../../shared/core/records.ts';
import type { RecordedReturn } from '../../shared/core/returns/recorded.ts';
import { NotFoundError } from '../../shared/errors.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import type { Bytes } from '../../shared/ports/blobStore.ts';
import type { Write } from '../../shared/ports/recordStore.ts';
import { readKeeping } from '../custody/keeping.ts';
import { writeDocument } from '../documents/load.ts';
import { sealFiles } from '../documents/sealFiles.ts';

const unprotected = { retainUntil: null, hold: false };

/** @param by who has the return read. */
export async function sealCopy(
  text: string,
  facts: Pick<RecordedReturn, 'form' | 'amended' | 'period'>,
  { act, by }: { readonly act: Act; readonly by: string },
  services: JobServices,
): Promise<{
  readonly copy: Paper & { readonly name: string; readonly size: number };
  readonly writes: readonly Write[];
}> {
  const { records, blobs, newId } = services;
  const organisation = await records.get(recordKey('organisation', organisationId));
  if (organisation === undefined) throw new NotFoundError();
  const content = Buffer.from(text);
  const bytes: Bytes = { size: content.length, sha256: sha256(content) };
  const keeping = await readKeeping(services, organisation);
  const { now } = keeping;
  const { form, amended, period } = facts;
  const documentId = newId();
  const amending = amended ? ', amended' : '';
  const document = newDocument(
    {
      title: `Form ${form}${amending}, ${period.from} to ${period.to}: public copy`,
      kind: 'return',
      language: 'en',
      period,
      bodyId: null,
      replaces: null,
      review: null,
    },
    'public',
  );
  const name = `form-${form.toLowerCase()}-${period.to}${amended ? '-amended' : ''}-public-copy.xml`;
  const { after, version } = addVersion(document, {
    ...{
      name,
      type: 'application/xml',
      ...bytes,
      condition: 'sound',
      note: null,
      pages: null,
      title: null,
      text: null,
    },
    addedBy: by,
    addedAt: now,
    sealedAt: now,
  });
  await announce(bytes, services, now);
  const sealed = await sealFiles(
    [{ bytes, as: 'original', put: () => blobs.put(content) }],
    { documentId, version, protection: protectionOf(documentId, after, keeping), now },
    services,
  );
  return {
    copy: { documentId, version: 1, sha256: bytes.sha256, name, size: bytes.size },
    writes: [...writeDocument(documentId, undefined, after, act).writes, ...sealed],
  };
}

/** Bytes that nothing uses yet: should this break off before the commit, the next round of the archive lets them go. */
async function announce({ size, sha256: digest }: Bytes, { records }: JobServices, now: string): Promise<void> {
  if ((await records.get(custodyKey(digest))) !== undefined) return;
  await records.commit(writeCustody(digest, undefined, stray(size, unprotected, now)));
}
