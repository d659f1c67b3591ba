/** Our witness behind a listener of this process, on the store that it is given. */

import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from '../../functions/witness/answer.ts';
import { logsOf, type WitnessServices } from '../../functions/witness/services.ts';
import { keyText, verifierKey } from '../../shared/core/log/notes.ts';
import { readPolicy } from '../../shared/core/log/policy.ts';
import type { LogLine } from '../../shared/http/log.ts';
import type { RecordStore } from '../../shared/ports/recordStore.ts';
import type { Signer } from '../../shared/ports/signer.ts';
import type { KeyPair } from './witnessedLog.ts';

export const witnessName = 'witness.example.net/w1';

/** @param logs that it is to cosign. */
export function witnessServices(records: RecordStore, signer: Signer, logs: readonly KeyPair[]) {
  const policy = `${logs.map(({ key }) => `log ${keyText(key)}\n`).join('')}quorum none\n`;
  const lines: LogLine[] = [];
  const services: WitnessServices = {
    ...{ records, signer },
    name: witnessName,
    logs: logsOf(readPolicy(policy)),
    now: () => new Date(),
    newId: () => 'r',
    log: line => lines.push(line),
  };
  return { services, lines };
}

export const ownKey = async (signer: Signer) => verifierKey(witnessName, 'cosignature', await signer.publicKey());

export async function listeningWitness(services: WitnessServices): Promise<{ server: Server; prefix: string }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '' } = request;
    const { status, headers, body } = await answer({ method, path, body: Buffer.concat(chunks) }, services);
    response.writeHead(status, headers).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, prefix: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
