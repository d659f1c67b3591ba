/** What the texts of a demonstration book refer to in its archive. */

/** A version of a document, by its key. */
export interface DemoCitation {
  readonly document: string;
  readonly version: number;
}
