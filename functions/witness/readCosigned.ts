/** Anybody asks what was cosigned last of a log, so as to compare it with what the log shows them (C2SP tlog-witness, monitor retrieval). */
import { sha256Bytes } from '../../shared/core/log/tree.ts';
import { type Reply, text } from './reply.ts';
import { cosignedKey, type WitnessServices } from './services.ts';

/** @param originHash SHA-256 of the log's origin, in hexadecimal. */
export async function readCosigned(originHash: string, { records, logs }: WitnessServices): Promise<Reply> {
  const origin = [...logs.keys()].find(one => hashOf(one) === originHash);
  const stored = origin === undefined ? undefined : await records.get(cosignedKey(origin));
  if (stored === undefined) return text(404, 'This witness has cosigned no checkpoint of such a log.\n');
  return text(200, String(stored.data.checkpoint));
}

const hashOf = (origin: string) => Buffer.from(sha256Bytes(new TextEncoder().encode(origin))).toString('hex');
