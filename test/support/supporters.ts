/** Supporters for tests, recorded through the API as people would. */
import type { TestBook } from './book.ts';
import type { Client } from './client.ts';

export type SupportInput = NonNullable<NonNullable<Parameters<Client['createSupport']>[0]>['body']>;
type Change = Partial<Omit<SupportInput, 'consent'>> & { readonly consent?: Partial<SupportInput['consent']> };

/** Complete, and not agreed to be named; what matters to a test is given. */
export const supportBody = ({ consent, ...facts }: Change = {}): SupportInput => ({
  supporter: 'A supporter',
  kind: 'grant',
  amount: { amount: 100_000, currency: 'USD' },
  purpose: 'Anything.',
  period: null,
  on: '2024-03-01',
  note: null,
  ...facts,
  consent: { given: false, on: '2024-03-01', shows: { as: 'recorded' }, evidence: null, ...consent },
});

export const createdSupport = async ({ as }: TestBook, change: Change = {}) =>
  (await as.treasurer.createSupport({ body: supportBody(change) })).body;
