// A RecordStore in memory for what stands above the port: strict about expectations, and able to be slower than others.
import { VersionConflictError } from '../../../shared/errors.ts';
import type { Item, Key, RecordStore, Write } from '../../../shared/ports/recordStore.ts';

const nameOf = (key: Key) => JSON.stringify([key.table, key.partition, key.sort]);
const keyOf = (write: Write) => ('put' in write ? write.put.key : 'remove' in write ? write.remove : write.check);

export class HeldRecords implements RecordStore {
  readonly items = new Map<string, Item>();
  /** Runs before the next commit and may throw; gone after it ran. */
  interfere: (() => void | Promise<void>) | undefined;
  commits = 0;

  async get(key: Key): Promise<Item | undefined> {
    return structuredClone(this.items.get(nameOf(key)));
  }

  async getMany(keys: readonly Key[]): Promise<(Item | undefined)[]> {
    return Promise.all(keys.map(key => this.get(key)));
  }

  async query(): Promise<never> {
    throw new Error('nothing here lists anything');
  }

  async commit(writes: readonly Write[]): Promise<void> {
    const interfere = this.interfere;
    this.interfere = undefined;
    await interfere?.();
    const failed = writes
      .map(write => [keyOf(write), write.expect] as const)
      .filter(([key, expect]) => {
        const version = this.items.get(nameOf(key))?.version;
        return expect !== 'any' && version !== (expect === 'absent' ? undefined : expect.version);
      });
    if (failed.length > 0) throw new VersionConflictError(failed.map(([key]) => key));
    for (const write of writes) {
      // What is stored is JSON: undefined fields do not come back.
      if ('put' in write) this.items.set(nameOf(write.put.key), JSON.parse(JSON.stringify(write.put)));
      else if ('remove' in write) this.items.delete(nameOf(write.remove));
    }
    this.commits++;
  }
}
