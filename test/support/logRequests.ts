/** For each operation on the log a request that succeeds for those who may: prepared, then sent as somebody. */
import type { logRoutes } from '../../shared/contract/log.ts';
import type { Prepare } from './assembly.ts';
import { publishedOf } from './disclosures.ts';
import { sealNow } from './sealing.ts';

export const logRequests: { [Id in keyof typeof logRoutes]: Prepare } = {
  getLog: async () => client => client.getLog(),
  readLogPolicy: async () => client => client.readLogPolicy(),
  getProofOfRecord: async book => {
    const { id, version } = await publishedOf(book);
    await sealNow(book);
    const params = { kind: 'disclosure', recordId: id, version: String(version) };
    return client => client.getProofOfRecord({ params });
  },
  getProofOfEvent: async book => {
    await sealNow(book);
    const params = { kind: 'organisation', recordId: 'organisation', version: '1' };
    return client => client.getProofOfEvent({ params });
  },
  getEntry: async book => {
    await sealNow(book);
    return client => client.getEntry({ params: { index: '0' } });
  },
  getConsistency: async book => {
    const { size } = await sealNow(book);
    return client => client.getConsistency({ query: { from: '1', to: String(size) } });
  },
};
