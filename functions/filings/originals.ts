/** Returns as they were filed: data that may name contributors, and that nobody makes public by a slip. */
import {
  type ArchivedDocument,
  type References,
  referencesKey,
  type Version,
  versionKey,
} from '../../shared/core/archive/documents.ts';
import type { Paper } from '../../shared/core/filings/filings.ts';
import { recordKey, replaceItem } from '../../shared/core/records.ts';
import { type FieldError, ValidationError } from '../../shared/errors.ts';
import type { JsonObject, RecordStore, Write } from '../../shared/ports/recordStore.ts';

/** Files as people read them: whoever names one sees what stands in it. All others may be the data that went to the IRS, under any name. */
const printed: readonly string[] = ['application/pdf', 'image/png', 'image/jpeg'];

export const isData = ({ type }: { readonly type: string }) => !printed.includes(type);

/**
 * Marks the data among the papers of an annual return, so that they stay what they are to everybody: not there. One read.
 *
 * @param id of the filing.
 * @throws {ValidationError} everybody could come to have one of them already.
 */
export async function withholdOriginals(records: RecordStore, id: string, papers: readonly Paper[]): Promise<Write[]> {
  if (papers.length === 0) return [];
  const items = await records.getMany(
    papers.flatMap(({ documentId, version }) => [
      recordKey('document', documentId),
      versionKey(documentId, version),
      referencesKey(documentId),
    ]),
  );
  const found = papers.map(({ documentId, version: number }, index) => {
    const [document, version, references] = items.slice(3 * index, 3 * index + 3);
    return {
      documentId,
      number,
      isOriginal: version !== undefined && isData(version.data as unknown as Version),
      isPublic: (document?.data as unknown as ArchivedDocument | undefined)?.access === 'public',
      references,
    };
  });
  const errors = found.flatMap(({ isOriginal, isPublic }, index): FieldError[] =>
    isOriginal && isPublic ? [{ in: 'body', field: `/papers/${index}`, message: publicText }] : [],
  );
  if (errors.length > 0) throw new ValidationError(errors);
  return found
    .filter(({ isOriginal }) => isOriginal)
    .map(({ documentId, number, references }) => {
      const others = (references?.data ?? {}) as unknown as References;
      const name = `${id}#original`;
      const versions = [...new Set([...(others[name]?.versions ?? []), number])].sort((a, b) => a - b);
      const next: References = {
        ...others,
        [name]: { versions, publishAt: null, withdrawn: false, withheld: true },
      };
      return replaceItem(referencesKey(documentId), references, next as unknown as JsonObject);
    });
}

const publicText =
  'The access level of its document is "public", and a return as it was filed may name contributors. Make the level narrower first.';
