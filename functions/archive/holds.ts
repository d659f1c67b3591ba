/** Legal holds: where they stand, and how the API shows them. */
import type { archiveRoutes } from '../../shared/contract/archive.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { type Hold, type HoldsInForce, holdsKey } from '../../shared/core/archive/retention.ts';
import { type Row, replaceItem, rowKey, type Stored } from '../../shared/core/records.ts';
import type { Item, JsonObject, Write } from '../../shared/ports/recordStore.ts';

export const holdList = 'holds';

export const holdRow = (hold: Stored<Hold>): Row => ({
  key: rowKey(holdList, hold.id),
  card: presentHold(hold) as unknown as JsonObject,
});

export function presentHold({ id, version, data }: Stored<Hold>): Answer<typeof archiveRoutes.getHold> {
  const { scope } = data;
  return {
    id,
    ...data,
    scope: { ...scope, documentIds: [...scope.documentIds], bodyIds: [...scope.bodyIds] },
    version,
  };
}

export const holdsIn = (item: Item | undefined): HoldsInForce =>
  (item?.data as unknown as HoldsInForce | undefined) ?? { holds: [] };

/** Whoever disposes of something at the same moment conflicts with this. */
export const writeHolds = (read: Item | undefined, holds: HoldsInForce): Write =>
  replaceItem(holdsKey, read, holds as unknown as JsonObject);
