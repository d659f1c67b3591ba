/** For each operation on returns a request that succeeds for those who may: prepared, then sent as somebody. */
import type { returnsRoutes } from '../../shared/contract/returns.ts';
import type { Prepare } from './assembly.ts';
import { filedOf, postcardBody, postcardFiledOf, readingOf, readOf } from './returns.ts';

export const returnRequests: { [Id in keyof typeof returnsRoutes]: Prepare } = {
  readReturn: async book => {
    const filed = await filedOf(book);
    return client => client.readReturn(readingOf(filed));
  },
  recordPostcard: async book => {
    const { filingId } = await postcardFiledOf(book);
    return client => client.recordPostcard({ params: { filingId }, body: postcardBody });
  },
  listReturns: async () => client => client.listReturns(),
  getReturn: async book => {
    const { read } = await readOf(book);
    return client => client.getReturn({ params: { returnId: read.id } });
  },
  getFigures: async () => client => client.getFigures(),
};
