/** Writes files of the log again that are missing: the order of the entries is in the records, and all else follows from it. */
import { type Head, isSame } from '../../shared/core/log/proofs.ts';
import { type Edge, emptyEdge, rootOf, sizeOf, tileWidth } from '../../shared/core/log/tree.ts';
import { LogForkError } from '../../shared/ports/logStore.ts';
import { type FileServices, mostAtOnce, readEdge, writeFiles } from './files.ts';
import type { Stand } from './stand.ts';

/**
 * Where less is published than is built: a run broke off before it published, or an older folder was put in the place of the log.
 * Whatever was written behind the published tree is written again; what is there already stays.
 */
export async function rebuildBehind({ head, published }: Stand, services: FileServices): Promise<void> {
  const from = published?.head;
  if (head.version === 0 || from?.size === head.size) return;
  const isThere = (await readEdge(head, services.store)) !== null;
  const edge = from && (await readEdge(from, services.store));
  await growTo(head, edge ?? emptyEdge, isThere ? mostAtOnce : 'every width', services);
}

/** Everything from the first entry on. @returns the edge of the tree. */
export const rebuild = (head: Head, services: FileServices): Promise<Edge> =>
  growTo(head, emptyEdge, 'every width', services);

/**
 * @param step so many entries at a time; `every width`: so that all partial tiles are there again for which there is no full one, because
 * nobody knows which sizes were published.
 * @throws {LogForkError} the records have other entries than those of the head.
 */
async function growTo(head: Head, from: Edge, step: number | 'every width', services: FileServices): Promise<Edge> {
  let edge = from;
  for (let size = sizeOf(edge); size < head.size; size = sizeOf(edge)) {
    const wholeBundle = (Math.floor(size / tileWidth) + 1) * tileWidth;
    const narrow = wholeBundle <= head.size ? wholeBundle : size + 1;
    const to = step === 'every width' ? narrow : Math.min(head.size, size + step);
    edge = await writeFiles(edge, to, services);
  }
  if (!isSame(rootOf(edge), head.root)) {
    throw new LogForkError(`The entries in the records are not those of the tree with ${head.size} entries`);
  }
  return edge;
}
