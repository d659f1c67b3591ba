/** `npm run found -- FILE`: founds the book of an organisation, embedded or, with RECORDS_TABLE set, on DynamoDB. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { v7 } from 'uuid';
import { complaintAbout } from '../local/complaint.ts';
import { foundingFile } from '../shared/contract/founding.ts';
import { dateIn } from '../shared/core/calendar.ts';
import { found } from '../shared/core/founding.ts';
import { type FieldError, ValidationError, VersionConflictError } from '../shared/errors.ts';
import { fieldErrors } from '../shared/http/admit.ts';
import { openBook } from './openBook.ts';

/** How long the administrator has to sign in for the first time. */
const invitationDays = 14;

class FoundingFailure extends Error {}

async function main(file: string | undefined): Promise<void> {
  if (file === undefined) {
    throw new FoundingFailure('Name the file that says who the organisation is: npm run found -- founding.json');
  }
  const founding = readFounding(file);
  const now = new Date();
  const code = randomBytes(16).toString('base64url');
  const expiresAt = new Date(now.getTime() + invitationDays * 24 * 60 * 60 * 1000).toISOString();
  const writes = foundingWrites(file, founding, {
    at: now.toISOString(),
    today: dateIn(founding.organisation.timeZone, now.toISOString()),
    newId: () => v7(),
    invitation: { code, expiresAt },
  });
  const book = openBook();
  try {
    await book.records.commit(writes);
  } catch (error) {
    if (error instanceof VersionConflictError) throw new FoundingFailure(`${book.place} holds a book already.`);
    throw error;
  } finally {
    book.close();
  }
  console.log(`The book of ${founding.organisation.legalName} is founded in ${book.place}.
${founding.administrator.name} is its administrator and may record everything else.

First sign-in of the administrator, until ${expiresAt}:
  with a verified e-mail address in the token: nothing to do;
  otherwise: POST /v1/invitations/accept {"code":"${code}"} with the access token.`);
}

function readFounding(file: string) {
  let content: unknown;
  try {
    // Some editors begin a file with a byte order mark.
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new FoundingFailure(`${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new FoundingFailure(`${file} must hold one object: { "organisation": ... } (see docs/founding.md).`);
  }
  const parsed = foundingFile.safeParse(content);
  if (parsed.success) return parsed.data;
  throw wrongFields(file, fieldErrors('body', parsed.error).map(orMissing));

  /** zod tells what it expected, and that it found `undefined`. */
  function orMissing(error: FieldError): FieldError {
    return isMissing(content, error.field) ? { ...error, message: 'Is missing.' } : error;
  }
}

/** @param pointer RFC 6901; the founding file has no names that need its escapes. */
function isMissing(content: unknown, pointer: string): boolean {
  const [, ...names] = pointer.split('/');
  let value = content;
  for (const name of names) value = (value as Record<string, unknown> | null)?.[name];
  return value === undefined;
}

function foundingWrites(file: string, ...founding: Parameters<typeof found>) {
  try {
    return found(...founding);
  } catch (error) {
    throw error instanceof ValidationError ? wrongFields(file, error.fields) : error;
  }
}

function wrongFields(file: string, fields: readonly FieldError[]): FoundingFailure {
  const lines = fields.map(({ field, message }) => `  ${field}: ${message}`);
  return new FoundingFailure([`Correct these fields in ${file}:`, ...lines].join('\n'));
}

try {
  await main(process.argv[2]);
} catch (error) {
  const complaint = error instanceof FoundingFailure ? error.message : complaintAbout(error);
  if (complaint === undefined) throw error;
  console.error(complaint);
  process.exitCode = 1;
}
