/** Where a record is proven, in the examples of the API. */
import type { RecordKind } from '../core/records.ts';

export const exampleProofOf = (kind: RecordKind, id: string, version: number) => ({
  index: 41,
  url: `/v1/log/records/${kind}/${id}/versions/${version}`,
});
