/** The whole contract: every operation, by the function that serves it. */
import { allowed } from '../core/authorisation.ts';
import { archiveRoutes } from './archive.ts';
import { bodiesRoutes } from './bodies.ts';
import { certificatesRoutes } from './certificates.ts';
import { consentsRoutes } from './consents.ts';
import { disclosuresRoutes } from './disclosures.ts';
import { documentsRoutes } from './documents.ts';
import { eventsRoutes } from './events.ts';
import { filingsRoutes } from './filings.ts';
import { governanceRoutes } from './governance.ts';
import { inspectionRoutes } from './inspection.ts';
import { interestsRoutes } from './interests.ts';
import { logRoutes } from './log.ts';
import { meetingsRoutes } from './meetings.ts';
import { obligationsRoutes } from './obligations.ts';
import { organisationRoutes } from './organisation.ts';
import { peopleRoutes } from './people.ts';
import { resolutionsRoutes } from './resolutions.ts';
import { returnsRoutes } from './returns.ts';
import type { OperationId, Route } from './route.ts';
import { seatsRoutes } from './seats.ts';
import { siteRoutes } from './site.ts';
import { supportRoutes } from './support.ts';
import { uploadsRoutes } from './uploads.ts';
import { votesRoutes } from './votes.ts';

export const contract = {
  organisation: organisationRoutes,
  bodies: bodiesRoutes,
  seats: seatsRoutes,
  people: peopleRoutes,
  disclosures: disclosuresRoutes,
  documents: documentsRoutes,
  uploads: uploadsRoutes,
  archive: archiveRoutes,
  resolutions: resolutionsRoutes,
  votes: votesRoutes,
  consents: consentsRoutes,
  certificates: certificatesRoutes,
  meetings: meetingsRoutes,
  interests: interestsRoutes,
  obligations: obligationsRoutes,
  filings: filingsRoutes,
  returns: returnsRoutes,
  inspection: inspectionRoutes,
  governance: governanceRoutes,
  support: supportRoutes,
  events: eventsRoutes,
  log: logRoutes,
  site: siteRoutes,
};

export type FunctionName = keyof typeof contract;

export interface Declared {
  readonly functionName: FunctionName;
  readonly id: OperationId;
  readonly route: Route;
  /** True when it answers callers without a token too. */
  readonly isPublic: boolean;
}

/** Every operation once. Each GET answers HEAD as well. */
export const operations: readonly Declared[] = Object.entries(contract).flatMap(([functionName, routes]) =>
  Object.entries(routes).map(([id, route]) => ({
    functionName: functionName as FunctionName,
    id: id as OperationId,
    route: route as Route,
    isPublic: (allowed[id as OperationId] as readonly string[]).includes('public'),
  })),
);
