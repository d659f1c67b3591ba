/** Every error that Minutebook raises on purpose: one base, one stable code each, one place that knows their HTTP status. */

/** What is wrong with one field of a request; `field` is a JSON Pointer into `in`. */
export interface FieldError {
  readonly in: 'body' | 'query' | 'path' | 'header';
  readonly field: string;
  readonly message: string;
}

/** The codes are part of the API: clients may depend on them, so they never change their meaning. */
export const errorCodes = {
  'validation-failed': { status: 400, title: 'Some fields are not right' },
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  'sign-in-required': { status: 401, title: 'Please sign in' },
  'token-not-accepted': { status: 401, title: 'This sign-in is not accepted' },
  'not-allowed': { status: 403, title: 'Your roles do not allow this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This method is not available here' },
  'state-conflict': { status: 409, title: 'The record is not in a state for this' },
  'already-exists': { status: 409, title: 'This exists already' },
  'request-in-flight': { status: 409, title: 'The same record is being changed right now' },
  'precondition-failed': { status: 412, title: 'The record has changed since you read it' },
  'content-too-large': { status: 413, title: 'Too large' },
  'unsupported-media-type': { status: 415, title: 'Send JSON' },
  'idempotency-key-reused': { status: 422, title: 'This Idempotency-Key belongs to another request' },
  'precondition-required': { status: 428, title: 'If-Match is needed' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'temporarily-unavailable': { status: 503, title: 'The book cannot be reached right now' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** `message` is public and says what to do; `internal` goes to the log only. */
export class MinutebookError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  readonly internal: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { fields?: readonly FieldError[]; internal?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = new.target.name;
    this.code = code;
    this.fields = more.fields ?? [];
    this.internal = more.internal;
  }
}

export class ValidationError extends MinutebookError {
  constructor(fields: readonly FieldError[]) {
    super('validation-failed', 'Correct the fields named in "errors" and send the request again.', { fields });
  }
}

/** What no single field shows by itself, said of the field of the body that should change. */
export const wrongField = (field: string, message: string) => new ValidationError([{ in: 'body', field, message }]);

export class MalformedRequestError extends MinutebookError {
  constructor(message: string, fields: readonly FieldError[] = []) {
    super('malformed-request', message, { fields });
  }
}

/** What is not there, or may not be seen: the two must never differ, so it takes no message. */
export class NotFoundError extends MinutebookError {
  constructor() {
    super('not-found', 'Check the address. What is not public is shown only to those who may see it, once signed in.');
  }
}

export class NotAllowedError extends MinutebookError {
  constructor(message: string) {
    super('not-allowed', message);
  }
}

export class StateConflictError extends MinutebookError {
  constructor(message: string) {
    super('state-conflict', message);
  }
}

export class AlreadyExistsError extends MinutebookError {
  constructor(message: string, fields: readonly FieldError[] = []) {
    super('already-exists', message, { fields });
  }
}

/** An expectation of a commit did not hold; `failed` names the keys whose expectation failed, as `partition` and `sort`. */
export class VersionConflictError extends MinutebookError {
  readonly failed: readonly { readonly partition: string; readonly sort: string }[];

  constructor(failed: readonly { readonly partition: string; readonly sort: string }[]) {
    super('request-in-flight', 'Others keep changing the same record. Send your request again in a second.');
    this.failed = failed;
  }
}

/** Other commits kept holding the same items. Nothing was written. */
export class BusyError extends MinutebookError {
  constructor(cause?: unknown) {
    super('request-in-flight', 'Another request is changing the same record. Send yours again in a second.', { cause });
  }
}

/** One record grew past what the store takes. */
export class ItemTooLargeError extends MinutebookError {
  constructor(bytes: number, maxBytes: number) {
    super(
      'content-too-large',
      `The record would have ${bytes} bytes; at most ${maxBytes} can be kept. Shorten its texts.`,
    );
  }
}

export class SignInRequiredError extends MinutebookError {
  constructor() {
    super('sign-in-required', 'Send an access token: "Authorization: Bearer ...".');
  }
}

export class TokenNotAcceptedError extends MinutebookError {
  constructor(internal: string) {
    super('token-not-accepted', 'The access token is expired or not meant for this book. Sign in again.', { internal });
  }
}

export class PreconditionFailedError extends MinutebookError {
  constructor() {
    super(
      'precondition-failed',
      'Somebody changed the record in the meantime. Read it again, then repeat your change.',
    );
  }
}

export class PreconditionRequiredError extends MinutebookError {
  constructor() {
    super('precondition-required', 'Send "If-Match" with the ETag you got when you read the record.');
  }
}

export class ContentTooLargeError extends MinutebookError {
  constructor(maxBytes: number) {
    super('content-too-large', `Send at most ${maxBytes} bytes.`);
  }
}

export class UnsupportedMediaTypeError extends MinutebookError {
  constructor() {
    super('unsupported-media-type', 'Send "Content-Type: application/json", in UTF-8.');
  }
}

export class IdempotencyKeyReusedError extends MinutebookError {
  constructor() {
    super(
      'idempotency-key-reused',
      'Take a new Idempotency-Key for a new request; repeat one only with the same content.',
    );
  }
}

export class MethodNotAllowedError extends MinutebookError {
  readonly methods: readonly string[];

  constructor(methods: readonly string[]) {
    super('method-not-allowed', `Here you can use: ${methods.join(', ')}.`);
    this.methods = methods;
  }
}

/** The disk under the book is full or fails; `internal` names it. */
export class UnavailableError extends MinutebookError {
  constructor(internal: string, cause?: unknown) {
    const message = 'The book cannot be written right now; nothing was changed. Try again later, or ask its operator.';
    super('temporarily-unavailable', message, { internal, cause });
  }
}
