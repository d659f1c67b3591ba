// Signed notes, checkpoints, cosignatures and proof files: the published example verifies, and nothing is read that two readers could read differently.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../../../shared/core/log/base64.ts';
import {
  type Checkpoint,
  checkpointText,
  cosignatureBytes,
  readCheckpoint,
  readCheckpointText,
  readSize,
  signedByLog,
  signedByWitness,
  verdictOn,
} from '../../../../shared/core/log/checkpoints.ts';
import {
  keyText,
  noteText,
  readKey,
  readNote,
  type VerifierKey,
  verifierKey,
} from '../../../../shared/core/log/notes.ts';
import { proofFileText, readProofFile } from '../../../../shared/core/log/proofFiles.ts';
import { emptyRoot, leafHash } from '../../../../shared/core/log/tree.ts';

/** From the specification of signed notes. */
const published = {
  key: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note: 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
};

interface Signer {
  readonly key: VerifierKey;
  readonly privateKey: KeyObject;
}

function signer(name: string, type: VerifierKey['type']): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  return { key: verifierKey(name, type, raw), privateKey };
}

const log = signer('book.example.org/log', 'ed25519');
const witness = signer('witness.example.net/w1', 'cosignature');
const checkpoint: Checkpoint = {
  origin: 'book.example.org/log',
  size: 70_000,
  root: leafHash(Buffer.from('a')),
  extensions: [],
};

function signedText(): string {
  const text = checkpointText(checkpoint);
  const own = { ...log.key, bytes: sign(null, signedByLog(text), log.privateKey) };
  const seconds = 1_700_000_000;
  const other = {
    ...witness.key,
    bytes: cosignatureBytes(seconds, sign(null, signedByWitness(text, seconds), witness.privateKey)),
  };
  return noteText({ text, signatures: [own, other] });
}

describe('a signed note', () => {
  it('of the specification verifies with its key, and is written as it was read', () => {
    const key = readKey(published.key);
    const note = readNote(published.note);
    if (key === null || note === null) throw new Error('not read');
    expect(verdictOn(note, key)).toEqual({ is: 'good', time: null });
    expect(noteText(note)).toBe(published.note);
    expect(keyText(key)).toBe(published.key);
  });

  it('says when a key has not signed it, and when somebody else signed in its name', () => {
    const note = readNote(published.note);
    const key = readKey(published.key);
    if (key === null || note === null) throw new Error('not read');
    expect(verdictOn(note, log.key)).toEqual({ is: 'absent' });
    expect(verdictOn({ ...note, text: 'Another message.\n' }, key)).toEqual({ is: 'wrong' });
  });

  it.each([
    ['no blank line', 'text\n— a b\n'],
    ['no signature', 'text\n\n'],
    ['no end of line', published.note.slice(0, -1)],
    ['a control character', published.note.replace('example message', 'example\tmessage')],
    ['a hyphen for the dash', published.note.replace('—', '-')],
    ['two spaces', published.note.replace('foo Uw', 'foo  Uw')],
    ['a plus sign in the name', published.note.replace('example.com/foo', 'example.com+foo')],
    ['base64 without its padding', published.note.replace('aQM=', 'aQM')],
    ['base64 with bits that say nothing', published.note.replace('aQM=', 'aQN=')],
    ['a signature without bytes', published.note.replace(/Uw2Q.*=/, 'Uw2QOg==')],
    ['half of a character', published.note.replace('example message', 'example \ud800')],
  ])('is not read with %s', (_, text) => expect(readNote(text)).toBeNull());
});

describe('a verifier key', () => {
  it.each([
    ['another identifier', published.key.replace('530d903a', '530d903b')],
    ['capital letters', published.key.replace('530d903a', '530D903A')],
    ['another name', published.key.replace('foo', 'bar')],
    ['an unknown type', published.key.replace('+Aeky', '+Aukz')],
    ['no material', 'example.com/foo+530d903a+'],
  ])('is not read with %s', (_, text) => expect(readKey(text)).toBeNull());

  it('is read as it was written, for any name that names a key', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9./:-]{1,40}$/),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (name, raw) => {
          const key = verifierKey(name, 'cosignature', raw);
          expect(readKey(keyText(key))).toEqual(key);
        },
      ),
    );
  });

  it('has no name with spaces of any kind', () => {
    for (const name of ['a b', 'a\u00a0b', 'a\u2003b', 'a+b', '']) {
      expect(() => verifierKey(name, 'ed25519', new Uint8Array(32))).toThrow(RangeError);
    }
  });
});

describe('a checkpoint', () => {
  it('is verified by the key of the log and by that of a witness, who says when', () => {
    const signed = readCheckpoint(signedText());
    expect(signed?.checkpoint).toEqual(checkpoint);
    if (signed === null) throw new Error('not read');
    expect(verdictOn(signed.note, log.key)).toEqual({ is: 'good', time: null });
    expect(verdictOn(signed.note, witness.key)).toEqual({ is: 'good', time: 1_700_000_000 });
  });

  it('is none of theirs when any character of it is another', () => {
    const text = signedText();
    for (let place = 0; place < text.length; place++) {
      const other = text[place] === 'x' ? 'y' : 'x';
      const signed = readCheckpoint(text.slice(0, place) + other + text.slice(place + 1));
      if (signed === null) continue;
      const verdicts = [log.key, witness.key].map(key => verdictOn(signed.note, key).is);
      if (verdicts.every(verdict => verdict === 'good')) throw new Error(`character ${place}`);
    }
  });

  it.each([
    ['a leading zero', 'o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['a sign', 'o\n+1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['a short root', 'o\n1\n47DE\n'],
    ['no origin', '\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'],
    ['an empty line', 'o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n'],
    ['no end of line', 'o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
  ])('is not read with %s', (_, text) => expect(readCheckpointText(text)).toBeNull());

  it('keeps lines that a log adds', () => {
    const text = `o\n0\n${toBase64(emptyRoot)}\nmore\n`;
    expect(readCheckpointText(text)).toEqual({ origin: 'o', size: 0, root: emptyRoot, extensions: ['more'] });
  });

  it('counts exactly or not at all', () => {
    expect(readSize('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(readSize('9007199254740992')).toBeNull();
  });
});

describe('a proof file', () => {
  const signed = readCheckpoint(signedText());
  if (signed === null) throw new Error('not read');
  const file = { extra: null, index: 7, hashes: [emptyRoot, leafHash(Buffer.from('b'))], signed };

  it('is read as it was written, with and without what is added to it', () => {
    expect(readProofFile(proofFileText(file))).toEqual(file);
    const more = { ...file, extra: new Uint8Array([1, 2, 3]) };
    expect(readProofFile(proofFileText(more))).toEqual(more);
    const single = { ...file, hashes: [] };
    expect(readProofFile(proofFileText(single))).toEqual(single);
  });

  it.each([
    ['another version', (text: string) => text.replace('@v1', '@v2')],
    ['no index', (text: string) => text.replace('index 7\n', '')],
    ['a leading zero', (text: string) => text.replace('index 7', 'index 07')],
    ['a short hash', (text: string) => text.replace(toBase64(emptyRoot), 'AAAA')],
    [
      'a hash too many',
      (text: string) => text.replace('index 7\n', `index 7\n${`${toBase64(emptyRoot)}\n`.repeat(62)}`),
    ],
    ['nothing behind it', (text: string) => text.slice(0, text.indexOf('\n\n') + 2)],
  ])('is not read with %s', (_, change) => expect(readProofFile(change(proofFileText(file)))).toBeNull());
});

describe('base64', () => {
  it('has one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
    );
    for (const text of ['AA', 'AA=', 'AB==', 'AA==\n', 'A A=', '-_==', 'AAA']) expect(fromBase64(text)).toBeNull();
  });
});
