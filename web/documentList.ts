/** The documents of a disclosure: what each is, where its file is, and how a reader can check it. */
import { html } from 'hono/html';
import type { disclosuresRoutes } from '../shared/contract/disclosures.ts';
import type { Answer } from '../shared/contract/route.ts';
import { fileKinds, isMediaType } from '../shared/core/files.ts';
import type { Markup } from './layout.ts';

export type CitedDocument = Answer<typeof disclosuresRoutes.getDisclosure>['documents'][number];

export function documentList(documents: readonly CitedDocument[], language: string): Markup {
  return html`<ul class="plain documents">${documents.map(document => documentEntry(document, language))}</ul>`;
}

type Shown = Pick<CitedDocument, 'title' | 'name' | 'type' | 'size' | 'sha256' | 'pages' | 'url'>;

/** @param before stands before its title. */
export function documentEntry(
  { title, name, type, size, sha256, pages, url }: Shown,
  language: string,
  before = '',
): Markup {
  return html`<li>
<p class="document" dir="auto">${before}<a href="${url}" type="${type}" lang="${language}">${title}</a></p>
<p class="meta"><span><bdi>${name}</bdi></span>
<span>${kindText(type)}</span>
${pages === null ? '' : html`<span>${pages === 1 ? '1 page' : `${pages} pages`}</span>`}
<span>${sizeText(size)}</span></p>
${digestOf(sha256)}</li>`;
}

/** A file that is known by its name alone. */
export function fileEntry({ name, type, size, sha256, url }: Omit<Shown, 'title' | 'pages'>): Markup {
  return html`<li>
<p class="document" dir="auto"><a href="${url}" type="${type}">${name}</a></p>
<p class="meta"><span>${kindText(type)}</span> <span>${sizeText(size)}</span></p>
${digestOf(sha256)}</li>`;
}

const kindText = (type: string) => (isMediaType(type) ? fileKinds[type].label : type);

const digestOf = (
  sha256: string,
): Markup => html`<details class="digest"><summary>Check that your copy is unchanged</summary>
<p>The file has this SHA-256, a number that no other file has: <code>${sha256}</code></p>
<p>Save it, then <code>sha256sum FILE</code> (on macOS <code>shasum -a 256 FILE</code>, on Windows
<code>certutil -hashfile FILE SHA256</code>) shows the same number, as long as not one bit of your copy differs.</p>
</details>`;

const units = ['kB', 'MB', 'GB'] as const;

/** A size as people say it, in decimal units as most systems show them: `812 bytes`, `9.8 kB`, `140 kB`, `1.2 GB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const last = units.length - 1;
  let [value, unit] = [bytes / 1000, 0];
  // What would round up to a thousand is said in the next unit.
  while (value >= 999.5 && unit < last) {
    value /= 1000;
    unit++;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
