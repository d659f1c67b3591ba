/** Where the log lies for everybody to read: tiles, bundles of entries, and the checkpoint. */

/** Something else stands under the name already. Going on would make two logs of one: somebody has to look. */
export class LogForkError extends Error {}

/** The checkpoint that is published, and a tag by which it is replaced and no other. */
export interface Published {
  readonly content: string;
  readonly tag: string;
}

/**
 * Files under the paths of C2SP tlog-tiles. What is put there is durable when the promise resolves, is there whole or not at all, and
 * is what every later read answers. All methods retry throttling and network faults themselves; every method may be called again
 * after any error.
 */
export interface LogStore {
  /**
   * Puts a tile or a bundle where there is none. Does nothing when the same bytes are there.
   * @throws {LogForkError} other bytes are there. They stay.
   */
  putNew(path: string, content: Uint8Array): Promise<void>;

  /** A tile or a bundle; undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;

  readCheckpoint(): Promise<Published | undefined>;

  /**
   * Puts a checkpoint in the place of the one that was read; the first one where there is none.
   * @returns false when another one is there by now; it stays.
   */
  replaceCheckpoint(content: string, read: Published | undefined): Promise<boolean>;
}
