/**
 * A process that writes minutes until it is killed or done: `node minuteWriter.ts FILE COMMITS`. Each commit raises the
 * record's version and adds one event; its version goes to stdout once the commit is acknowledged.
 */
import { writeSync } from 'node:fs';
import { openSqliteRecordStore } from '../../shared/adapters/sqliteRecordStore.ts';
import { BusyError, VersionConflictError } from '../../shared/errors.ts';
import { minute, minuteEvent } from './minutes.ts';

const [file = '', commits = ''] = process.argv.slice(2);
const store = openSqliteRecordStore(file);

for (let left = Number(commits); left > 0; ) {
  const version = ((await store.get(minute))?.version ?? 0) + 1;
  const expect = version === 1 ? 'absent' : { version: version - 1 };
  // Sizes from one page to many, so that a kill meets every part of a write.
  const text = 'x'.repeat(Math.random() * 20_000);
  try {
    await store.commit([
      { put: { key: minute, version, data: { version } }, expect },
      {
        put: { key: minuteEvent(version), version: 1, data: { version, writer: process.pid, text } },
        expect: 'absent',
      },
    ]);
  } catch (error) {
    if (error instanceof VersionConflictError || error instanceof BusyError) continue;
    throw error;
  }
  writeSync(1, `${version}\n`);
  left--;
}
store.close();
