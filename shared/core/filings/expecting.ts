/** Tells that what is owed has to be worked out anew: something that it follows from has changed. */
import type { Write } from '../../ports/recordStore.ts';
import type { Instant } from '../calendar.ts';
import { rowKey } from '../records.ts';

/** One row while there is something to work out. */
export const toExpect = 'filings-to-expect';

export const expectKey = rowKey(toExpect, 'again');

/** To be committed with the change. Whoever has worked it out removes the version that was read: a later change stays. */
export const expectAgain = (at: Instant): Write => ({
  put: { key: expectKey, version: Date.parse(at), data: {} },
  expect: 'any',
});
