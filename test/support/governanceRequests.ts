/** For each operation on governance and support a request that succeeds for those who may: prepared, then sent as somebody. */
import type { governanceRoutes } from '../../shared/contract/governance.ts';
import type { supportRoutes } from '../../shared/contract/support.ts';
import type { Prepare } from './assembly.ts';
import { sealedOf } from './documents.ts';
import { createdSupport, supportBody } from './supporters.ts';

const lastYear = new Date().getUTCFullYear() - 1;

export const governanceRequests: { [Id in keyof typeof governanceRoutes | keyof typeof supportRoutes]: Prepare } = {
  getGovernance: async () => client => client.getGovernance({ params: { end: `${lastYear}-12-31` } }),
  listPolicies: async () => client => client.listPolicies(),
  designatePolicy: async book => {
    const { documentId } = await sealedOf(book, { kind: 'policy' });
    const topic = `topic-${documentId.slice(-12)}`;
    const text = { documentId, version: 1, resolutionId: null };
    const body = { from: '2021-01-01', text, reason: 'Has always been so.' };
    return client => client.designatePolicy({ params: { topic }, version: 0, body });
  },
  listSupport: async () => client => client.listSupport(),
  getSupport: async book => {
    const { id } = await createdSupport(book, { consent: { given: true } });
    return client => client.getSupport({ params: { supportId: id } });
  },
  createSupport: async () => client => client.createSupport({ body: supportBody() }),
  updateSupport: async book => {
    const { id, version } = await createdSupport(book);
    const body = supportBody({ purpose: 'Something else.' });
    return client => client.updateSupport({ params: { supportId: id }, version, body });
  },
};
