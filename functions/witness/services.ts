/** What a witness needs from the outside world, and what it was told to do. */
import type { VerifierKey } from '../../shared/core/log/notes.ts';
import type { Policy } from '../../shared/core/log/policy.ts';
import type { JobServices } from '../../shared/http/operation.ts';
import type { Key } from '../../shared/ports/recordStore.ts';
import type { Signer } from '../../shared/ports/signer.ts';

export interface WitnessServices extends Omit<JobServices, 'blobs'> {
  readonly signer: Signer;
  /** Of the witness, and of its key: such as `witness.example.org`. */
  readonly name: string;
  /** The keys that it trusts, by the origin of their log. */
  readonly logs: ReadonlyMap<string, readonly VerifierKey[]>;
}

/** The logs of a policy; several lines may name keys of one log. */
export function logsOf({ logs }: Policy): ReadonlyMap<string, readonly VerifierKey[]> {
  return Map.groupBy(
    logs.map(({ key }) => key),
    ({ name }) => name,
  );
}

/** What was cosigned last of a log. */
export const cosignedKey = (origin: string): Key => ({
  table: 'log',
  partition: `witness#${origin}`,
  sort: 'cosigned',
});

/** What is kept of it. */
export interface Cosigned {
  readonly size: number;
  /** Base64 of 32 bytes. */
  readonly root: string;
  /** With the signatures of the log, and the cosignature that was answered. */
  readonly checkpoint: string;
}
