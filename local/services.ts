/** The outside world on one machine: records in SQLite, any OpenID Connect issuer. */
import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { noBlobs } from '../shared/adapters/noBlobs.ts';
import { noLog } from '../shared/adapters/noLog.ts';
import { sealingRecordStore } from '../shared/adapters/sealingRecordStore.ts';
import { openapi } from '../shared/contract/openapi.ts';
import { TokenNotAcceptedError } from '../shared/errors.ts';
import { type LogLine, writeLog } from '../shared/http/log.ts';
import type { Services } from '../shared/http/operation.ts';
import { type IssuerSettings, tokenVerifier } from '../shared/http/token.ts';
import type { RecordStore } from '../shared/ports/recordStore.ts';

/** @param records whatever is committed through the services will be sealed. @param issuer null when nobody can sign in. */
export function embeddedServices(
  records: RecordStore,
  issuer: IssuerSettings | null,
  {
    blobs = noBlobs,
    publishedLog = noLog,
    log = errorsOnly,
  }: Partial<Pick<Services, 'blobs' | 'publishedLog' | 'log'>> = {},
): Services {
  let document: string | undefined;
  return {
    records: sealingRecordStore(records),
    blobs,
    publishedLog,
    verifyToken: issuer === null ? refuse : tokenVerifier(issuer),
    now: () => new Date(),
    newId: () => v7(),
    newCode: () => randomBytes(16).toString('base64url'),
    openapi: () => {
      document ??= JSON.stringify(openapi());
      return document;
    },
    log,
  };
}

const refuse = async () => {
  throw new TokenNotAcceptedError('no issuer is configured');
};

/** The console is for people, so it tells of faults only; `MINUTEBOOK_LOG=requests` shows every request. */
function errorsOnly(line: LogLine): void {
  if (line.level === 'error' || process.env.MINUTEBOOK_LOG === 'requests') writeLog(line);
}
