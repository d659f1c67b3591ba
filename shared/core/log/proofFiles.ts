/** Proofs in a file: that an entry stands in a log, for whoever has the log's key and no connection (C2SP tlog-proof). */
import { fromBase64, toBase64 } from './base64.ts';
import { readCheckpoint, readSize, type SignedCheckpoint } from './checkpoints.ts';
import { noteText } from './notes.ts';
import { mostProofHashes } from './proofs.ts';
import type { Hash } from './tree.ts';

export interface ProofFile {
  /** Not vouched for by the proof; null when there is none. */
  readonly extra: Uint8Array | null;
  readonly index: number;
  readonly hashes: readonly Hash[];
  readonly signed: SignedCheckpoint;
}

const firstLine = 'c2sp.org/tlog-proof@v1';

export function proofFileText({ extra, index, hashes, signed }: ProofFile): string {
  const head = [
    firstLine,
    ...(extra === null ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(toBase64),
  ];
  return `${head.join('\n')}\n\n${noteText(signed.note)}`;
}

/** Null for what is no proof file. Nothing is proven by that. */
export function readProofFile(content: string): ProofFile | null {
  const end = content.indexOf('\n\n');
  if (end === -1) return null;
  const [first, ...lines] = content.slice(0, end).split('\n');
  const signed = readCheckpoint(content.slice(end + 2));
  if (first !== firstLine || signed === null) return null;
  const said = lines[0]?.startsWith('extra ') ? fromBase64(lines[0].slice('extra '.length)) : undefined;
  const [indexLine, ...encoded] = said === undefined ? lines : lines.slice(1);
  const index = indexLine?.startsWith('index ') ? readSize(indexLine.slice('index '.length)) : null;
  const hashes = encoded.map(fromBase64);
  if (said === null || index === null || hashes.length > mostProofHashes) return null;
  if (!hashes.every((hash): hash is Hash => hash?.length === 32)) return null;
  return { extra: said ?? null, index, hashes, signed };
}
