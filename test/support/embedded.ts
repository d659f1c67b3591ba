/** The embedded server as a user starts it: another process, killed or stopped like one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

export interface Embedded {
  /** The server's address, once it says that it is ready. Rejects with what it printed when it ends before. */
  readonly ready: Promise<string>;
  readonly output: () => string;
  readonly pid: number;
  /** SIGKILL: no farewell. */
  kill(): Promise<void>;
  /** SIGINT, as Ctrl-C sends it; the exit code. */
  stop(): Promise<number | null>;
}

/** @param program another one that says when it is ready, and its arguments. */
export function launchEmbedded(
  environment: Record<string, string>,
  program = 'local/main.ts',
  ...args: readonly string[]
): Embedded {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...environment } });
  const exited = once(child, 'exit');
  let output = '';
  const ready = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', chunk => {
        output += chunk;
        const port = /ready at http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/.exec(output)?.[1];
        if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
      });
    }
    exited.then(([code, signal]) => reject(new Error(`The server ended with ${code ?? signal}: ${output}`)), reject);
  });
  // Whoever kills it before it is ready does not wait for it.
  ready.catch(() => {});
  return {
    ready,
    output: () => output,
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
    stop: async () => {
      child.kill('SIGINT');
      await exited;
      return child.exitCode;
    },
  };
}

/** Two ports that are free now, one after the other: the server's and its issuer's. */
export async function freePorts(): Promise<{ PORT: string; MINUTEBOOK_ISSUER_PORT: string }> {
  const free = async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    return String(port);
  };
  return { PORT: await free(), MINUTEBOOK_ISSUER_PORT: await free() };
}
