/** What a person declared, year by year. */
import { interestsRoutes } from '../../shared/contract/interests.ts';
import { type Declaration, declarationLists } from '../../shared/core/decisions/interests.ts';
import type { Person } from '../../shared/core/people.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { nextOf, readPage, readRecord } from '../../shared/http/read.ts';

export const listPersonInterests = operation(
  interestsRoutes.listPersonInterests,
  async ({ params, query, nextAddress }, { records }) => {
    await readRecord<Person>(records, 'person', params.personId);
    const { items, next } = await readPage(records, {
      partition: listPartition(declarationLists.ofPerson(params.personId)),
      order: 'descending',
      limit: query.limit,
      cursor: query.cursor,
      large: true,
    });
    const declarations = items.map(item => item.data as unknown as Declaration & { readonly version: number });
    return {
      body: {
        items: declarations.map(one => ({ ...one, interests: [...one.interests] })),
        next: nextOf(next, nextAddress),
      },
    };
  },
);
