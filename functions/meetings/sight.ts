/** Who sees more of a meeting than everybody may. */
import { type Caller, may } from '../../shared/core/authorisation.ts';

/** The body and officers; others know of a meeting what everybody may. */
export const seesAll = (caller: Caller, bodyId: string) =>
  caller.bodies.has(bodyId) || may(caller, 'see meetings of every body');
