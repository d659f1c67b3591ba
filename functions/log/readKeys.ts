/** Reads which keys the log has, and had. */
import type { SignedCheckpoint } from '../../shared/core/log/checkpoints.ts';
import { verdictOn } from '../../shared/core/log/checkpoints.ts';
import { type LogKeyCard, logKeyList } from '../../shared/core/log/keys.ts';
import { readKey, type VerifierKey } from '../../shared/core/log/notes.ts';
import { listPartition } from '../../shared/core/records.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';

export interface KnownKey extends LogKeyCard {
  readonly verifierKey: VerifierKey;
  /** Whether it signed the newest checkpoint. */
  readonly isSigning: boolean;
}

/** Nobody changes keys so often that these would not be all of them. */
const mostKeys = 100;

/** The newest first. One query. */
export async function readKeys(records: RecordStore, signed: SignedCheckpoint | undefined): Promise<KnownKey[]> {
  const { items } = await records.query({
    table: 'records',
    partition: listPartition(logKeyList),
    order: 'descending',
    limit: mostKeys,
  });
  return items.flatMap(({ data }) => {
    const card = data as unknown as LogKeyCard;
    const verifierKey = readKey(card.key);
    if (verifierKey === null) return [];
    return {
      ...card,
      verifierKey,
      isSigning: signed !== undefined && verdictOn(signed.note, verifierKey).is === 'good',
    };
  });
}
