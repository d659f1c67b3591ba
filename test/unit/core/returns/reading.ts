/** Reads a return that has to be readable, or has to be unreadable. */
import { readReturn } from '../../../../shared/core/returns/readReturn.ts';
import type { ReturnContent, Unreadable } from '../../../../shared/core/returns/returns.ts';

export function contentOf(xml: string): ReturnContent {
  const reading = readReturn(xml);
  if ('problems' in reading) throw new Error(JSON.stringify(reading.problems));
  return reading.content;
}

export function problemsOf(xml: string): readonly Unreadable[] {
  const reading = readReturn(xml);
  if ('content' in reading) throw new Error('It was read');
  return reading.problems;
}
