/** Two histories of one log that are a fork, and whatever a witness cosigned of either. */
import { toBase64 } from '../../shared/core/log/base64.ts';
import { readCheckpoint, verdictOn } from '../../shared/core/log/checkpoints.ts';
import type { VerifierKey } from '../../shared/core/log/notes.ts';
import type { Head } from '../../shared/core/log/proofs.ts';
import type { History } from './witnessedLog.ts';

/**
 * Remembers every cosignature that left a witness.
 * @param sides histories that are the same up to so many entries.
 */
export function cosignedHeads(key: VerifierKey, sides: readonly History[], shared: number) {
  const heads: Head[] = [];
  const sidesSeen = new Set<number>();
  return {
    heads,
    /** @throws {Error} it does not verify. */
    take(side: number, size: number, line: string): void {
      const signed = readCheckpoint(`${sides[side]?.noteAt(size)}${line}`);
      if (signed === null || verdictOn(signed.note, key).is !== 'good') throw new Error(`No cosignature: ${line}`);
      heads.push(signed.checkpoint);
      if (size > shared) sidesSeen.add(side);
    },
    /** @throws {Error} both sides were cosigned behind the place where they part, or two roots of one size. */
    check(): void {
      if (sidesSeen.size > 1) throw new Error('Both sides of a fork were cosigned');
      const roots = new Map<number, string>();
      for (const { size, root } of heads) {
        const known = roots.get(size) ?? toBase64(root);
        if (known !== toBase64(root)) throw new Error(`Two trees of ${size} entries were cosigned`);
        roots.set(size, known);
      }
    },
    largest: () => Math.max(0, ...heads.map(({ size }) => size)),
  };
}
