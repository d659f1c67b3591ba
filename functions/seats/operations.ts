/** What the function `seats` does. */
import type { seatsRoutes } from '../../shared/contract/seats.ts';
import type { Implementation } from '../../shared/http/operation.ts';
import { createSeat } from './createSeat.ts';
import { endSeat } from './endSeat.ts';
import { getSeat } from './getSeat.ts';
import { listSeats } from './listSeats.ts';

export const seatsOperations: Implementation<typeof seatsRoutes> = { createSeat, endSeat, getSeat, listSeats };
