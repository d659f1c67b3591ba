/** The file from which a book is founded. */
import * as z from 'zod/mini';
import type { Founding } from '../core/founding.ts';
import { date, email, line, markdown } from './fields.ts';
import { profile } from './organisation.ts';

export const foundingFile = z.strictObject({
  organisation: profile,
  board: z.strictObject({ name: line(200), purpose: markdown(2000), established: date }),
  administrator: z.strictObject({ name: line(200), email: z.nullable(email) }),
}) satisfies z.ZodMiniType<Founding>;
