/** A port of this machine: taken first, answered on once there is something to answer with, and always let go. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  readonly port: number;
  /** The address that is listened on, such as `127.0.0.1`. */
  readonly host: string;
  /** Names that very address, so that nobody else's `localhost` can answer for it. */
  readonly origin: string;
  /**
   * Cuts every request that has not arrived whole after half a minute.
   * @param takesItsTime those whose listener sees to that itself.
   */
  answerWith(listener: RequestListener, takesItsTime?: (request: IncomingMessage) => boolean): void;
  /** Stops listening. Requests under way have some seconds to finish, then every connection is cut. */
  close(): Promise<void>;
}

/**
 * Until it is told what to answer with, it answers 503.
 *
 * @param port 0 takes any free port.
 * @throws {Error} with code EADDRINUSE when the port is taken.
 */
export async function listen(
  port: number,
  host = '127.0.0.1',
  graceMilliseconds = 3000,
  bodyMilliseconds = 30_000,
): Promise<Listener> {
  let answer: RequestListener = (_request, response) => {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' };
    response.writeHead(503, headers).end('Minutebook is starting. Ask again in a few seconds.\n');
  };
  let isPatient: (request: IncomingMessage) => boolean = () => false;
  // Without the interval a slow header would be noticed half a minute late. Node's limit for bodies would be one for all.
  const timeouts = { headersTimeout: 30_000, requestTimeout: 0, connectionsCheckingInterval: 2000 };
  const server = createServer(timeouts, (request, response) => {
    if (!isPatient(request)) cutWhenSlow(request, response, bodyMilliseconds);
    answer(request, response);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const bound = server.address() as AddressInfo;
  return {
    port: bound.port,
    host: bound.address,
    origin: `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`,
    answerWith: (listener, takesItsTime = () => false) => {
      answer = listener;
      isPatient = takesItsTime;
    },
    close: () =>
      new Promise(resolve => {
        const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function cutWhenSlow(request: IncomingMessage, response: ServerResponse, milliseconds: number): void {
  const cut = setTimeout(() => {
    if (request.complete) return;
    if (!response.headersSent) request.socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
    request.socket.destroySoon();
  }, milliseconds);
  response.once('close', () => clearTimeout(cut));
}
