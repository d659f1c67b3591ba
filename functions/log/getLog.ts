/** What everybody may know of the log before reading it: its name, its size, its keys, its witnesses. */
import { logRoutes } from '../../shared/contract/log.ts';
import { type SignedCheckpoint, verdictOn } from '../../shared/core/log/checkpoints.ts';
import { keyText } from '../../shared/core/log/notes.ts';
import { type PolicyWitness, quorumOf } from '../../shared/core/log/policy.ts';
import { type Handover, handoverKey } from '../../shared/core/log/sequencing.ts';
import { operation } from '../../shared/http/operation.ts';
import { proofsOf } from '../../shared/http/proofs.ts';
import { policyOf } from './policyOf.ts';
import { readPublished } from './prove.ts';
import { readKeys } from './readKeys.ts';

export const getLog = operation(logRoutes.getLog, async ({ origin }, { records, publishedLog }) => {
  const signed = await readPublished(publishedLog);
  const keys = await readKeys(records, signed);
  const [proofs, handovers] = await Promise.all([
    proofsOf(
      records,
      keys.map(({ id }) => ({ kind: 'log-key', id })),
    ),
    records.getMany(keys.map(({ id }) => handoverKey(id))),
  ]);
  const { policy } = publishedLog;
  const witnesses = policy.witnesses.map(witness => ({ witness, cosignedAt: cosignedAt(signed, witness) }));
  const cosigned = witnesses.filter(one => one.cosignedAt !== null).map(({ witness }) => witness.key);
  const { needed, of, there } = quorumOf(policy, cosigned);
  return {
    body: {
      origin: publishedLog.origin,
      checkpoint: '/log/checkpoint',
      size: signed?.checkpoint.size ?? 0,
      keys: keys.map(({ key, recordedAt, isSigning }, place) => ({
        key,
        recordedAt,
        state: isSigning ? ('signing' as const) : ('retired' as const),
        proof: proofs[place] ?? null,
        handover: (handovers[place]?.data as unknown as Handover | undefined)?.proof ?? null,
      })),
      witnesses: witnesses.map(one => ({
        name: one.witness.name,
        key: keyText(one.witness.key),
        cosignedAt: one.cosignedAt,
      })),
      quorum: { needed, of, there },
      policy: policyOf(keys, policy, origin()),
    },
  };
});

/** When the witness cosigned the newest checkpoint; null when it has not, or nobody can say when. */
function cosignedAt(signed: SignedCheckpoint | undefined, { key }: PolicyWitness): string | null {
  const verdict = signed === undefined ? null : verdictOn(signed.note, key);
  if (verdict?.is !== 'good' || verdict.time === null || verdict.time > latestSecond) return null;
  return new Date(verdict.time * 1000).toISOString();
}

/** The last second of the year 9999: no clock shows more. */
const latestSecond = 253_402_300_799;
