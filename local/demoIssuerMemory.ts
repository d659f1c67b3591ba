/** Where the demo issuer keeps its sessions, codes and refresh tokens: in memory, so a restart ends every sign-in. */
import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly model: string;
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/** One memory for all of the provider's models; entries leave it when they expire. */
export function memoryAdapter(): (model: string) => Adapter {
  const entries = new Map<string, Entry>();
  const find = (key: string) => {
    const entry = entries.get(key);
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  };
  const findWhere = (model: string, matches: (payload: AdapterPayload) => boolean) =>
    [...entries.values()].find(entry => entry.model === model && entry.expiresAt > Date.now() && matches(entry.payload))
      ?.payload;
  const deleteWhere = (matches: (entry: Entry) => boolean) => {
    for (const [key, entry] of entries) if (matches(entry)) entries.delete(key);
  };

  return model => ({
    async upsert(id, payload, expiresIn) {
      deleteWhere(entry => entry.expiresAt <= Date.now());
      const expiresAt = expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1000;
      entries.set(`${model}:${id}`, { model, payload, expiresAt });
    },
    find: async id => find(`${model}:${id}`),
    findByUid: async uid => findWhere(model, payload => payload.uid === uid),
    findByUserCode: async userCode => findWhere(model, payload => payload.userCode === userCode),
    async consume(id) {
      const payload = find(`${model}:${id}`);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    async destroy(id) {
      entries.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId) {
      deleteWhere(entry => entry.payload.grantId === grantId);
    },
  });
}
