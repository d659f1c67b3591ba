/** The embedded server: every function's handler behind one HTTP listener. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodiesOperations } from '../functions/bodies/operations.ts';
import { disclosuresOperations } from '../functions/disclosures/operations.ts';
import { eventsOperations } from '../functions/events/operations.ts';
import { organisationOperations } from '../functions/organisation/operations.ts';
import { peopleOperations } from '../functions/people/operations.ts';
import { seatsOperations } from '../functions/seats/operations.ts';
import { siteOperations, siteOptions } from '../functions/site/operations.ts';
import type { FunctionName } from '../shared/contract/routes.ts';
import type { Services } from '../shared/http/operation.ts';
import { type Handler, serve } from '../shared/http/serve.ts';
import { gateway } from './gateway.ts';

export interface EmbeddedServer {
  readonly port: number;
  /** Lets requests that are under way finish, then stops listening. */
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
    events: serve(eventsOperations, services),
    site: serve(siteOperations, services, siteOptions),
  };
}

/** @param port 0 takes any free port. @throws {Error} with code EADDRINUSE when the port is taken. */
export async function startServer(services: Services, port: number, host = '127.0.0.1'): Promise<EmbeddedServer> {
  const answer = gateway(handlersOf(services), services.newId);
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    answer(request, response).catch(error => {
      // The request broke off before it was read; there is nobody to answer.
      if (!request.destroyed) services.log(faultLine(error, services));
      response.destroy();
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function faultLine(error: unknown, services: Services) {
  return {
    level: 'error',
    at: services.now().toISOString(),
    requestId: services.newId(),
    operation: 'none',
    status: 500,
    milliseconds: 0,
    internal: error instanceof Error ? (error.stack ?? error.message) : String(error),
  } as const;
}
