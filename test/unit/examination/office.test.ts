// Office documents: what they are by content, and what must not be in them.
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { examineAs, openText, refusedFor, sound, word } from '../../support/examined.ts';
import { docxOf, odtOf, type ZipEntry, zipOf } from '../../support/zips.ts';

const compoundFile = Buffer.from('d0cf11e0a1b11ae1000000000000000000000000', 'hex');
const program = Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), Buffer.alloc(100)]);
const types = '[Content_Types].xml';

it('accepts a Word document', async () => {
  expect(await examineAs(word, docxOf([{ name: 'docProps/app.xml', content: '<Properties/>' }]))).toMatchObject(sound);
});

it('accepts an OpenDocument text', async () => {
  expect(await examineAs(openText, odtOf())).toMatchObject(sound);
});

it('accepts a document with the workbook of a chart', async () => {
  const workbook = docxOf([], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml');
  const chart = { name: 'word/embeddings/Microsoft_Excel_Worksheet.xlsx', content: workbook };
  expect(await examineAs(word, docxOf([chart]))).toMatchObject(sound);
});

describe('refuses programs', () => {
  const inWord: [string, ZipEntry][] = [
    ['VBA', { name: 'word/vbaProject.bin', content: compoundFile }],
    ['VBA under another name', { name: 'word/media/image1.png', content: compoundFile }],
    ['Excel 4 macros', { name: 'xl/macrosheets/sheet1.xml', content: '<xm:macrosheet/>' }],
    ['ActiveX', { name: 'word/activeX/activeX1.xml', content: '<ax:ocx/>' }],
    ['a program', { name: 'word/media/image2.png', content: program }],
    ['a program by name', { name: 'word/embeddings/run.EXE', content: 'x' }],
    ['an object of another program', { name: 'word/embeddings/oleObject1.bin', content: compoundFile }],
    [
      'a workbook with macros',
      { name: 'word/embeddings/a.xlsx', content: docxOf([{ name: 'xl/vbaProject.bin', content: '1' }]) },
    ],
    ['an archive', { name: 'word/media/a.zip', content: zipOf([{ name: 'a.txt', content: 'a' }]) }],
    [
      'a document in a document in a document',
      { name: 'a.docx', content: docxOf([{ name: 'b.docx', content: docxOf() }]) },
    ],
  ];
  it.each(inWord)('in a Word document: %s', async (_what, entry) => {
    expect(await examineAs(word, docxOf([entry]))).toEqual(refusedFor(/macros|embedded|damaged/));
  });

  it.each(['Basic/Standard/Module1.xml', 'Scripts/python/a.txt', 'Dialogs/Standard/d.xml'])(
    'in an OpenDocument text: %s',
    async name => {
      expect(await examineAs(openText, odtOf([{ name, content: 'x' }]))).toEqual(refusedFor(/macros/));
    },
  );

  it('declared by the list of contents', async () => {
    const main = 'application/vnd.ms-word.document.macroEnabled.main+xml';
    expect(await examineAs(word, docxOf([], main))).toEqual(refusedFor(/macros/));
  });
});

describe('refuses what is not the document that it claims to be', () => {
  it.each([
    ['an archive of anything', zipOf([{ name: 'a.txt', content: 'a' }]), /damaged, or not an office document/],
    [
      'a template',
      docxOf([], 'application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml'),
      /damaged/,
    ],
    ['a workbook', docxOf([], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'), /Excel/],
    ['an OpenDocument text', odtOf(), /OpenDocument text/],
    ['both formats at once', odtOf([{ name: types, content: '<Types/>' }]), /damaged/],
    [
      'a list of contents in another encoding',
      zipOf([{ name: types, content: Buffer.from('<Types/>', 'utf16le') }]),
      /damaged/,
    ],
    ['an old Word document', compoundFile, /old Office document/],
    ['a PDF', Buffer.from('%PDF-1.4\n'), /application\/pdf/],
    ['an HTML page', Buffer.from('<html></html>'), /HTML page/],
    ['bytes after the beginning of an archive', Buffer.from('PK\x03\x04 and nothing more'), /damaged/],
    ['half a document', docxOf().subarray(0, 300), /damaged/],
  ])('%s', async (_what, bytes, reason) => {
    expect(await examineAs(word, bytes)).toEqual(refusedFor(reason));
  });

  it('a document of which an entry is damaged', async () => {
    const entry = { name: 'word/styles.xml', content: 'styles', claimedCrc: 1 };
    expect(await examineAs(word, docxOf([entry]))).toEqual(refusedFor(/damaged/));
  });

  it.each(['../evil.xml', '/etc/passwd', 'word\\evil.xml', 'C:/evil.xml', 'WORD/document.xml'])(
    'a document with an entry %s',
    async name => {
      expect(await examineAs(word, docxOf([{ name, content: 'x' }]))).toEqual(refusedFor(/damaged/));
    },
  );
});

describe('says that a document has a password', () => {
  it('an OOXML document, which is then a compound file', async () => {
    const file = Buffer.alloc(2048);
    compoundFile.copy(file);
    file.writeUInt16LE(9, 30);
    file.writeUInt32LE(1, 48);
    file.write('EncryptedPackage', 1024, 'utf16le');
    expect(await examineAs(word, file)).toEqual(refusedFor(/password/));
  });

  it('an OpenDocument text', async () => {
    const manifest = '<manifest:manifest><manifest:encryption-data/></manifest:manifest>';
    expect(await examineAs(openText, odtOf([], manifest))).toEqual(refusedFor(/password/));
  });

  it('an entry', async () => {
    const entry = { name: 'word/a.xml', content: 'x', isEncrypted: true };
    expect(await examineAs(word, docxOf([entry]))).toEqual(refusedFor(/password/));
  });
});

describe('refuses bombs', () => {
  const zeros = Buffer.alloc(50_000_000);

  it('that say how large they are', async () => {
    expect(await examineAs(word, docxOf([{ name: 'word/a.xml', content: zeros }]))).toEqual(refusedFor(/unpacks to/));
  });

  it('that do not say it, without unpacking them whole', async () => {
    const entry = { name: 'word/a.xml', content: '', packed: deflateRawSync(zeros), claimedBytes: 1000 };
    expect(await examineAs(word, docxOf([entry]))).toEqual(refusedFor(/unpacks to|damaged/));
  });

  it('that unpack to more than the limit at a modest ratio', async () => {
    const text = Buffer.from(Array.from({ length: 100_000 }, (_, index) => `${index * 7919} `).join(''));
    const found = await examineAs(word, docxOf([{ name: 'a.xml', content: text }]), { maxUnpackedBytes: 500_000 });
    expect(found).toEqual(refusedFor(/unpacks to/));
  });

  it('of too many entries', async () => {
    const entries = Array.from({ length: 10_001 }, (_, index) => ({ name: `word/${index}`, content: '' }));
    expect(await examineAs(word, docxOf(entries))).toEqual(refusedFor(/unpacks to/));
  });

  it('whose entries share their bytes', async () => {
    const noise = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251));
    const honest = docxOf([
      { name: 'word/a', content: noise },
      { name: 'word/b', content: noise },
    ]);
    // The second entry of the directory now points to the first one's bytes, and the bytes of its own are gone.
    const second = honest.lastIndexOf('word/b') - 46;
    const first = honest.lastIndexOf('word/a') - 46;
    const [from, to] = [honest.readUInt32LE(first + 42), honest.readUInt32LE(second + 42)];
    const directory = honest.indexOf('PK\x01\x02', 0, 'latin1');
    const removed = directory - to;
    honest.writeUInt32LE(from, second + 42);
    honest.writeUInt32LE(honest.readUInt32LE(honest.length - 6) - removed, honest.length - 6);
    const bomb = Buffer.concat([honest.subarray(0, to), honest.subarray(directory)]);
    expect(await examineAs(word, bomb)).toEqual(refusedFor(/unpacks to/));
  });
});

it('refuses a document that is too large to be read', async () => {
  expect(await examineAs(word, docxOf(), { maxReadBytes: 100 })).toEqual(refusedFor(/at most 100 bytes/));
});
