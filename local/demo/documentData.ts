/** A document of a demonstration book, as data. */
import type { AccessLevel, Facts } from '../../shared/core/archive/documents.ts';
import type { DemoFile } from './pdf.ts';

/** A document with the files that become its versions, in their order. */
export interface DemoDocument extends Pick<Facts, 'title' | 'kind' | 'period'> {
  readonly key: string;
  readonly access: AccessLevel;
  readonly body: string | null;
  /** Who has to look at it again, so many days after the book is loaded; before that day when negative. */
  readonly review: { readonly owner: string; readonly inDays: number } | null;
  readonly files: readonly DemoFile[];
}
