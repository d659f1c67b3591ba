/** Somebody wants to know now whether everybody can have what the law opens to them. */
import { inspectionRoutes } from '../../shared/contract/inspection.ts';
import { askToLook } from '../../shared/core/filings/availability.ts';
import { operation } from '../../shared/http/operation.ts';

export const checkAvailability = operation(inspectionRoutes.checkAvailability, async ({ now }) => ({
  body: { askedAt: now },
  writes: [askToLook(now)],
}));
