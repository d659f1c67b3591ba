/** Turns the bytes of a return into text, or tells what they are instead. */
import { noXml } from './markup.ts';
import { mostReturnBytes, type Unreadable } from './returns.ts';

export const tooLarge: Unreadable = {
  field: '/',
  message: `Send a file of at most ${mostReturnBytes / 1_000_000} MB. Where attachments make it larger, leave them out.`,
};

/** Never throws. @returns the text with its byte order mark, if it has one: it belongs to an exact copy. */
export function decode(bytes: Uint8Array): { readonly text: string } | { readonly problems: readonly Unreadable[] } {
  const not = (message: string) => ({ problems: [{ field: '/', message }] });
  if (bytes.length > mostReturnBytes) return { problems: [tooLarge] };
  if (bytes.length === 0) return not('Send the XML file of the return: this one is empty.');
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const other = kinds.find(({ begins }) => begins.test(start));
  if (other !== undefined) return not(other.message);
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text };
  } catch {
    return not(`${noXml} It is not written in UTF-8.`);
  }
}

/** What is sent instead of a return, by how it begins. */
const kinds: readonly { readonly begins: RegExp; readonly message: string }[] = [
  {
    begins: /^\s*%PDF-/,
    message: 'Send the XML file of the return, as it went to the IRS: this is a PDF, which is kept but not read.',
  },
  {
    begins: /^(\xef\xbb\xbf)?\s*<(!doctype\s+html|html)[\s>]/i,
    message: 'Send the XML file of the return: this is a web page.',
  },
  { begins: /^PK[^ -~]{2}/, message: 'Unpack the file and send the XML file that is in it.' },
  {
    begins: /^(\xff\xfe|\xfe\xff|<\0|\0<)/,
    message: 'Save the file in UTF-8 and send it again: this one is written in UTF-16.',
  },
  {
    begins: /^(\xef\xbb\xbf)?<\?xml\s[^>]*encoding\s*=\s*["'](?!utf-8["']|us-ascii["'])/i,
    message: 'Save the file in UTF-8 and send it again: it declares another encoding.',
  },
];
