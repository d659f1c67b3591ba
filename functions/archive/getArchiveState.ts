/** Whether the archive still holds what was sealed, as counted last. */
import { archiveRoutes } from '../../shared/contract/archive.ts';
import { operation } from '../../shared/http/operation.ts';
import { readArchiveState } from './readArchiveState.ts';

export const getArchiveState = operation(archiveRoutes.getArchiveState, async (_input, { records }) => ({
  body: await readArchiveState(records),
}));
