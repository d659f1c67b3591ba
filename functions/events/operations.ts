/** What the function `events` does. */
import type { eventsRoutes } from '../../shared/contract/events.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { listBookEvents } from './listBookEvents.ts';
import { listEvents } from './listEvents.ts';

export const eventsOperations: Implementation<typeof eventsRoutes> = { listBookEvents, listEvents };
