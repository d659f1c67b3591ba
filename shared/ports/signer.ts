/** The key of the log. */

/** Signs with Ed25519 (RFC 8032), so that the same message always gives the same signature. The key never leaves it. */
export interface Signer {
  /** 32 bytes. */
  publicKey(): Promise<Uint8Array>;
  /** 64 bytes. @param message at most 4,096 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}
