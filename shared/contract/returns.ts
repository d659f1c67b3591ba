/** Returns that were filed: read from their files, with a copy for everybody, and the figures of all years. */
import * as z from 'zod/mini';
import { cursor, limit, pageOf } from './fields.ts';
import { filingId } from './filingFields.ts';
import {
  exampleCopied,
  exampleEntry,
  exampleReadInput,
  exampleReturn,
  exampleYear,
  postcardExample,
} from './returnExamples.ts';
import {
  justRead,
  postcardInput,
  readReturnInput,
  returnEntry,
  returnId,
  wholeReturn,
  yearOfFigures,
} from './returnFields.ts';
import { resource } from './route.ts';

const params = z.strictObject({ filingId });

export const returnsRoutes = resource({
  readReturn: {
    method: 'POST',
    path: '/v1/filings/{filingId}/return',
    summary: 'Read a return that was filed, and make its public copy',
    description:
      'From the XML of the IRS e-file that is among the papers of a submission: Form 990, 990-EZ, 990-PF or 990-T. It must be of this organisation, for the period of the filing, on the form that was submitted. The public copy withholds the names and addresses of contributors in Schedule B of a 990 or 990-EZ (IRC 6104(d)(3)(A)), private addresses, and numbers by which people are known; it is archived and public from then on. The original stays as it is.',
    params,
    body: readReturnInput,
    answer: justRead,
    status: 201,
    command: 'creates',
    errors: ['state-conflict', 'temporarily-unavailable'],
    example: { body: exampleReadInput, answer: exampleCopied },
  },
  recordPostcard: {
    method: 'POST',
    path: '/v1/filings/{filingId}/postcard',
    summary: 'Record what was answered on Form 990-N',
    description:
      "For a submission of Form 990-N. The address of the officer is withheld from the public unless it is the organisation's own.",
    params,
    body: postcardInput,
    answer: wholeReturn,
    status: 201,
    command: 'creates',
    proves: { kind: 'return' },
    errors: ['state-conflict'],
    example: { body: postcardExample.body, answer: postcardExample.answer },
  },
  listReturns: {
    method: 'GET',
    path: '/v1/returns',
    summary: 'List the returns that were filed and read, the latest period first',
    query: z.strictObject({ limit, cursor }),
    answer: pageOf(returnEntry),
    status: 200,
    example: { answer: { items: [exampleEntry], next: null } },
  },
  getReturn: {
    method: 'GET',
    path: '/v1/returns/{returnId}',
    summary: 'Read what a return says',
    description:
      'Without what is withheld from its public copy. What a return does not say is null or not there; it is never taken for zero.',
    params: z.strictObject({ returnId }),
    answer: wholeReturn,
    status: 200,
    proves: { kind: 'return', id: '{returnId}' },
    example: { answer: exampleReturn },
  },
  getFigures: {
    method: 'GET',
    path: '/v1/figures',
    summary: 'Read the figures of all years, each with its line of the return',
    description:
      'Of each fiscal year the return that was submitted last and was not rejected: an amended one takes the place of the original. Everybody knows those whose public copy everybody can have.',
    answer: z
      .strictObject({ years: z.array(yearOfFigures).check(z.describe('The earliest first.')) })
      .check(z.meta({ id: 'FiguresOfYears' })),
    status: 200,
    example: { answer: { years: [exampleYear] } },
  },
});
