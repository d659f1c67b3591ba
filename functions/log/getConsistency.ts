/** The proof that the log with more entries continues the one with fewer, for everybody. */
import { logRoutes } from '../../shared/contract/log.ts';
import { toBase64 } from '../../shared/core/log/base64.ts';
import { type FieldError, ValidationError } from '../../shared/errors.ts';
import { operation } from '../../shared/http/operation.ts';
import { consistencyBetween, readPublished } from './prove.ts';

export const getConsistency = operation(logRoutes.getConsistency, async ({ query: { from, to } }, { publishedLog }) => {
  const size = (await readPublished(publishedLog))?.checkpoint.size ?? 0;
  const wrong: FieldError[] = [];
  if (to > size) wrong.push(inQuery('/to', `The published log has ${size} entries: ask for at most so many.`));
  if (from > to) wrong.push(inQuery('/from', 'A log never becomes smaller: this must be at most what "to" says.'));
  if (wrong.length > 0) throw new ValidationError(wrong);
  const hashes = await consistencyBetween({ from, to }, size, publishedLog);
  return { body: { from, to, hashes: hashes.map(toBase64) } };
});

const inQuery = (field: string, message: string): FieldError => ({ in: 'query', field, message });
