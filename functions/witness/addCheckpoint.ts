/** A log asks for a cosignature (C2SP tlog-witness, add-checkpoint). */
import { cosignatureBytes, signedByWitness, verdictOn } from '../../shared/core/log/checkpoints.ts';
import { type Note, type Signature, signatureLine, verifierKey } from '../../shared/core/log/notes.ts';
import { headData, headIn } from '../../shared/core/log/sequencing.ts';
import {
  answerTo,
  mostRequestBytes,
  readRequest,
  type WitnessRequest,
  witnessed,
} from '../../shared/core/log/witness.ts';
import { BusyError, VersionConflictError } from '../../shared/errors.ts';
import { type Reply, text } from './reply.ts';
import { type Cosigned, cosignedKey, type WitnessServices } from './services.ts';

/** How often a request is decided anew that others overtook. */
const attempts = 5;

/** What a {@link WitnessServices.signer} takes. */
const mostSignedBytes = 4096;

export async function addCheckpoint(body: Uint8Array, services: WitnessServices): Promise<Reply> {
  if (body.length > mostRequestBytes) return text(413, `A request has at most ${mostRequestBytes} bytes.\n`);
  const content = decoded(body);
  const request = content === null ? null : readRequest(content);
  if (request === null) return text(400, 'This is no request to add a checkpoint.\n');
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const reply = await decide(request, services);
    if (reply !== 'overtaken') return reply;
  }
  return text(503, 'Too many ask for the same log. Ask again in a second.\n', { 'retry-after': '1' });
}

/** Null for what is no UTF-8: a note is. */
function decoded(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

/** Nothing that was signed leaves here before it is kept, in the place of what it was decided by and of nothing else. */
async function decide(request: WitnessRequest, services: WitnessServices): Promise<Reply | 'overtaken'> {
  const { records, logs } = services;
  const { checkpoint, note } = request.signed;
  const keys = logs.get(checkpoint.origin);
  // What is asked in the name of logs that are not known reads nothing.
  const key = cosignedKey(checkpoint.origin);
  const stored = keys === undefined ? undefined : await records.get(key);
  const answer = answerTo(request, keys, stored && headIn(stored.data));
  if (answer.status === 409) return { status: 409, headers: { 'content-type': sizeType }, body: `${answer.size}\n` };
  if (answer.status !== 200) return text(answer.status, `${reasons[answer.status]}\n`);
  const seconds = Math.floor(services.now().getTime() / 1000);
  const message = signedByWitness(answer.cosign, seconds);
  if (message.length > mostSignedBytes) return text(400, 'The checkpoint has more lines than this witness signs.\n');
  const own = await cosignature(note, message, seconds, services);
  const cosigned: Cosigned = {
    ...(headData(answer.keep) as Pick<Cosigned, 'size' | 'root'>),
    checkpoint: witnessed(note, keys ?? [], own),
  };
  try {
    // A crash before it forgets a cosignature that nobody has seen; one behind it has kept what nobody was told: the log asks again.
    await records.commit([
      {
        put: { key, version: (stored?.version ?? 0) + 1, data: { ...cosigned } },
        expect: stored === undefined ? 'absent' : { version: stored.version },
      },
    ]);
  } catch (error) {
    if (error instanceof VersionConflictError || error instanceof BusyError) return 'overtaken';
    throw error;
  }
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: signatureLine(own) };
}

async function cosignature(
  { text: signed }: Note,
  message: Uint8Array,
  seconds: number,
  { signer, name }: WitnessServices,
): Promise<Signature> {
  const key = verifierKey(name, 'cosignature', await signer.publicKey());
  const signature = { name, id: key.id, bytes: cosignatureBytes(seconds, await signer.sign(message)) };
  if (verdictOn({ text: signed, signatures: [signature] }, key).is !== 'good') {
    throw new Error('The cosignature of this witness does not verify');
  }
  return signature;
}

const sizeType = 'text/x.tlog.size';

const reasons = {
  400: 'The old size is larger than the checkpoint.',
  403: 'No key that this witness trusts for the log has signed the checkpoint, or one of them has not signed this one.',
  404: 'This witness does not know the log.',
  422: 'The checkpoint is not shown to continue the one that was cosigned last.',
} as const;
