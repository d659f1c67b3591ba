/** An archivist corrects what is recorded of a supporter, or what they agreed to. */
import { supportRoutes } from '../../shared/contract/support.ts';
import type { Support } from '../../shared/core/support.ts';
import { operation } from '../../shared/http/operation.ts';
import { expectVersion, readRecord } from '../../shared/http/read.ts';
import { presentSupport } from './present.ts';
import { supportFrom, writeSupport } from './write.ts';

export const updateSupport = operation(supportRoutes.updateSupport, async (input, { records }) => {
  const before = await readRecord<Support>(records, 'support', input.params.supportId);
  expectVersion(before, input.expected);
  const { support, checks } = await supportFrom(records, input.body, input);
  const { stored, writes } = writeSupport(before.id, before, support, input.act);
  return { body: presentSupport(stored), version: stored.version, writes: [...writes, ...checks] };
});
