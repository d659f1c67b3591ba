/** What the book said of a record from one of its versions on, and its proof, for whoever may see that. */
import { logRoutes } from '../../shared/contract/log.ts';
import type { Answer } from '../../shared/contract/route.ts';
import { type Statement, statementKey, statementPrefix } from '../../shared/core/log/outbox.ts';
import { isStated } from '../../shared/core/log/publicForms.ts';
import { isRevealed } from '../../shared/core/log/revealed.ts';
import { type EventName, type Seals, sealKey } from '../../shared/core/log/sequencing.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import { provenAt } from './provenAt.ts';
import { sightOf } from './sight.ts';

type Sealed = Answer<typeof logRoutes.getProofOfRecord>['sealed'];

export const getProofOfRecord = operation(
  logRoutes.getProofOfRecord,
  async ({ params, caller, now }, { records, publishedLog }) => {
    const { kind, recordId: id, version } = params;
    if (!isStated(kind)) throw new NotFoundError();
    const name = { kind, id, version };
    // First, and alone: what was withdrawn since is no longer the latest then.
    const sight = await sightOf(kind, id, { records, caller, now });
    const [[statement, seals], until] = await Promise.all([
      records.getMany([statementKey(name), sealKey(name)]),
      readUntil(name, records),
    ]);
    // What may not be shown, what was never said and what was erased do not differ, and are told from each other nowhere below.
    if (statement === undefined || !isRevealed(sight, { until })) throw new NotFoundError();
    const seal = (seals?.data as unknown as Seals | undefined)?.statement ?? undefined;
    return { body: { sealed: statement.data as unknown as Sealed, ...(await provenAt(seal, publishedLog)) } };
  },
);

/** When the next statement of the record took the place of this one. One query. */
async function readUntil(name: EventName, records: RecordStore): Promise<string | null> {
  const { partition, sort } = statementKey(name);
  const query = { table: 'records', partition, prefix: statementPrefix, after: sort } as const;
  const { items } = await records.query({ ...query, order: 'ascending', limit: 1 });
  const [next] = items;
  return next === undefined ? null : (next.data as unknown as Statement).at;
}
