/** The file from which a book is founded. */
import * as z from 'zod';
import type { Founding } from '../core/founding.ts';
import { date, email, line, markdown } from './fields.ts';
import { profile } from './organisation.ts';

export const foundingFile = z.strictObject({
  organisation: profile,
  board: z.strictObject({ name: line(200), purpose: markdown(5000), established: date }),
  administrator: z.strictObject({ name: line(200), email: email.nullable() }),
}) satisfies z.ZodType<Founding>;
