/** How much is public now, by category. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { countsAt } from '../../shared/core/disclosureLists.ts';
import { categories as allCategories } from '../../shared/core/disclosures.ts';
import { operation } from '../../shared/http/operation.ts';
import { readCatalogue } from './readDisclosures.ts';

export const countDisclosures = operation(disclosuresRoutes.countDisclosures, async ({ now }, { records }) => {
  const counts = countsAt(await readCatalogue(records), now);
  const categories = allCategories.flatMap(category => {
    const tally = counts[category];
    return tally === undefined ? [] : [{ category, ...tally }];
  });
  const published = categories.reduce((sum, one) => sum + one.published, 0);
  const withdrawn = categories.reduce((sum, one) => sum + one.withdrawn, 0);
  return { body: { categories, published, withdrawn } };
});
