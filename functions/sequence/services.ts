/** What the sequencer needs from the outside world. */
import type { JobServices } from '../../shared/http/operation.ts';
import type { LogStore } from '../../shared/ports/logStore.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import type { Witness } from './witnesses.ts';

/** The log of a book, as its operator has set it up. */
export interface OwnLog {
  readonly store: LogStore;
  /** All of them sign; the newest key is the first. */
  readonly signers: readonly Signer[];
  /** The name of the log, and of its keys: such as `book.example.org/log`. */
  readonly origin: string;
  readonly witnesses: readonly Witness[];
  /** 32 random bytes. */
  readonly newSalt: () => Uint8Array;
}

export type SequencerServices = Omit<JobServices, 'blobs'> & OwnLog;
