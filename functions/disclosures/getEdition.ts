/** One edition of a disclosure, as it stood; once it is withdrawn, only for those who may see unpublished disclosures. */
import { disclosuresRoutes } from '../../shared/contract/disclosures.ts';
import { may } from '../../shared/core/authorisation.ts';
import { versionOfEdition } from '../../shared/core/disclosures.ts';
import { shownContent, shownLife } from '../../shared/core/shownDisclosure.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { proofOfVersion } from '../../shared/http/proofs.ts';
import { presentEditionEntry, readEditions } from './editions.ts';
import { loadVisible } from './load.ts';

export const getEdition = operation(disclosuresRoutes.getEdition, async ({ params, caller, now }, { records }) => {
  const disclosure = await loadVisible(records, params.disclosureId, caller, now);
  const { publishAt, enteredAt, withdrawal, edition: current } = disclosure.data;
  if (withdrawal !== null && !may(caller, 'see unpublished disclosures')) throw new NotFoundError();
  const [edition] = await readEditions(records, disclosure, [params.edition]);
  if (publishAt === null || edition === undefined) throw new NotFoundError();
  const entry = presentEditionEntry(edition, current, publishAt);
  // As it was said then, so that it can be proven.
  const life = shownLife({ ...edition, publishAt, enteredAt, withdrawal: null });
  const version = versionOfEdition(disclosure, edition.edition);
  const proof = await proofOfVersion(records, { kind: 'disclosure', id: disclosure.id, version });
  return { body: { id: disclosure.id, ...entry, ...life, ...shownContent(edition.content), proof } };
});
