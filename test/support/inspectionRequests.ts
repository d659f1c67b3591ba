/** For each operation on the inspection set and requests for copies a request that succeeds for those who may. */
import type { inspectionRoutes } from '../../shared/contract/inspection.ts';
import type { Prepare } from './assembly.ts';
import type { TestBook } from './book.ts';

/** Complete facts; what matters to a test is given. */
export const copyRequestFacts = (
  facts: { receivedOn?: string; how?: 'in-person' | 'written' | 'electronic' } = {},
) => ({
  receivedOn: '2024-06-03',
  how: 'written' as const,
  requester: 'A reader',
  contact: 'reader@test.example',
  what: ['Form 990-EZ for 2022'],
  ...facts,
});

export const copyRequestOf = async ({ as }: TestBook, facts: Parameters<typeof copyRequestFacts>[0] = {}) =>
  (await as.secretary.createCopyRequest({ body: copyRequestFacts(facts) })).body;

export const inspectionRequests: { [Id in keyof typeof inspectionRoutes]: Prepare } = {
  getInspectionSet: async () => client => client.getInspectionSet(),
  checkAvailability: async () => client => client.checkAvailability(),
  createCopyRequest: async () => client => client.createCopyRequest({ body: copyRequestFacts() }),
  listCopyRequests: async () => client => client.listCopyRequests({ query: { year: '2024' } }),
  getCopyRequest: async book => {
    const { id } = await copyRequestOf(book);
    return client => client.getCopyRequest({ params: { requestId: id } });
  },
  answerCopyRequest: async book => {
    const { id, version } = await copyRequestOf(book);
    const body = { on: '2024-06-10', how: 'mailed' as const, note: null };
    return client => client.answerCopyRequest({ params: { requestId: id }, version, body });
  },
};
