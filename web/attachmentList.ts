/** The attachments of a resolution: each with its file where it is public, and always with the digest that the text is bound to. */
import { html } from 'hono/html';
import { documentEntry } from './documentList.ts';
import type { Resolution } from './howDecided.ts';
import type { Markup } from './layout.ts';

export function attachmentList(attachments: Resolution['attachments'], language: string): Markup {
  return html`<ol class="plain documents">${attachments.map(({ number, sha256, document }) =>
    document === null
      ? html`<li><p class="document">Attachment ${number}</p><p class="meta">It is not public.</p>
<details class="digest"><summary>Check a copy that you have</summary><p>The file has this SHA-256: <code>${sha256}</code></p></details></li>`
      : documentEntry({ ...document, sha256, pages: null }, language, attachments.length === 1 ? '' : `${number}. `),
  )}</ol>`;
}
