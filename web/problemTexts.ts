/** What every error code means, and what to do: for those who write programs, and for those who read pages. */
import type { ErrorCode } from '../shared/errors.ts';

export interface ProblemText {
  readonly meaning: string;
  /** For the program that sent the request. */
  readonly remedy: string;
  /** For the reader of a page; absent where pages cannot meet the error. */
  readonly advice?: string;
}

export const problemTexts: Readonly<Record<ErrorCode, ProblemText>> = {
  'validation-failed': {
    meaning: 'The request can be read, but some of its fields do not have the form that the interface describes.',
    remedy:
      'Each entry of "errors" names one field and what is wrong with it. Correct them all and send the request again.',
    advice: 'Correct this in the address, or start again from the first page.',
  },
  'malformed-request': {
    meaning:
      'The request cannot be read: it is not JSON or not UTF-8, names something twice, or carries a cursor that is not one of this list.',
    remedy:
      'Correct what "detail" and "errors" name. A list whose cursor is refused can be read again from its first page.',
    advice: 'The address is incomplete or was changed on its way. Start again from the first page.',
  },
  'sign-in-required': {
    meaning: 'This is for people with a role in the organisation, and the request does not say who sends it.',
    remedy: 'Sign in with the issuer that this book trusts and send the access token: "Authorization: Bearer ...".',
  },
  'token-not-accepted': {
    meaning: 'The access token is expired, not meant for this book, or not from the issuer that it trusts.',
    remedy: 'Sign in again and send the new access token. To read what is public, send none.',
    advice: 'What is public needs no sign-in. Open the page again without it.',
  },
  'not-allowed': {
    meaning:
      'The book knows who you are, but none of your roles allows this. Roles come from the seats that you hold today.',
    remedy: '"detail" names the roles that may. If you should have one of them, ask the secretary to record your seat.',
  },
  'not-found': {
    meaning: 'There is nothing at this address, or it is not public. The two answers never differ.',
    remedy: 'Check the address. If you should see what is not public, send your access token.',
    advice: 'The address may be mistyped or incomplete. All that is public can be found from the first page.',
  },
  'method-not-allowed': {
    meaning: 'The address exists, but not for the method of the request.',
    remedy: 'The header "Allow" names the methods that can be used there.',
    advice: 'Open the address itself, or start from the first page.',
  },
  'state-conflict': {
    meaning:
      'The record is not in a state in which this can be done: what is withdrawn cannot be corrected, for example.',
    remedy: '"detail" says which state it is in and what can be done instead. Read the record again before you decide.',
  },
  'already-exists': {
    meaning: 'What the request would create is there already, such as a person with the same e-mail address.',
    remedy: 'Use what exists, or change what the request shares with it.',
  },
  'request-in-flight': {
    meaning: 'Others are changing the same record at this very moment. Nothing of your request was carried out.',
    remedy: 'Send the same request again after the seconds that "Retry-After" names.',
  },
  'precondition-failed': {
    meaning: 'Somebody changed the record after you read it, so your change might undo theirs. Nothing was changed.',
    remedy: 'Read the record again, make your change to what it says now, and send it with the new ETag in "If-Match".',
  },
  'content-too-large': {
    meaning: 'The request, or the record as it would become, is larger than the book takes.',
    remedy: '"detail" names the limit. Shorten the texts.',
  },
  'unsupported-media-type': {
    meaning: 'The content of the request is not marked as JSON in UTF-8.',
    remedy: 'Send "Content-Type: application/json".',
  },
  'idempotency-key-reused': {
    meaning: 'This Idempotency-Key came with another request before. One key stands for one request.',
    remedy: 'Take a new key for every new request; repeat a key only with exactly the same request.',
  },
  'precondition-required': {
    meaning:
      'A change must say which version of the record it was decided on, so that it cannot undo a change by others.',
    remedy: 'Read the record, and send its ETag in "If-Match".',
  },
  'internal-error': {
    meaning: 'Something failed on our side. It was recorded for those who run this book.',
    remedy: 'Send the same request again. If it fails again, report the X-Request-Id of the answer.',
    advice: 'Try again in a moment. Nothing in the book is lost.',
  },
  'temporarily-unavailable': {
    meaning: 'The place where the book is kept cannot be reached right now.',
    remedy:
      'Send the same request again after the seconds that "Retry-After" names. An Idempotency-Key makes that safe.',
    advice: 'Try again in a moment. Nothing in the book is lost.',
  },
};
