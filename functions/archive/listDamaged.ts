/** The files that are not what was sealed any more, with the names of their documents. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import { custodyIn, damagedList } from '../../shared/core/archive/custody.ts';
import { type ArchivedDocument, maySeeAll } from '../../shared/core/archive/documents.ts';
import { listPartition } from '../../shared/core/records.ts';
import { operation } from '../../shared/http/operation.ts';
import { readEach } from '../../shared/http/read.ts';

/** So many are told at once: with more, something has happened that no list helps with. */
const most = 1000;

export const listDamaged = operation(archiveRoutes.listDamaged, async ({ caller }, { records }) => {
  const partition = listPartition(damagedList);
  const { items } = await records.query({ table: 'records', partition, order: 'ascending', limit: most });
  const uses = items.flatMap(item => {
    const custody = custodyIn(item);
    return (custody?.uses ?? []).map(use => ({ ...use, sha256: item.key.sort, custody }));
  });
  const documents = await readEach<ArchivedDocument>(
    records,
    'document',
    uses.map(({ documentId }) => documentId),
  );
  const shown = uses.flatMap(({ documentId, version, as, sha256, custody }) => {
    const document = documents.get(documentId);
    const result = custody?.result;
    if (document === undefined || custody === undefined || (result !== 'changed' && result !== 'missing')) return [];
    const { facts, access } = document;
    if (!maySeeAll(caller, access, facts.bodyId)) return [];
    return [{ documentId, title: facts.title, number: version, as, sha256, result, checkedAt: custody.checkedAt }];
  });
  return { body: { items: shown } };
});
