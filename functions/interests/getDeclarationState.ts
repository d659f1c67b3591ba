/** How many of those who owe a declaration for a year have made it. */
import { interestsRoutes } from '../../shared/contract/interests.ts';
import { declarationLists, disclosureOf, owedDays } from '../../shared/core/decisions/interests.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { allPages, readToday } from '../../shared/http/read.ts';
import { readOwing } from './owing.ts';

export const getDeclarationState = operation(
  interestsRoutes.getDeclarationState,
  async ({ params, now }, { records }) => {
    const { year } = params;
    const owing = await readOwing(records, owedDays(year, await readToday(records, now)));
    const declared = new Set<string>();
    const partition = listPartition(declarationLists.ofYear(year));
    for await (const items of allPages(records, { partition }, 1000))
      for (const { key } of items) declared.add(key.sort);
    const { evidence, missing, ...counts } = disclosureOf(year, owing, declared);
    return { body: { ...counts, evidence: [...evidence], missing: [...missing] } };
  },
);
