/** The kinds of fields that requests and answers are made of. */

import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { isLanguageTag, isPlainDate, isTimeZone } from '../core/calendar.ts';

// The messages of checks that bring none of their own.
z.config(en());

const controls = /[^\P{Cc}\t\n\r]/u;
/** A letter, a digit, a sign: not only spaces, joiners and marks that nobody sees. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;
const lineBreaks = /[\t\n\r\u0085\u2028\u2029]/;

/** Text that every store and page can carry: no lone surrogates, no control characters but tabs and line ends. */
export const text = (max: number) =>
  z.string().check(
    z.maxLength(max),
    z.refine(value => value.isWellFormed(), 'Contains half of a character (an unpaired surrogate).'),
    z.refine(value => !controls.test(value), 'Contains control characters.'),
  );

/** Text on one line that says something. */
export const line = (max: number) =>
  text(max).check(
    z.refine(value => visible.test(value), 'Must not be empty.'),
    z.refine(value => !lineBreaks.test(value), 'Must be a single line.'),
  );

/** Markdown; it may be empty. HTML in it is shown as text, never run. */
export const markdown = (max: number) => text(max).check(z.describe('Markdown. HTML in it is shown as text.'));

/** Why something is done, for the record. */
export const reason = line(1000).check(z.describe('Why, in words the public may read.'));

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const id = z.string().check(z.regex(uuid, 'Must be a UUIDv7 in lower case.'), z.describe('UUIDv7'));

export const date = z
  .string()
  .check(
    z.refine(isPlainDate, 'Must be a date that exists, such as 2023-06-30.'),
    z.meta({ format: 'date', description: "A date in the organisation's time zone." }),
  );

/** A date by whose year something is listed: years are listed from 1000 on, and nobody records what is older than this. */
export const listedDate = date.check(z.refine(value => value >= '1900-01-01', 'Must be 1900-01-01 or later.'));

export const instant = z.iso
  .datetime({ error: 'Must be a time in UTC, such as 2023-06-30T12:00:00Z.' })
  .check(z.describe('RFC 3339, UTC'));

/** An instant in a request, brought to the one form that is stored and compared. */
export const instantInput = z
  .pipe(
    instant.check(z.refine(value => !Number.isNaN(Date.parse(value)), 'Must be a time that exists.')),
    z.transform((value: string) => new Date(value).toISOString()),
  )
  .check(z.refine(value => value >= '1900' && value < '9999', 'Must lie between the years 1900 and 9999.'));

export const language = z
  .string()
  .check(
    z.maxLength(35),
    z.refine(isLanguageTag, 'Must be a BCP 47 language tag, such as en.'),
    z.describe('BCP 47 language tag'),
  );

export const timeZone = z
  .string()
  .check(
    z.maxLength(64),
    z.refine(isTimeZone, 'Must be a name of the IANA time zone database, such as America/New_York.'),
    z.describe('IANA time zone'),
  );

/** A link that a page may show: https only, so that it can run nothing and leaks nothing on the way. */
export const webAddress = text(1000).check(
  z.refine(isWebAddress, 'Must be an address that begins with https://.'),
  z.meta({ format: 'uri' }),
);

export const email = z.email('Must be an e-mail address.').check(z.maxLength(254));

/** The version of a record; also its ETag, and what If-Match names. */
export const version = z.int().check(z.minimum(1), z.describe('Counts the changes of the record; If-Match names it.'));

export const limit = z
  ._default(
    z.pipe(
      z.string().check(z.regex(/^[1-9]\d?$|^100$/, 'Must be a whole number from 1 to 100.')),
      z.transform((digits: string) => Number(digits)),
    ),
    20,
  )
  .check(z.describe('How many to answer at most.'));

export const cursor = z
  .optional(z.string().check(z.maxLength(4000)))
  .check(z.describe('From the link to the next page; its content may change.'));

export const on = z.optional(date).check(z.describe('As of that day; today when absent.'));

/** A page of a list. The address of the next page stands in the Link header too. */
export const pageOf = <Entry extends z.ZodMiniType>(entry: Entry) =>
  z.strictObject({
    items: z.array(entry),
    next: z.nullable(z.string()).check(z.describe('Address of the next page, or null on the last.')),
  });

function isWebAddress(value: string): boolean {
  try {
    const url = new URL(value);
    // The parser forgives "https:host" and "https:\\\\host", which a page would read as an address of its own.
    return /^https:\/\//i.test(value) && url.username === '' && url.password === '' && !/\s/.test(value);
  } catch {
    return false;
  }
}

/** A year of which something is listed. */
export const year = z
  .optional(z.string().check(z.regex(/^[12]\d{3}$/, 'Must be a year, such as 2023.')))
  .check(z.describe('This year when absent.'));

/** All that ever holds, beside what holds on the day asked for; this is what is sealed. */
export const historyOf = <Facts extends z.ZodMiniType>(facts: Facts) =>
  z.array(facts).check(z.describe('All facts on record, each from its day on, in order.'));

/** Where it is proven what the book says of a record. */
export const proofState = z
  .nullable(
    z.union([
      z.literal('pending'),
      z.strictObject({
        index: z.int().check(z.nonnegative(), z.describe('Its place in the transparency log, from 0.')),
        url: z.string().check(z.describe('What was sealed, and the proof of it.')),
      }),
    ]),
  )
  .check(
    z.meta({
      id: 'ProofState',
      description:
        'Where the transparency log proves what the book says of this record in public; `pending` for some seconds after a change, null as long as there is nothing public to prove.',
    }),
  );
export type ProofState = z.infer<typeof proofState>;
