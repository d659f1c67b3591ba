// What alarms are raised by: how far the log is behind, and who vouches for it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimName } from '../../../../functions/sequence/claimName.ts';
import { measure } from '../../../../functions/sequence/measure.ts';
import { sequence } from '../../../../functions/sequence/sequence.ts';
import { cosignatureBytes, readCheckpoint, signedByWitness } from '../../../../shared/core/log/checkpoints.ts';
import { keyText, noteText, verifierKey } from '../../../../shared/core/log/notes.ts';
import { readPolicy } from '../../../../shared/core/log/policy.ts';
import {
  Keeper,
  type LogPlace,
  newKey,
  openOnFiles,
  origin,
  removeFolder,
  servicesOf,
} from '../../../support/sequenced.ts';

const key = newKey();
const witness = newKey();
let place: LogPlace & { readonly folder: string };
let keeper: Keeper;

beforeEach(() => {
  place = openOnFiles();
  keeper = new Keeper(servicesOf(place, [key]).records);
});
afterEach(() => {
  place.close();
  removeFolder(place.folder);
});

const none = readPolicy('quorum none\n');
const seal = () => sequence(servicesOf(place, [key]));
/** As it is so many seconds from now. */
const measuredIn = (seconds: number, policy = none) =>
  measure({ ...place, policy, now: () => new Date(Date.now() + seconds * 1000) });

describe('the measures of a log', () => {
  it('are all nothing before anything has happened', async () => {
    const nothing = { backlog: 0, unsealedSeconds: 0, unpublishedSeconds: 0, size: 0, cosigned: 0 };
    expect(await measuredIn(0)).toEqual({ ...nothing, cosignaturesMissing: 0 });
  });

  it('tell how many events wait, and how long the first of them has', async () => {
    await keeper.enter('person');
    await keeper.enter('person');
    const { backlog, unsealedSeconds, size } = await measuredIn(600);
    expect({ backlog, size }).toEqual({ backlog: 2, size: 0 });
    expect(unsealedSeconds).toBeGreaterThanOrEqual(600);
    expect(unsealedSeconds).toBeLessThan(620);
    await seal();
    expect(await measuredIn(600)).toMatchObject({ backlog: 0, unsealedSeconds: 0, unpublishedSeconds: 0, size: 4 });
  });

  it('tell how long what has its place has not been published', async () => {
    await keeper.enter('person');
    await seal();
    const before = await place.store.readCheckpoint();
    await keeper.enter('person');
    await expect(
      sequence(
        servicesOf(
          { ...place, store: { ...place.store, replaceCheckpoint: () => Promise.reject(new Error('Away')) } },
          [key],
        ),
      ),
    ).rejects.toThrow('Away');
    expect(await place.store.readCheckpoint()).toEqual(before);
    const { backlog, unpublishedSeconds } = await measuredIn(900);
    expect(backlog).toBe(0);
    expect(unpublishedSeconds).toBeGreaterThanOrEqual(900);
    expect(unpublishedSeconds).toBeLessThan(920);
  });

  it('count the witnesses that have cosigned, and those that the quorum lacks', async () => {
    const witnessKey = verifierKey('witness.example', 'cosignature', await witness.signer.publicKey());
    const other = verifierKey('other.example', 'cosignature', await newKey().signer.publicKey());
    const policy = readPolicy(
      `witness a ${keyText(witnessKey)}\nwitness b ${keyText(other)}\ngroup both all a b\nquorum both\n`,
    );
    expect(await measuredIn(0, policy)).toMatchObject({ cosigned: 0, cosignaturesMissing: 0 });
    await keeper.enter('person');
    await seal();
    expect(await measuredIn(0, policy)).toMatchObject({ cosigned: 0, cosignaturesMissing: 2 });
    const published = await place.store.readCheckpoint();
    const signed = readCheckpoint(published?.content ?? '');
    if (signed === null) throw new Error('There is no checkpoint');
    const bytes = cosignatureBytes(1000, await witness.signer.sign(signedByWitness(signed.note.text, 1000)));
    const cosignature = { name: 'witness.example', id: witnessKey.id, bytes };
    const signatures = [...signed.note.signatures, cosignature];
    await place.store.replaceCheckpoint(noteText({ text: signed.note.text, signatures }), published);
    expect(await measuredIn(0, policy)).toMatchObject({ cosigned: 1, cosignaturesMissing: 1 });
    expect(await measuredIn(0)).toMatchObject({ cosigned: 0, cosignaturesMissing: 0 });
  });
});

describe('the name of a log', () => {
  it('is that of its first start, also when several start at once', async () => {
    const { records } = place;
    await Promise.all([1, 2, 3].map(() => claimName(records, origin)));
    await claimName(records, origin);
    await expect(claimName(records, 'other.example/log')).rejects.toThrow(`is called ${origin} for ever`);
  });

  it.each(['', 'https://book.example.org/log', 'Book.example.org/log', 'a b'])('is never "%s"', async wish => {
    await expect(claimName(place.records, wish)).rejects.toThrow('a host and a path');
  });
});
