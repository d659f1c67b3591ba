/** For each operation on filings a request that succeeds for those who may: prepared, then sent as somebody. */
import type { filingsRoutes } from '../../shared/contract/filings.ts';
import type { Prepare } from './assembly.ts';
import type { TestBook } from './book.ts';
import type { Answered, Client } from './client.ts';
import { sealedOf } from './documents.ts';
import { expectedOf, submittedOf } from './filings.ts';
import { calendarCodeOf } from './meetings.ts';

/** Recorded without its papers. */
async function submittedWithout(book: TestBook) {
  const { filingId, version } = await expectedOf(book);
  const body = { on: '2024-05-10', by: 'Somebody', way: 'mail' as const };
  return {
    filingId,
    version: (await book.as.treasurer.submitFiling({ params: { filingId }, version, body })).body.version,
  };
}

type Sent = { readonly params: { readonly filingId: string }; readonly version: number };

/** About a filing of its own each time. */
const own =
  (send: (client: Client, sent: Sent, book: TestBook) => Promise<Answered<unknown>>): Prepare =>
  async book => {
    const { filingId, version } = await expectedOf(book);
    return client => send(client, { params: { filingId }, version }, book);
  };

export const filingRequests: { [Id in keyof typeof filingsRoutes]: Prepare } = {
  listFilings: async () => client => client.listFilings(),
  getFiling: own((client, { params }) => client.getFiling({ params })),
  assignFiling: own((client, sent, { people }) =>
    client.assignFiling({ ...sent, body: { responsible: [people.treasurer] } }),
  ),
  prepareFiling: own((client, sent) => client.prepareFiling({ ...sent, body: {} })),
  reviewFiling: async book => {
    const { filingId, version } = await expectedOf(book);
    const { documentId } = await sealedOf(book);
    const given = [{ personId: book.people.director, on: '2024-05-01' }];
    const body = { paper: { documentId, version: 1 }, given };
    return client => client.reviewFiling({ params: { filingId }, version, body });
  },
  extendFiling: own((client, sent) =>
    client.extendFiling({ ...sent, body: { askedOn: '2024-05-10', confirmation: '42' } }),
  ),
  moveFiling: own((client, sent) => client.moveFiling({ ...sent, body: { due: '2024-06-30', reason: 'A notice.' } })),
  submitFiling: own((client, sent) =>
    client.submitFiling({ ...sent, body: { on: '2024-05-10', by: 'Somebody', way: 'mail' } }),
  ),
  addPapers: async book => {
    const { filingId, version } = await submittedWithout(book);
    const { documentId } = await sealedOf(book);
    const body = { submission: 1, papers: [{ documentId, version: 1 }] };
    return client => client.addPapers({ params: { filingId }, version, body });
  },
  answerFiling: async book => {
    const { filingId, version } = await submittedOf(book);
    const body = { submission: 1, accepted: true, on: '2024-05-12' };
    return client => client.answerFiling({ params: { filingId }, version, body });
  },
  publishCopies: async book => {
    const { filingId, version } = await submittedOf(book);
    const { documentId } = await sealedOf(book, { access: 'public' });
    const body = { submission: 1, copies: [{ documentId, version: 1 }] };
    return client => client.publishCopies({ params: { filingId }, version, body });
  },
  excuseFiling: own((client, sent) => client.excuseFiling({ ...sent, body: { reason: 'None is owed.' } })),
  getPunctuality: async () => client => client.getPunctuality(),
  readFilingsCalendar: async ({ as }) => {
    const code = await calendarCodeOf(as.director);
    return client => client.readFilingsCalendar({ params: { code } });
  },
};
