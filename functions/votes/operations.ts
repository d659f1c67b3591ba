/** What the function `votes` does. */
import type { votesRoutes } from '../../shared/contract/votes.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { castVote } from './castVote.ts';
import { closeVote } from './closeVote.ts';
import { decideTie } from './decideTie.ts';
import { giveProxy } from './giveProxy.ts';
import { listBallots } from './listBallots.ts';
import { listRecusals } from './listRecusals.ts';
import { openVote } from './openVote.ts';
import { recuse } from './recuse.ts';

export const votesOperations: Implementation<typeof votesRoutes> = {
  castVote,
  closeVote,
  decideTie,
  giveProxy,
  listBallots,
  listRecusals,
  openVote,
  recuse,
};
