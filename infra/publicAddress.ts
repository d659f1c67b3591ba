/** Where the public finds the book: needed by what tells of it, or looks at it, from outside. */
import type { Construct } from 'constructs';
import { setting } from './settings.ts';

export const hasPublicAddress = (scope: Construct) => setting(scope, 'publicAddress') !== '';

/** Scheme and host. @param what needs it. @throws {Error} it is not set, or is no address like that. */
export function publicAddress(scope: Construct, what: string): string {
  const address = setting(scope, 'publicAddress');
  if (URL.canParse(address) && new URL(address).origin === address && address.startsWith('https://')) return address;
  throw new Error(`${what} needs the setting publicAddress, such as https://book.example.org, not "${address}"`);
}
