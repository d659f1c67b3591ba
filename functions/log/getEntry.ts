/** One entry of the published log, which everybody may read, and the proof that it stands there. */
import { logRoutes } from '../../shared/contract/log.ts';
import { bundlePath, entriesOf, widthIn } from '../../shared/core/log/tiles.ts';
import { tileWidth } from '../../shared/core/log/tree.ts';
import { ValidationError } from '../../shared/errors.ts';
import { operation, type PublishedLog } from '../../shared/http/operation.ts';
import { LogForkError } from '../../shared/ports/logStore.ts';
import { proofFileFor, readPublished, whole } from './prove.ts';

export const getEntry = operation(logRoutes.getEntry, async ({ params: { index } }, { publishedLog }) => {
  const signed = await readPublished(publishedLog);
  const size = signed?.checkpoint.size ?? 0;
  if (signed === undefined || index >= size) {
    const message = `The published log has ${size} entries, numbered from 0. There is none with this number yet.`;
    throw new ValidationError([{ in: 'path', field: '/index', message }]);
  }
  const [entry, proof] = await Promise.all([
    whole(readEntry(index, size, publishedLog)),
    proofFileFor(index, signed, publishedLog),
  ]);
  return { body: { entry, proof } };
});

/** One read, or two where only the full bundle is left. */
async function readEntry(index: number, size: number, { store }: PublishedLog): Promise<string> {
  const place = Math.floor(index / tileWidth);
  const width = widthIn(size, 0, place);
  const path = bundlePath({ index: place, width });
  const partial = await store.read(path);
  const bytes = partial ?? (await store.read(bundlePath({ index: place, width: tileWidth })));
  const entry = bytes && entriesOf(bytes, partial === undefined ? tileWidth : width)?.[index % tileWidth];
  if (entry === undefined) throw new LogForkError(`${path} is missing, or is no bundle`);
  return new TextDecoder().decode(entry);
}
