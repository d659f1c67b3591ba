/** An archivist records what a supporter gives. */
import { supportRoutes } from '../../shared/contract/support.ts';
import { operation } from '../../shared/http/operation.ts';
import { presentSupport } from './present.ts';
import { supportFrom, writeSupport } from './write.ts';

export const createSupport = operation(supportRoutes.createSupport, async (input, { records, newId }) => {
  const { support, checks } = await supportFrom(records, input.body, input);
  const id = newId();
  const { stored, writes } = writeSupport(id, undefined, support, input.act);
  return {
    body: presentSupport(stored),
    version: stored.version,
    location: `/v1/support/${id}`,
    writes: [...writes, ...checks],
  };
});
