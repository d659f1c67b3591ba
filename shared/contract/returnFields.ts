/** Fields of returns: what they say, what is withheld of them, and the postcard. */
import * as z from 'zod/mini';
import { forms } from '../core/filings/obligations.ts';
import { mostStays } from '../core/returns/recorded.ts';
import { amountNames, countNames } from '../core/returns/shown.ts';
import { date, id, instant, line, proofState, version, webAddress } from './fields.ts';
import { filingId } from './filingFields.ts';

/** Of a submission of a filing, from 1. */
export const submission = z.int().check(z.minimum(1), z.describe('The number of the submission, from 1.'));

export const returnId = z
  .string()
  .check(
    z.maxLength(64),
    z.regex(
      /^[a-z0-9-]+~\d{4}-\d{2}-\d{2}~[1-9]\d?$/,
      'Must be the identifier of a return, such as us-irs-return~2023-12-31~1.',
    ),
    z.describe('The filing, and the number of the submission.'),
  );

export const period = z.strictObject({ from: date, to: date });
const form = z.enum(forms);

export const money = z.strictObject({
  amount: z.int().check(z.describe('In minor units: cents.')),
  currency: z.literal('USD'),
});
const source = z.string().check(z.describe('The line of the form that says it.'));
export const sourced = z.strictObject({ ...money.shape, source }).check(z.meta({ id: 'SourcedAmount' }));
const counted = z.strictObject({ count: z.int(), source }).check(z.meta({ id: 'SourcedCount' }));

const each = <Name extends string, Field extends z.ZodMiniType>(names: readonly Name[], field: Field) =>
  z.strictObject(Object.fromEntries(names.map(name => [name, field])) as Record<Name, Field>);

export const amounts = each(amountNames, z.nullable(sourced)).check(z.meta({ id: 'ReturnAmounts' }));
export const counts = each(countNames, z.nullable(counted)).check(z.meta({ id: 'ReturnCounts' }));

export const withholding = z
  .strictObject({
    path: z.string().check(z.describe('The element of the XML.')),
    count: z.int(),
    reason: z.string(),
  })
  .check(z.meta({ id: 'Withholding' }));

const optionalMoney = z.nullable(money);

const content = z
  .strictObject({
    schema: z.string(),
    schemaKnown: z.boolean().check(z.describe('False when it is newer than the tables by which it was read.')),
    filedAt: z.nullable(z.string()),
    initial: z.boolean(),
    final: z.boolean(),
    state: z.nullable(z.string()),
    documents: z.array(z.string()).check(z.describe('The forms, schedules and attachments in it.')),
    mission: z.nullable(z.string()),
    officers: z.array(
      z.strictObject({
        name: z.string(),
        title: z.nullable(z.string()),
        compensation: optionalMoney,
        hoursPerWeek: z.nullable(z.number()),
        director: z.nullable(z.boolean()),
        officer: z.nullable(z.boolean()),
      }),
    ),
    accomplishments: z.array(
      z.strictObject({
        description: z.nullable(z.string()),
        expenses: optionalMoney,
        grants: optionalMoney,
        revenue: optionalMoney,
      }),
    ),
    partVI: z.array(z.strictObject({ line: z.string(), name: z.string(), value: z.union([z.boolean(), z.number()]) })),
    explanations: z.array(z.strictObject({ about: z.nullable(z.string()), text: z.string() })),
    restricted: z.array(z.string()).check(z.describe('Elements that the authority withheld itself.')),
    complete: z
      .boolean()
      .check(z.describe('False when it is longer than the book keeps; the public copy has all of it.')),
  })
  .check(z.meta({ id: 'ReturnContent' }));

const publicCopy = z
  .strictObject({
    documentId: id,
    version: z.int(),
    name: z.string(),
    size: z.int(),
    sha256: z.string(),
    url: z.string().check(z.describe('Where anyone can download it.')),
  })
  .check(z.meta({ id: 'ReturnCopy' }));

const address = {
  lines: z.array(line(100)).check(z.minLength(1), z.maxLength(3)),
  city: line(100),
  region: z.nullable(line(100)),
  postalCode: z.nullable(line(20)),
  country: z.string().check(z.regex(/^[A-Z]{2}$/, 'Must be two letters, such as US.')),
};

const postcardFields = {
  legalName: line(200),
  otherNames: z.array(line(200)).check(z.maxLength(10)),
  address: z.strictObject(address).check(z.describe("The organisation's own.")),
  website: z.nullable(webAddress),
  terminated: z.boolean().check(z.describe('Whether the organisation has ended, or is about to.')),
};
const receipts = z
  .literal(true)
  .check(z.describe('Annual gross receipts are normally $50,000 or less: else this is not the form.'));

export const postcardInput = z.strictObject({
  submission,
  ein: z.string().check(z.regex(/^\d{2}-?\d{7}$/, 'Must be nine digits, such as 01-2345678.')),
  period,
  ...postcardFields,
  officer: z.strictObject({ name: line(200), address: z.strictObject(address) }),
  receiptsNormallyAtMost50000: receipts,
});

const postcard = z
  .strictObject({
    ...postcardFields,
    officer: z.strictObject({
      name: z.string(),
      address: z.nullable(z.strictObject(address)).check(z.describe('Null for those from whom it is withheld.')),
    }),
    receiptsNormallyAtMost50000: receipts,
  })
  .check(z.meta({ id: 'Postcard' }));

const common = {
  id: returnId,
  filingId,
  submission,
  form,
  amended: z.boolean(),
  period,
  name: z.string(),
  recordedAt: instant,
};

/** Wide ones answer in full; `state` is shown to those who see compliance. */
export const standingField = z
  .enum(['submitted', 'accepted', 'rejected'])
  .check(z.describe('What the authority said. What was rejected is shown only to those who see to it.'));

export const returnEntry = z.strictObject({ ...common, state: standingField }).check(z.meta({ id: 'ReturnEntry' }));

export const wholeReturn = z
  .strictObject({
    ...common,
    state: standingField,
    submittedOn: date,
    ein: z.string().check(z.describe('Nine digits.')),
    amounts,
    counts,
    content: z.nullable(content).check(z.describe('Null for a postcard.')),
    postcard: z.nullable(postcard),
    withheld: z.array(withholding).check(z.describe('What was withheld, where and why.')),
    publicCopy: z.nullable(publicCopy),
    version,
    proof: proofState,
  })
  .check(z.meta({ id: 'Return' }));

export const readReturnInput = z.strictObject({
  submission,
  documentId: id.check(z.describe('A document that is one of the papers of the submission.')),
  version: z.int().check(z.minimum(1)),
});

export const justRead = z.strictObject({
  ...common,
  state: standingField,
  publicCopy,
  stays: z
    .array(withholding)
    .check(
      z.maxLength(mostStays),
      z.describe(
        'Where a contributor is named in a field that the law makes public itself, such as an officer. It stays in the copy: look at it. Answered once, and never to the public.',
      ),
    ),
});

export const yearOfFigures = z
  .strictObject({
    returnId,
    period,
    months: z.int().check(z.describe('Calendar months that the year touches.')),
    form,
    amended: z.boolean(),
    amounts,
    counts,
    reserve: z
      .nullable(
        z.strictObject({
          months: z.number().check(z.describe('To a tenth.')),
          from: z
            .enum(['netAssetsWithoutRestrictionsEnd', 'netAssetsEnd'])
            .check(z.describe('Which net assets: all, where the form does not tell apart what donors restricted.')),
        }),
      )
      .check(
        z.describe('For how long the net assets would pay the expenses of such a year; null when that is not known.'),
      ),
  })
  .check(z.meta({ id: 'YearOfFigures' }));
