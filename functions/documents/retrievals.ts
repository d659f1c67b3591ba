/** Who had a link to a document, and when. */
import type { Rendition } from '../../shared/core/archive/documents.ts';
import { type Row, rowKey, type Stored } from '../../shared/core/records.ts';
import type { JsonObject } from '../../shared/ports/recordStore.ts';

/** The record of one retrieval; never changed. */
export interface Retrieval {
  readonly documentId: string;
  readonly version: number;
  readonly rendition: Rendition;
  readonly sha256: string;
  readonly at: string;
  readonly by: string | null;
}

export const retrievalList = (documentId: string) => `retrievals#${documentId}`;

export const retrievalRow = ({ id, data }: Stored<Retrieval>): Row => ({
  key: rowKey(retrievalList(data.documentId), `${data.at}#${id}`),
  card: { id, ...data } as unknown as JsonObject,
});
