/** A book as somebody sees it who only reads its log: files of a folder, and answers that a test gives. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { listen } from '../../local/listener.ts';

export interface BookServer {
  readonly origin: string;
  /** What is answered at a path, as JSON; everything below `/log/` comes from the folder. */
  readonly answers: Map<string, unknown>;
  /** The folder that is shown as `/log/`. */
  folder: string;
  readonly asked: string[];
  close(): Promise<void>;
}

/** Pages of other sites may read it. */
const anybody = { 'access-control-allow-origin': '*' };

export async function serveBook(folder: string): Promise<BookServer> {
  const listener = await listen(0);
  const server: BookServer = { origin: listener.origin, answers: new Map(), folder, asked: [], close: listener.close };
  listener.answerWith((request, response) => {
    const path = new URL(request.url ?? '/', listener.origin).pathname;
    server.asked.push(path);
    const answer = server.answers.get(path);
    if (answer !== undefined) {
      response.writeHead(200, { ...anybody, 'content-type': 'application/json' }).end(JSON.stringify(answer));
      return;
    }
    const file = normalize(join(server.folder, path.replace(/^\/log\//, '')));
    const isThere =
      path.startsWith('/log/') && file.startsWith(server.folder) && existsSync(file) && statSync(file).isFile();
    if (isThere) response.writeHead(200, anybody).end(readFileSync(file));
    else response.writeHead(404, anybody).end();
  });
  return server;
}
