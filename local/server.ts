/** The embedded server: every function's handler behind one HTTP listener. */
import type { IncomingMessage } from 'node:http';
import { archiveOperations } from '../functions/archive/operations.ts';
import { bodiesOperations } from '../functions/bodies/operations.ts';
import { certificatesOperations } from '../functions/certificates/operations.ts';
import { consentsOperations } from '../functions/consents/operations.ts';
import { disclosuresOperations } from '../functions/disclosures/operations.ts';
import { documentsOperations } from '../functions/documents/operations.ts';
import { eventsOperations } from '../functions/events/operations.ts';
import { filingsOperations } from '../functions/filings/operations.ts';
import { governanceOperations } from '../functions/governance/operations.ts';
import { inspectionOperations } from '../functions/inspection/operations.ts';
import { interestsOperations } from '../functions/interests/operations.ts';
import { logOperations } from '../functions/log/operations.ts';
import { meetingsOperations } from '../functions/meetings/operations.ts';
import { obligationsOperations } from '../functions/obligations/operations.ts';
import { organisationOperations } from '../functions/organisation/operations.ts';
import { peopleOperations } from '../functions/people/operations.ts';
import { resolutionsOperations } from '../functions/resolutions/operations.ts';
import { returnsOperations } from '../functions/returns/operations.ts';
import { seatsOperations } from '../functions/seats/operations.ts';
import { siteOperations, siteOptions } from '../functions/site/operations.ts';
import { supportOperations } from '../functions/support/operations.ts';
import { uploadsOperations } from '../functions/uploads/operations.ts';
import { votesOperations } from '../functions/votes/operations.ts';
import type { FileBlobStore } from '../shared/adapters/fileBlobStore.ts';
import type { FunctionName } from '../shared/contract/routes.ts';
import { errorCodes, MinutebookError } from '../shared/errors.ts';
import type { Services } from '../shared/http/operation.ts';
import { type Handler, serve } from '../shared/http/serve.ts';
import { blobGateway, isForBlobs } from './blobGateway.ts';
import { gateway } from './gateway.ts';
import { type Listener, listen } from './listener.ts';
import { isForLog, logGateway } from './logGateway.ts';

export interface EmbeddedServer {
  readonly port: number;
  /** Stops listening; requests that are under way have some seconds to finish. */
  close(): Promise<void>;
}

/** All functions of the contract; leaving one out does not compile. */
export function handlersOf(services: Services): Readonly<Record<FunctionName, Handler>> {
  return {
    organisation: serve(organisationOperations, services),
    bodies: serve(bodiesOperations, services),
    seats: serve(seatsOperations, services),
    people: serve(peopleOperations, services),
    disclosures: serve(disclosuresOperations, services),
    documents: serve(documentsOperations, services),
    uploads: serve(uploadsOperations, services),
    archive: serve(archiveOperations, services),
    resolutions: serve(resolutionsOperations, services),
    votes: serve(votesOperations, services),
    consents: serve(consentsOperations, services),
    certificates: serve(certificatesOperations, services),
    meetings: serve(meetingsOperations, services),
    interests: serve(interestsOperations, services),
    obligations: serve(obligationsOperations, services),
    filings: serve(filingsOperations, services),
    returns: serve(returnsOperations, services),
    inspection: serve(inspectionOperations, services),
    governance: serve(governanceOperations, services),
    support: serve(supportOperations, services),
    events: serve(eventsOperations, services),
    log: serve(logOperations, services),
    site: serve(siteOperations, services, siteOptions),
  };
}

/**
 * @param at a port, where 0 takes any that is free, or a listener that has taken one already.
 * @param address by which the public knows the book; where it listens unless told.
 * @param blobs whose grants and links are answered here too.
 * @throws {Error} with code EADDRINUSE when the port is taken.
 */
export async function startServer(
  services: Services,
  at: number | Listener,
  address?: string,
  blobs?: FileBlobStore,
): Promise<EmbeddedServer> {
  const listener = typeof at === 'number' ? await listen(at) : at;
  const answer = gateway(handlersOf(services), services.newId, address ?? listener.origin);
  const onFault = (error: unknown) => services.log(faultLine(error, services));
  const answerBlobs = blobs && blobGateway(blobs, { onFault });
  const answerLog = logGateway(services.publishedLog, onFault);
  const takesItsTime = (request: IncomingMessage) => answerBlobs !== undefined && isForBlobs(request);
  listener.answerWith((request, response) => {
    if (answerBlobs !== undefined && takesItsTime(request)) return void answerBlobs(request, response);
    if (isForLog(request)) return void answerLog(request, response);
    answer(request, response).catch(error => {
      // The request broke off before it was read; there is nobody to answer.
      if (!request.destroyed) onFault(error);
      response.destroy();
    });
  }, takesItsTime);
  return { port: listener.port, close: listener.close };
}

function faultLine(error: unknown, services: Services) {
  return {
    level: 'error',
    at: services.now().toISOString(),
    requestId: services.newId(),
    operation: 'none',
    status: error instanceof MinutebookError ? errorCodes[error.code].status : 500,
    milliseconds: 0,
    internal: internalOf(error),
  } as const;
}

function internalOf(error: unknown): string {
  if (error instanceof MinutebookError && error.internal !== undefined) return error.internal;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
