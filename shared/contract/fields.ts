/** The kinds of fields that requests and answers are made of. */
import * as z from 'zod';
import { isLanguageTag, isPlainDate, isTimeZone } from '../core/calendar.ts';

const controls = /[^\P{Cc}\t\n\r]/u;
const lineBreaks = /[\t\n\r\u0085\u2028\u2029]/;

/** Text that every store and page can carry: no lone surrogates, no control characters but tabs and line ends. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine(value => value.isWellFormed(), 'Contains half of a character (an unpaired surrogate).')
    .refine(value => !controls.test(value), 'Contains control characters.');

/** Text on one line that says something. */
export const line = (max: number) =>
  text(max)
    .refine(value => value.trim() !== '', 'Must not be empty.')
    .refine(value => !lineBreaks.test(value), 'Must be a single line.');

/** Markdown; it may be empty. HTML in it is shown as text, never run. */
export const markdown = (max: number) => text(max).describe('Markdown. HTML in it is shown as text.');

/** Why something is done, for the record. */
export const reason = line(1000).describe('Why, in words the public may read.');

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const id = z.string().regex(uuid, 'Must be a UUIDv7 in lower case.').describe('UUIDv7');

export const date = z
  .string()
  .refine(isPlainDate, 'Must be a date that exists, such as 2023-06-30.')
  .meta({ format: 'date', description: "A date in the organisation's time zone." });

export const instant = z.iso
  .datetime({ error: 'Must be a time in UTC, such as 2023-06-30T12:00:00Z.' })
  .describe('RFC 3339, UTC');

/** An instant in a request, brought to the one form that is stored and compared. */
export const instantInput = instant
  .refine(value => !Number.isNaN(Date.parse(value)), 'Must be a time that exists.')
  .transform(value => new Date(value).toISOString())
  .refine(value => value >= '1900' && value < '9999', 'Must lie between the years 1900 and 9999.');

export const language = z
  .string()
  .max(35)
  .refine(isLanguageTag, 'Must be a BCP 47 language tag, such as en.')
  .describe('BCP 47 language tag');

export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Must be a name of the IANA time zone database, such as America/New_York.')
  .describe('IANA time zone');

/** A link that a page may show: https only, so that it can run nothing and leaks nothing on the way. */
export const webAddress = z
  .string()
  .max(2000)
  .refine(isWebAddress, 'Must be an address that begins with https://.')
  .meta({ format: 'uri' });

export const email = z.email('Must be an e-mail address.').max(254);

/** The version of a record; also its ETag, and what If-Match names. */
export const version = z.int().min(1).describe('Counts the changes of the record; If-Match names it.');

export const limit = z.coerce
  .number('Must be a whole number from 1 to 100.')
  .int('Must be a whole number from 1 to 100.')
  .min(1, 'Must be at least 1.')
  .max(100, 'Must be at most 100.')
  .default(20)
  .describe('How many to answer at most.');

export const cursor = z
  .string()
  .max(4000)
  .optional()
  .describe('From the link to the next page; its content may change.');

export const on = date.optional().describe('As of that day; today when absent.');

/** A page of a list. The address of the next page stands in the Link header too. */
export const pageOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.strictObject({
    items: z.array(entry),
    next: z.string().nullable().describe('Address of the next page, or null on the last.'),
  });

function isWebAddress(value: string): boolean {
  try {
    const url = new URL(value);
    return url.protocol === 'https:' && url.username === '' && url.password === '' && !/\s/.test(value);
  } catch {
    return false;
  }
}
