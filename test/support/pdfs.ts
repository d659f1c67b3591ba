/** PDFs for tests: written by a library, or object by object. */
import { deflateSync } from 'node:zlib';
import PDFDocument from 'pdfkit';

/** One page for each text. */
export async function pdfOf(
  pages: readonly string[],
  options: PDFKit.PDFDocumentOptions = {},
  more: (pdf: PDFKit.PDFDocument) => void = () => {},
): Promise<Buffer> {
  const pdf = new PDFDocument({ ...options, autoFirstPage: false });
  const chunks: Buffer[] = [];
  pdf.on('data', chunk => chunks.push(chunk));
  const ended = new Promise(resolve => pdf.on('end', resolve));
  for (const text of pages) pdf.addPage().text(text);
  more(pdf);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

/** A PDF of these objects, numbered from 1; the first is the catalog. A stream is given with its dictionary. */
export function pdfOfObjects(objects: readonly (string | readonly [dictionary: string, stream: Buffer])[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const places: number[] = [];
  let size = parts[0]?.length ?? 0;
  const add = (part: Buffer) => {
    parts.push(part);
    size += part.length;
  };
  objects.forEach((object, index) => {
    places.push(size);
    add(Buffer.from(`${index + 1} 0 obj\n`));
    if (typeof object === 'string') add(Buffer.from(object));
    else {
      const [dictionary, stream] = object;
      add(Buffer.from(`<< ${dictionary} /Length ${stream.length} >>\nstream\n`));
      add(stream);
      add(Buffer.from('\nendstream'));
    }
    add(Buffer.from('\nendobj\n'));
  });
  const table = places.map(place => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const trailer = `trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${size}\n%%EOF\n`;
  add(Buffer.from(`xref\n0 ${count}\n0000000000 65535 f \n${table}${trailer}`));
  return Buffer.concat(parts);
}

const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';

/** A PDF of one page with that content stream. @param catalog what else the catalog says. */
export function pdfWithContent(
  dictionary: string,
  content: Buffer,
  catalog = '',
  more: readonly string[] = [],
): Buffer {
  return pdfOfObjects([
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    [dictionary, content],
    font,
    ...more,
  ]);
}

/** A PDF whose one page shows a word so often that reading takes minutes and gigabytes; itself it is small. */
export function endlessPdf(): Buffer {
  // Packed twice: a gigabyte of the same packs very well, and its packed form packs again.
  const word = Buffer.from('BT /F 9 Tf (word) Tj ET\n');
  const content = Buffer.alloc(word.length * 10_000_000, word);
  return pdfWithContent('/Filter [/FlateDecode /FlateDecode]', deflateSync(deflateSync(content, { level: 9 })));
}
