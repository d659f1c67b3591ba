/** Checks a certificate: that the resolution which it prints, by number and hash, is the one that the log proves. */
import { defaultLimits } from '../shared/examination/limits.ts';
import { closeReader, readInProcess } from '../shared/examination/pdfReader.ts';
import { openSpool } from '../shared/examination/spool.ts';
import { type Checked, type Checking, checkText } from '../web/verifier/book.ts';
import { decodeText, NotProven } from '../web/verifier/bytes.ts';
import { Unreadable } from '../web/verifier/fetching.ts';
import { fieldOf, isRecord, type Json, readJson } from '../web/verifier/json.ts';

const signature = '%PDF-';

export const isPdf = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes.subarray(0, 5)) === signature;

/** As the certificate prints it: the address of what was sealed of its resolution. */
const printedProof = /Proof:(https?:\/\/[^/]+)(\/v1\/log\/records\/resolution\/[0-9a-f-]{36}\/versions\/[1-9]\d{0,8})/;

/**
 * @param bytes of the PDF.
 * @param proof the proven statement, where it lies beside the certificate; fetched from the book otherwise.
 * @throws {NotProven} what is printed is not what was sealed. @throws {Unreadable}
 */
export async function checkCertificate(bytes: Uint8Array, proof: string | null, checking: Checking): Promise<Checked> {
  // Lines break anywhere, also within addresses and hashes.
  const printed = (await textIn(bytes)).replaceAll(/\s+/g, '');
  const [, origin, path] = printedProof.exec(printed) ?? [];
  if (origin === undefined || path === undefined) {
    throw new Unreadable(
      'This PDF prints no proof. Only certificates of what is public have one, and only a minute after it was adopted.',
    );
  }
  const site = checking.site ?? origin;
  const asked = { ...checking, site };
  const proven = proof ?? (await fetchProven(new URL(path, site).href, asked));
  const checked = await checkText(proven, null, asked);
  const content = contentOf(readJson(proven), path);
  const adoption = fieldOf(content, 'adoption');
  const [number, textHash] = [isRecord(adoption) ? fieldOf(adoption, 'number') : null, fieldOf(content, 'textHash')];
  if (typeof textHash !== 'string' || !printed.includes(textHash)) {
    throw new NotProven(
      'The hash of the text that the certificate prints is not that of the resolution that was sealed.',
    );
  }
  if (typeof number === 'string' && !printed.includes(`Resolution${number}`)) {
    throw new NotProven(`The resolution that was sealed has the number ${number}, and the certificate prints another.`);
  }
  const { told } = checked;
  return {
    ...checked,
    told: {
      ...told,
      title: told.title.replace(/^Proven[^:]*: /, 'Proven: the certificate names '),
      facts: [...told.facts, ['Hash of the text', textHash]],
      notProven: [
        'The printed words themselves, unless you work out the hash of the text from them, as the certificate says; and who signed it.',
        ...told.notProven,
      ],
    },
  };
}

/** More than any record takes. */
const mostProvenBytes = 8_000_000;

/** @throws {Unreadable} */
async function fetchProven(address: string, { fetch }: Checking): Promise<string> {
  const bytes = await fetch(address, mostProvenBytes);
  if (bytes === null || bytes.length > mostProvenBytes) throw new Unreadable(`${address} is not there.`);
  return decodeText(bytes, address);
}

/** @throws {NotProven} it is the statement of another resolution than the certificate names. */
function contentOf(proven: Json, path: string) {
  const sealed = isRecord(proven) ? fieldOf(proven, 'sealed') : undefined;
  const record = isRecord(sealed) ? fieldOf(sealed, 'record') : undefined;
  const content = isRecord(sealed) ? fieldOf(sealed, 'content') : undefined;
  const name = isRecord(record)
    ? `${fieldOf(record, 'kind')}/${fieldOf(record, 'id')}/versions/${fieldOf(record, 'version')}`
    : '';
  if (!isRecord(content) || !path.endsWith(`/${name}`)) {
    throw new NotProven('What was sealed is of another resolution than the certificate names.');
  }
  return content;
}

/** Read in a process of its own: a file may do anything to what reads it. @throws {Unreadable} */
async function textIn(bytes: Uint8Array): Promise<string> {
  const spool = await openSpool();
  try {
    await spool.sink.push(Buffer.from(bytes));
    const found = await readInProcess(spool.path, defaultLimits);
    if (found.refused !== null) throw new Unreadable(`This is no certificate. ${found.refused}`);
    if (found.text === null) throw new Unreadable(`This is no certificate. ${found.note ?? ''}`);
    return found.text;
  } finally {
    await Promise.all([spool.remove(), closeReader()]);
  }
}
