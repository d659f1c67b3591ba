/** Form 990-N, the electronic postcard: there is no file of it, so it is recorded as it was answered. */
import type { Withholding } from './returns.ts';

export interface Address {
  readonly lines: readonly string[];
  readonly city: string;
  /** State or province; null where a country has none. */
  readonly region: string | null;
  readonly postalCode: string | null;
  /** ISO 3166-1, two letters. */
  readonly country: string;
}

/** What IRC 6033(i) asks of organisations that need not file a return. */
export interface Postcard {
  readonly legalName: string;
  readonly otherNames: readonly string[];
  readonly address: Address;
  readonly website: string | null;
  readonly officer: { readonly name: string; readonly address: Address };
  /** Annual gross receipts are normally $50,000 or less. */
  readonly receiptsNormallyAtMost50000: true;
  /** The organisation has ended, or is about to. */
  readonly terminated: boolean;
}

/** The officer's address is a person's, unless it is the organisation's own. */
export function openPostcard(postcard: Postcard): {
  readonly postcard: Omit<Postcard, 'officer'> & {
    readonly officer: { readonly name: string; readonly address: Address | null };
  };
  readonly withheld: readonly Withholding[];
} {
  const { officer, address } = postcard;
  if (JSON.stringify(officer.address).toLowerCase() === JSON.stringify(address).toLowerCase()) {
    return { postcard, withheld: [] };
  }
  return {
    postcard: { ...postcard, officer: { name: officer.name, address: null } },
    withheld: [{ path: '/officer/address', count: 1, reason: reasonOfAddress }],
  };
}

const reasonOfAddress = 'The address of a person. Write to the organisation instead.';
