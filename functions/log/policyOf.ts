/** The policy by which others may verify the log: its keys that sign now, and the witnesses that the book asks. */
import { type Policy, policyText } from '../../shared/core/log/policy.ts';
import type { KnownKey } from './readKeys.ts';

/** A C2SP tlog-policy file. @param address scheme and host of the book. */
export const policyOf = (keys: readonly KnownKey[], { witnesses, groups, quorum }: Policy, address: string): string =>
  policyText({
    logs: keys
      .filter(({ isSigning }) => isSigning)
      .map(({ verifierKey }) => ({ key: verifierKey, url: `${address}/log` })),
    witnesses,
    groups,
    quorum,
  });
