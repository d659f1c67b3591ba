/** How much an examination may cost. */
import { extname, join } from 'node:path';

export interface Limits {
  /** Larger files are hashed, but not read. */
  readonly maxReadBytes: number;
  /** What all that is packed in an office document may unpack to. */
  readonly maxUnpackedBytes: number;
  /** How long one PDF may take to be read. */
  readonly timeoutSeconds: number;
  /** How much memory the process that reads a PDF may occupy. */
  readonly maxReaderBytes: number;
  /** A PDF with more pages is not read. */
  readonly maxPages: number;
  /** More text of a PDF, in UTF-8, is not kept. */
  readonly maxTextBytes: number;
  /** The program that reads PDFs, as a file. */
  readonly readerEntry: string;
}

export const defaultLimits: Limits = {
  maxReadBytes: 100_000_000,
  maxUnpackedBytes: 1_000_000_000,
  timeoutSeconds: 30,
  maxReaderBytes: 700_000_000,
  maxPages: 5000,
  maxTextBytes: 5_000_000,
  // Stands beside this file, as a source and as a bundle.
  readerEntry: join(import.meta.dirname, `pdfReaderProcess${extname(import.meta.filename)}`),
};
