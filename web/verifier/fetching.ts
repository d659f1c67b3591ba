/** Fetches from hosts that nobody has to trust: bounded in bytes and in time, and from nowhere else than was asked. */

/** Something cannot be read, which proves nothing either way. */
export class Unreadable extends Error {}

/** What is at an address; null when it answers that nothing is. @throws {Unreadable} */
export type FetchBytes = (address: string, most: number) => Promise<Uint8Array | null>;

const patienceMilliseconds = 20_000;

export const fetchBytes: FetchBytes = async (address, most) => {
  try {
    const answer = await fetch(address, {
      redirect: 'error',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-cache',
      headers: { accept: 'application/json, text/plain, application/octet-stream' },
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
    if (answer.status === 404 || answer.status === 410) return null;
    if (answer.status === 503) throw new Unreadable(`${address} is not ready (503). Try again in a minute.`);
    if (answer.status !== 200) throw new Unreadable(`${address} answered ${answer.status}.`);
    return await limited(answer, most);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable(`${address} cannot be read: ${reasonOf(error)}.`, { cause: error });
  }
};

/** At most one byte more than that. */
async function limited(answer: Response, most: number): Promise<Uint8Array> {
  const reader = answer.body?.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (reader !== undefined && size <= most) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
  }
  await reader?.cancel();
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.subarray(0, most + 1);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `it took more than ${patienceMilliseconds / 1000} seconds`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
