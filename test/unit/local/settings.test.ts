/** What the environment says, and what it must not say. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  bookFile,
  isDemonstration,
  issuerPort,
  port,
  publicAddress,
  SettingError,
  sender,
} from '../../../local/settings.ts';
import { openSqliteRecordStore } from '../../../shared/adapters/sqliteRecordStore.ts';
import { organisationId } from '../../../shared/core/organisation.ts';
import { recordKey } from '../../../shared/core/records.ts';
import { newFolder } from '../../support/book.ts';

afterEach(() => vi.unstubAllEnvs());

describe('ports', () => {
  it.each(['abc', '0x10', '1e3', '-1', '80 ', '65536', '4000.0'])('are never "%s"', text => {
    vi.stubEnv('PORT', text);
    expect(port).toThrow(SettingError);
  });

  it('lie side by side, unless there is no next one', () => {
    vi.stubEnv('PORT', '5000');
    expect([port(), issuerPort()]).toEqual([5000, 5001]);
    vi.stubEnv('PORT', '0');
    expect([port(), issuerPort()]).toEqual([0, 0]);
    vi.stubEnv('PORT', '65535');
    expect(issuerPort).toThrow('set MINUTEBOOK_ISSUER_PORT');
    vi.stubEnv('MINUTEBOOK_ISSUER_PORT', '7000');
    expect(issuerPort()).toBe(7000);
  });
});

describe('the public address', () => {
  it.each([
    ['', undefined],
    ['https://book.example.org', 'https://book.example.org'],
    [' https://Book.example.org:8443/ ', 'https://book.example.org:8443'],
  ])('"%s" is taken', (text, address) => {
    vi.stubEnv('MINUTEBOOK_ADDRESS', text);
    expect(publicAddress()).toBe(address);
  });

  it.each([
    'http://book.example.org',
    'book.example.org',
    'https://book.example.org/path',
    'https://book.example.org/?q',
    'https://user@book.example.org',
    'https://',
  ])('"%s" is refused', text => {
    vi.stubEnv('MINUTEBOOK_ADDRESS', text);
    expect(publicAddress).toThrow(SettingError);
  });
});

describe('the sender of mail', () => {
  it.each([
    ['', '', 'minutebook@localhost'],
    ['', 'https://book.example.org:8443', 'minutebook@book.example.org'],
    [' minutes@example.org ', 'https://book.example.org', 'minutes@example.org'],
  ])('"%s", at the public address "%s", is taken', (text, address, expected) => {
    vi.stubEnv('MINUTEBOOK_SENDER', text);
    vi.stubEnv('MINUTEBOOK_ADDRESS', address);
    expect(sender()).toBe(expected);
  });

  it.each(['minutes', 'Minutes <minutes@example.org>', 'a@b@c', 'minutes@exämple.org'])('"%s" is refused', text => {
    vi.stubEnv('MINUTEBOOK_SENDER', text);
    expect(sender).toThrow(SettingError);
  });
});

describe('the demonstration', () => {
  let folder: string;
  beforeEach(() => {
    folder = newFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is shown until a book is founded, and never beside it', async () => {
    expect(await isDemonstration(folder)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
    const records = openSqliteRecordStore(bookFile(folder));
    expect(await isDemonstration(folder)).toBe(true);
    const organisation = { key: recordKey('organisation', organisationId), version: 1, data: {} };
    await records.commit([{ put: organisation, expect: 'absent' }]);
    expect(await isDemonstration(folder)).toBe(false);
    vi.stubEnv('MINUTEBOOK_DEMO', '1');
    expect(await isDemonstration(folder)).toBe(false);
    records.close();
    expect(await isDemonstration(join(folder, 'elsewhere'))).toBe(true);
  });

  it('is not shown when nobody can say whose book it is', async () => {
    const other = new DatabaseSync(bookFile(folder));
    other.exec('create table songs (title)');
    other.close();
    await expect(isDemonstration(folder)).rejects.toThrow('database of another program');
  });

  it('is not shown when it is forbidden, and the setting takes 0 and 1 only', async () => {
    vi.stubEnv('MINUTEBOOK_DEMO', '0');
    expect(await isDemonstration(folder)).toBe(false);
    vi.stubEnv('MINUTEBOOK_DEMO', 'false');
    await expect(isDemonstration(folder)).rejects.toThrow(SettingError);
  });
});
