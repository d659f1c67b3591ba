/** Reads what a request brings, as far as it is allowed to. */
import type { IncomingMessage } from 'node:http';

/** One byte more than is allowed, at most: enough to refuse it. The rest is let go unread. */
export async function limitedBody(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > mostBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, mostBytes + 1);
}
