/** Texts: UTF-8 to the last byte, of the form that was declared, and nothing that a browser or a shell would run. */
import type { Sink } from './arrival.ts';
import { afterProlog, textIn } from './signatures.ts';

/** Of all control characters, a text may have tabs, line ends and form feeds. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
const control = /[\0-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]/;

/** Looks on while a text passes. Needs the same memory for every size. */
export class TextCheck implements Sink {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #problem: string | null = null;

  push(chunk: Buffer): void {
    this.#decode(() => this.#decoder.decode(chunk, { stream: true }));
  }

  /** What is wrong with the text that has passed, as a sentence. */
  end(): string | null {
    this.#decode(() => this.#decoder.decode());
    return this.#problem;
  }

  #decode(decode: () => string): void {
    if (this.#problem !== null) return;
    try {
      if (control.test(decode())) this.#problem = 'The file contains control characters, as no text does.';
    } catch {
      this.#problem = 'The file is not text in UTF-8. Save it with the encoding UTF-8.';
    }
  }
}

/** Browsers show or run what is in these namespaces. */
const shown = /http:\/\/www\.w3\.org\/(?:1999\/xhtml|2000\/svg|1999\/XSL\/Transform)/;

/** What is wrong with XML, and the name of its root element when nothing is. */
export function readXml(
  head: Buffer,
): { readonly problem: string } | { readonly problem: null; readonly root: string } {
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  const encoding = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']*)/.exec(text)?.[1] ?? 'utf-8';
  if (!/^(utf-8|us-ascii)$/i.test(encoding)) return { problem: 'The XML is not in UTF-8. Save it with that encoding.' };
  const start = afterProlog(text);
  if (start.startsWith('<!DOCTYPE')) return { problem: 'The XML has a DOCTYPE. Save it without one.' };
  const prolog = text.slice(0, text.length - start.length);
  if (/<\?xml-stylesheet\b/.test(prolog.replaceAll(/<!--[\s\S]*?-->/g, ''))) {
    return { problem: 'The XML names a stylesheet, which a browser would run. Save it without one.' };
  }
  const tag = /^<((?:[\p{L}_][\p{L}\p{N}_.-]*:)?([\p{L}_][\p{L}\p{N}_.-]*))(?=[\s/>])[^>]*>/u.exec(start);
  if (tag?.[1] === undefined) return { problem: `The file is ${textIn(text) ?? 'something else'}, not XML.` };
  if (/^(html|svg|stylesheet|transform)$/i.test(tag[2] ?? '') || shown.test(tag[0])) {
    return { problem: 'The file is a page, a picture or a stylesheet for browsers, not XML that holds data.' };
  }
  return { problem: null, root: tag[1] };
}

/** True when the last element that is closed is the root. */
export function endsWithRoot(tail: Buffer, root: string): boolean {
  const text = tail.toString('utf8').replace(/(?:\s+|<!--(?:(?!-->)[\s\S])*-->|<\?(?:(?!\?>)[\s\S])*\?>)+$/, '');
  const closing = text.slice(text.lastIndexOf('<'));
  return closing.replace(/\s*>$/, '') === `</${root}` || (closing.startsWith(`<${root}`) && closing.endsWith('/>'));
}
