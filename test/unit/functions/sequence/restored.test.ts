// Backups that were put back, and files that are gone or were changed: what follows from the order is written again, and nothing else.
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gapOf, resume } from '../../../../functions/sequence/resume.ts';
import { sequence } from '../../../../functions/sequence/sequence.ts';
import { sealingRecordStore } from '../../../../shared/adapters/sealingRecordStore.ts';
import { entryKey } from '../../../../shared/core/log/sequencing.ts';
import { LogForkError } from '../../../../shared/ports/logStore.ts';
import type { Write } from '../../../../shared/ports/recordStore.ts';
import { checkLog } from '../../../support/logCheck.ts';
import { copyOf, Keeper, newKey, openOnFiles, removeFolder, servicesOf } from '../../../support/sequenced.ts';

const key = newKey();
const keys = [key];
const folders: string[] = [];
let place: ReturnType<typeof openOnFiles>;
let keeper: Keeper;

beforeEach(() => {
  place = openOnFiles();
  folders.push(place.folder);
  keeper = new Keeper(sealingRecordStore(place.records));
});

afterEach(() => {
  place.close();
  for (const folder of folders.splice(0)) removeFolder(folder);
});

async function grow(many: number): Promise<void> {
  await Promise.all(Array.from({ length: many }, () => keeper.enter('person')));
  await sequence(servicesOf(place, keys));
  await keeper.look(place);
}

/** The folder as it is now, for later. */
function backUp(): string {
  place.close();
  const copy = copyOf(place.folder);
  folders.push(copy);
  place = openOnFiles(place.folder);
  keeper.records = sealingRecordStore(place.records);
  return copy;
}

/** Puts back what a backup has: of the book, or of the log. */
function restore(copy: string, what: 'book' | 'log'): void {
  place.close();
  for (const name of readdirSync(place.folder).filter(one => one.startsWith(what))) {
    rmSync(join(place.folder, name), { recursive: true });
  }
  for (const name of readdirSync(copy).filter(one => one.startsWith(what))) {
    cpSync(join(copy, name), join(place.folder, name), { recursive: true });
  }
  place = openOnFiles(place.folder);
  keeper.records = sealingRecordStore(place.records);
}

/** Everything that is published, by its path. */
function filesOf(folder: string): Map<string, string> {
  const names = readdirSync(join(folder, 'log'), { recursive: true, encoding: 'utf8' });
  const files = names.filter(name => statSync(join(folder, 'log', name)).isFile());
  return new Map(files.map(name => [name, readFileSync(join(folder, 'log', name), 'latin1')]));
}

describe('a restored book', () => {
  it('is refused while a newer checkpoint is published, and nothing is changed', async () => {
    await grow(10);
    const copy = backUp();
    await grow(10);
    restore(copy, 'book');
    await keeper.enter('person');
    const [files, unsealed] = [
      filesOf(place.folder),
      await place.records.get({ table: 'log', partition: 'log', sort: 'next' }),
    ];
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(sequence(servicesOf(place, keys))).rejects.toThrow(LogForkError);
    }
    expect(filesOf(place.folder)).toEqual(files);
    expect(await place.records.get({ table: 'log', partition: 'log', sort: 'next' })).toEqual(unsealed);
  });

  it('is refused when another tree of the same size is published', async () => {
    await grow(5);
    const copy = backUp();
    await grow(5);
    const files = filesOf(place.folder);
    restore(copy, 'book');
    // The same events get other salts, and so another tree, in a log that nobody reads.
    const elsewhere = openOnFiles();
    folders.push(elsewhere.folder);
    await Promise.all(Array.from({ length: 5 }, () => keeper.enter('person')));
    cpSync(join(copy, 'log'), join(elsewhere.folder, 'log'), { recursive: true });
    await sequence(servicesOf({ records: place.records, store: elsewhere.store }, keys));
    elsewhere.close();
    await expect(sequence(servicesOf(place, keys))).rejects.toThrow('different roots');
    expect(filesOf(place.folder)).toEqual(files);
  });

  it('is refused where files behind the checkpoint have other bytes, which stay', async () => {
    await grow(5);
    const copy = backUp();
    await grow(5);
    restore(copy, 'book');
    // As if it had been restored from before the checkpoint was published, and behind the writing of the tiles.
    const checkpoint = join(place.folder, 'log', 'checkpoint');
    rmSync(checkpoint);
    cpSync(join(copy, 'log', 'checkpoint'), checkpoint);
    const files = filesOf(place.folder);
    await Promise.all(Array.from({ length: 5 }, () => keeper.enter('person')));
    await expect(sequence(servicesOf(place, keys))).rejects.toThrow('has other bytes');
    expect(filesOf(place.folder)).toEqual(files);
  });
});

describe('a restored folder of the log', () => {
  it.each([
    ['an older one', 0],
    ['an older one, with new events waiting', 3],
  ])('is brought up to date by itself: %s', async (_, waiting) => {
    await grow(300);
    const copy = backUp();
    await grow(150);
    await grow(150);
    const before = filesOf(place.folder);
    restore(copy, 'log');
    for (let count = 0; count < waiting; count++) await keeper.enter('person');
    await sequence(servicesOf(place, keys));
    await keeper.check(place, keys);
    // Every file that anybody may know of is there again, byte for byte, but partial ones that a full one took the place of.
    const after = filesOf(place.folder);
    for (const [name, content] of before) {
      const [whole = name, width] = name.split('.p/');
      const isReplaced = width !== undefined && after.has(whole);
      if (name !== 'checkpoint' && !isReplaced) expect(after.get(name), name).toBe(content);
    }
    if (waiting === 0) expect(after.get('checkpoint')).toBe(before.get('checkpoint'));
  });

  it('is written again whole when it is gone', async () => {
    await grow(600);
    await grow(5);
    const before = filesOf(place.folder);
    place.close();
    rmSync(join(place.folder, 'log'), { recursive: true });
    place = openOnFiles(place.folder);
    await sequence(servicesOf(place, keys));
    await keeper.check(place, keys);
    expect(filesOf(place.folder).get('checkpoint')).toBe(before.get('checkpoint'));
  });

  it('gets back a tile that is missing before it grows', async () => {
    await grow(300);
    rmSync(join(place.folder, 'log', 'tile', '0', '001.p', '46'));
    await grow(5);
    await keeper.check(place, keys);
  });
});

describe('what was changed behind the back of the log', () => {
  it.each(['tile/0/000.p/12', 'tile/entries/000.p/12'])('is refused: %s', async path => {
    await grow(10);
    const file = join(place.folder, 'log', path);
    const content = readFileSync(file);
    chmodSync(file, 0o600);
    content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
    writeFileSync(file, content);
    // A bundle is read by others only: here it is found when it is to be written again.
    rmSync(join(place.folder, 'log', 'checkpoint'));
    await expect(sequence(servicesOf(place, keys))).rejects.toThrow(LogForkError);
    expect(readFileSync(file)).toEqual(content);
  });
});

describe('a log that goes on after events were lost', () => {
  it('has the published entries, and new ones behind them, in the tree that others know', async () => {
    await grow(10);
    const copy = backUp();
    // More than one commit, and into the next bundle.
    await grow(300);
    restore(copy, 'book');
    const before = filesOf(place.folder);
    const services = servicesOf(place, keys);
    expect(await gapOf(services)).toEqual({ known: 12, published: 312 });
    await resume(services);
    expect(await gapOf(services)).toBeNull();
    expect(filesOf(place.folder)).toEqual(before);
    await resume(services);

    await keeper.enter('person');
    await sequence(services);
    const log = await checkLog(place.store, key.key);
    expect(log.size).toBe(313);
    for (const [path, content] of before) {
      if (path !== 'checkpoint') expect(filesOf(place.folder).get(path)).toBe(content);
    }
  });

  it('is resumed in the middle, and only by what continues what the book has', async () => {
    await grow(10);
    const copy = backUp();
    await grow(250);
    restore(copy, 'book');
    let commits = 0;
    const breaking = {
      ...place.records,
      commit: async (writes: readonly Write[]) => {
        if (++commits > 1) throw new Error('stopped');
        await place.records.commit(writes);
      },
    };
    await expect(resume({ ...servicesOf(place, keys), records: breaking })).rejects.toThrow('stopped');
    expect(await gapOf(servicesOf(place, keys))).toEqual({ known: 110, published: 262 });
    await place.records.commit([
      { put: { key: entryKey(100), version: 2, data: { entry: 'another' } }, expect: { version: 1 } },
    ]);
    await expect(resume(servicesOf(place, keys))).rejects.toThrow('The book has another entry 100');
  });
});
