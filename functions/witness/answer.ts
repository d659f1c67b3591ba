/** Which request to a witness means what. */
import { keyText, verifierKey } from '../../shared/core/log/notes.ts';
import { UnavailableError } from '../../shared/errors.ts';
import { logFaults } from '../../shared/http/jobLog.ts';
import { addCheckpoint } from './addCheckpoint.ts';
import { readCosigned } from './readCosigned.ts';
import { type Reply, text } from './reply.ts';
import type { WitnessServices } from './services.ts';

export interface Request {
  readonly method: string;
  /** Without a query; it may begin with `/witness`, where a witness shares its address with a book. */
  readonly path: string;
  /** As it came; it may be cut off behind {@link mostRequestBytes} bytes, as long as it stays too long. */
  readonly body: Uint8Array;
}

/** Never throws: what fails is logged. */
export async function answer(request: Request, services: WitnessServices): Promise<Reply> {
  try {
    return await route(request, services);
  } catch (error) {
    logFaults(error, 'witness', services);
    const status = error instanceof UnavailableError ? 503 : 500;
    return text(status, 'This witness cannot answer right now. Ask again later.\n', { 'retry-after': '30' });
  }
}

async function route({ method, path, body }: Request, services: WitnessServices): Promise<Reply> {
  const own = path.replace(/^\/witness(?=\/|$)/, '');
  const [, originHash] = /^\/([0-9a-f]{64})\/checkpoint$/.exec(own) ?? [];
  if (own === '/add-checkpoint') return method === 'POST' ? addCheckpoint(body, services) : not('POST');
  const isRead = method === 'GET' || method === 'HEAD';
  if (originHash !== undefined) return isRead ? readCosigned(originHash, services) : not('GET');
  if (own === '' || own === '/') return isRead ? introduce(services) : not('GET');
  return text(404, 'There is nothing here. A witness answers POST .../add-checkpoint (c2sp.org/tlog-witness).\n');
}

const not = (method: string) => text(405, `Use ${method} here.\n`, { allow: method });

/** Who it is, for people who think of trusting it. */
async function introduce({ signer, name, logs }: WitnessServices): Promise<Reply> {
  const key = keyText(verifierKey(name, 'cosignature', await signer.publicKey()));
  const lines = [
    `This is the witness ${name} (c2sp.org/tlog-witness).`,
    `Its verifier key: ${key}`,
    'It cosigns the checkpoints of these logs, as long as each continues the last:',
    ...[...logs.keys()].map(origin => `  ${origin}`),
  ];
  return text(200, lines.map(line => `${line}\n`).join(''));
}
