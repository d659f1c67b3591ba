/** One edition of a disclosure, as it stood; once it is withdrawn, only for those who may see unpublished disclosures. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { may } from '../../shared/core/authorisation.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { presentEditionEntry, readEditions } from './editions.ts';
import { loadVisible } from './load.ts';
import { presentContent } from './present.ts';

export const getEdition = operation(disclosuresRoutes.getEdition, async ({ params, caller, now }, { records }) => {
  const disclosure = await loadVisible(records, params.disclosureId, caller, now);
  const { publishAt, withdrawal, edition: current } = disclosure.data;
  if (withdrawal !== null && !may(caller, 'see unpublished disclosures')) throw new NotFoundError();
  const [edition] = await readEditions(records, disclosure, [params.edition]);
  if (publishAt === null || edition === undefined) throw new NotFoundError();
  const entry = presentEditionEntry(edition, current, publishAt);
  return { body: { id: disclosure.id, ...entry, ...presentContent(edition.content) } };
});
