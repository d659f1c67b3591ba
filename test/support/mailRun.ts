/** A new book of which mail is to be sent for each test of a file, and runs of the function that sends it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { sendDue } from '../../functions/mail/sendDue.ts';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { clockAt, limits, mailServer, mailServices, mailWorld, type Whim } from './mail.ts';

export const sorted = (ids: readonly (string | undefined)[]) => [...ids].sort();

/** Times of the tests: it is the first of them, whatever the clock of the machine says. */
export const today = '2026-03-02T15:00:00.000Z';
export const soon = '2026-03-02T18:00:00.000Z';
export const threeDays = '2026-03-05T15:00:00.000Z';

/** @returns what there is during a test. */
export function useMailBook() {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'minutebook-mail-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  let count = 0;
  let opened: ReturnType<typeof opening>;
  const opening = (file: string) => {
    const records = openSqliteRecordStore(file);
    return { records, world: mailWorld(records), clock: clockAt(today) };
  };
  beforeEach(async () => {
    opened = opening(join(folder, `${count++}.sqlite`));
    await opened.world.found();
    return () => opened.records.close();
  });

  /** Runs on a server with whims; nothing but what it took counts. */
  function post(whims: Whim[] | (() => Whim) = [], repeatable = false) {
    const next = typeof whims === 'function' ? whims : () => whims.shift() ?? 'takes';
    const server = mailServer(next, repeatable);
    const { services, log } = mailServices(opened.records, server.mailer, opened.clock.now);
    return { ...server, log, services, run: (more = {}) => sendDue(services, { ...limits, ...more }) };
  }
  return { book: () => opened, post };
}
