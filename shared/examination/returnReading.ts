/** Reads the bytes of a return and makes its public copy. Knows no thread. */
import { decode } from '../core/returns/decoding.ts';
import { readReturn } from '../core/returns/readReturn.ts';
import { type PublicCopy, publicCopyOf } from '../core/returns/redaction.ts';
import { NotCopyableError } from '../core/returns/redactionXml.ts';
import type { ReturnContent, Unreadable } from '../core/returns/returns.ts';

/** What a return says, and what anyone may have of it; or what is wrong with it. */
export type Read =
  | { readonly content: ReturnContent; readonly copy: PublicCopy }
  | { readonly problems: readonly Unreadable[] };

export function readBytes(bytes: Uint8Array): Read {
  const decoded = decode(bytes);
  if ('problems' in decoded) return decoded;
  const reading = readReturn(decoded.text);
  if ('problems' in reading) return reading;
  try {
    const copy = publicCopyOf(decoded.text, reading.content.type);
    // What is withheld must not stand in what is derived from the return either: so that is read from the copy.
    const open = readReturn(copy.text);
    return 'problems' in open ? open : { content: open.content, copy };
  } catch (error) {
    if (!(error instanceof NotCopyableError)) throw error;
    return { problems: [{ field: '/', message: `No public copy can be made of it: ${error.message}` }] };
  }
}
