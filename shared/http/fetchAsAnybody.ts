/** Fetches a public file as anybody would, without a token, and compares what comes with what is archived. */
import { createHash } from 'node:crypto';
import type { Look } from '../core/filings/availability.ts';
import type { Paper } from '../core/filings/filings.ts';
import { mostReturnBytes } from '../core/returns/returns.ts';

type Found = Look['finding'];

export interface Wanted extends Paper {
  /** Null when it is not known, because nobody can have it any more. */
  readonly size: number | null;
}

/** From the book to where its files are, and no further. */
const mostRedirects = 3;

/**
 * Only the book's own origin is asked, and where it redirects to. Of an answer no more is read than the file is long.
 *
 * @param origin scheme and host by which the public knows the book.
 * @param patienceMilliseconds for all of it.
 */
export async function fetchAsAnybody(origin: string, wanted: Wanted, patienceMilliseconds: number): Promise<Found> {
  const signal = AbortSignal.timeout(patienceMilliseconds);
  let address = new URL(`/v1/documents/${wanted.documentId}/versions/${wanted.version}/file`, origin);
  try {
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      // Without a header that says who asks: what only somebody signed in could have does not count.
      const response = await fetch(address, { redirect: 'manual', signal, headers: { 'accept-encoding': 'identity' } });
      if (response.status === 200) return await compare(response, wanted, signal);
      await response.body?.cancel();
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) {
        return findingOf(response.status, redirects > 0);
      }
      const next = redirected(address, location, origin);
      if (next === undefined) return 'refused';
      address = next;
    }
    return 'refused';
  } catch {
    // Not the reason: it would tell the address, and with it a link that is good for hours.
    return 'unreachable';
  }
}

/** @param isStore whether it is the answer of where the files are, and not of the book. */
const findingOf = (status: number, isStore: boolean): Found => {
  if (status === 404 || status === 410) return 'missing';
  // The book knows already that the file is not what was sealed; or the store read other bytes, and gives none of them out.
  if (status === 409 || (isStore && status === 500)) return 'changed';
  return status >= 500 || status === 429 ? 'unreachable' : 'refused';
};

/** Undefined where the book is not followed to: from elsewhere on, and to where others can read along. */
function redirected(from: URL, location: string, origin: string): URL | undefined {
  if (from.origin !== origin || !URL.canParse(location, from.href)) return undefined;
  const next = new URL(location, from);
  const isSafe = next.protocol === 'https:' || (next.protocol === 'http:' && from.protocol === 'http:');
  return isSafe && next.username === '' && next.password === '' ? next : undefined;
}

async function compare(response: Response, { sha256, size }: Wanted, signal: AbortSignal): Promise<Found> {
  const most = size ?? mostReturnBytes;
  const hash = createHash('sha256');
  let received = 0;
  try {
    // Leaving the loop early breaks off the transfer.
    for await (const chunk of response.body ?? []) {
      received += chunk.length;
      if (received > most) return 'changed';
      hash.update(chunk);
    }
  } catch {
    // A store that reads other bytes than were sealed breaks off before the last of them.
    return signal.aborted ? 'unreachable' : 'changed';
  }
  return (size === null || received === size) && hash.digest('hex') === sha256 ? 'same' : 'changed';
}
