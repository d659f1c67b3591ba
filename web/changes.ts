/** What a correction changed, to be read as before and after. */
import { html } from 'hono/html';
import type { Content } from '../shared/core/disclosures.ts';
import { periodText } from './dates.ts';
import { categoryLabels, languageName } from './labels.ts';
import type { Markup } from './layout.ts';

/** One field of the content, before and after, as the history tells it. */
export interface Change {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** How each field of the content is named and written out. */
const fields: { readonly [Field in keyof Content]-?: { readonly name: string; text(value: Content[Field]): string } } =
  {
    title: { name: 'Title', text: value => value },
    category: { name: 'Category', text: value => categoryLabels[value].one },
    summary: { name: 'Text', text: value => value },
    language: { name: 'Language', text: languageName },
    period: { name: 'Period', text: value => (value === null ? '' : periodText(value)) },
    links: { name: 'Links', text: value => value.map(({ title, url }) => `${title}: ${url}`).join('\n') },
    documents: {
      name: 'Documents',
      text: value => (value ?? []).map(({ title, version }) => `${title}, version ${version}`).join('\n'),
    },
  };

export function changesOf(changes: readonly Change[]): Markup {
  const known = changes.filter(change => Object.hasOwn(fields, change.field));
  if (known.length === 0) return html``;
  return html`<dl class="changes">${known.map(({ field, from, to }) => {
    const { name, text } = fields[field as keyof Content] as { name: string; text(value: unknown): string };
    const { before, after } = comparison(text(from), text(to));
    return html`<div><dt>${name}</dt>
<dd><span class="side">Before</span> ${sideOf(before, 'del')}</dd>
<dd><span class="side">After</span> ${sideOf(after, 'ins')}</dd></div>`;
  })}</dl>`;
}

function sideOf({ lead, changed, rest }: Side, tag: 'del' | 'ins'): Markup {
  const all = `${lead}${changed}${rest}`;
  if (all.trim() === '') return html`<em>nothing</em>`;
  const marked = changed === '' ? '' : tag === 'del' ? html`<del>${changed}</del>` : html`<ins>${changed}</ins>`;
  return html`<span class="said" dir="auto">${lead}${marked}${rest}</span>`;
}

/** A text in three: what both texts begin with, what differs, what both end with. */
interface Side {
  readonly lead: string;
  readonly changed: string;
  readonly rest: string;
}

/** How many words, and spaces between them, are shown around the difference. */
const context = 24;

/** Compares word by word from both ends, and keeps a few words around what differs. */
export function comparison(before: string, after: string): { readonly before: Side; readonly after: Side } {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  const shorter = Math.min(a.length, b.length);
  let same = 0;
  while (same < shorter && a[same] === b[same]) same++;
  let end = 0;
  while (end < shorter - same && a.at(-1 - end) === b.at(-1 - end)) end++;
  const leadFrom = Math.max(0, same - context);
  const near = a.slice(leadFrom, same).join('');
  const lead = leadFrom > 0 ? `… ${near.trimStart()}` : near;
  const restWords = a.slice(a.length - end);
  const rest = restWords.slice(0, context).join('') + (end > context ? ' …' : '');
  const side = (words: readonly string[]): Side => ({
    lead,
    changed: words.slice(same, words.length - end).join(''),
    rest,
  });
  return { before: side(a), after: side(b) };
}

const wordsOf = (text: string): string[] => text.match(/\S+|\s+/g) ?? [];
