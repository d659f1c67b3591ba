/** The frame of every page: head, header, footer, and the policy under which a browser runs it. */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { icon, iconAddress } from './icon.ts';
import { style } from './style.ts';

export type Markup = ReturnType<typeof html>;

export interface Page {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What every page of a founded book says of the organisation. */
export interface Site {
  readonly legalName: string;
  readonly shortName: string | null;
  readonly demonstration: boolean;
}

export interface Content {
  readonly title: string;
  /** For search engines; absent on pages that they should leave out. */
  readonly description?: string;
  /** Null when the book is not founded, or when the page must not read it. */
  readonly site: Site | null;
  readonly main: Markup;
  readonly footer?: Markup;
  /** The address of a module of this site that the page runs; it may then fetch from other books. */
  readonly script?: string;
}

/** Nothing but the page's own style is applied, and nothing at all is run or fetched from elsewhere. */
const policyRules = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** For the one page that checks logs of others: a script of this site, which makes no markup out of any text, fetches them. */
const scriptRules = [
  "script-src 'self'",
  "connect-src 'self' https: http:",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

export function page({ title, description, site, main, footer, script }: Content): Page {
  const book = site === null ? 'Minutebook' : `Minute book of ${site.shortName ?? site.legalName}`;
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title === book ? title : `${title} · ${book}`}</title>
${
  description === undefined
    ? html`<meta name="robots" content="noindex">`
    : html`<meta name="description" content="${description}">`
}
<link rel="icon" href="${iconAddress}">
<link rel="alternate" type="application/feed+json" title="Disclosures" href="/feed.json">
<style>${raw(style)}</style>
${script === undefined ? '' : html`<script type="module" src="${script}"></script>`}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<div class="wrap">
<a class="brand" href="/">${icon}<span>${book}</span></a>
${site === null ? '' : navigation}
</div>
</header>
${site?.demonstration === true ? demonstration : ''}
<main id="main" class="wrap" tabindex="-1">${main}</main>
<footer class="bottom">
<div class="wrap">
${footer ?? ''}
<p>Minutebook keeps the permanent record of a non-profit: who governs it, what it decided, and what it has made public. Every
entry is kept with its date. What is corrected or withdrawn stays visible as such, with the reason.</p>
<ul class="plain">
<li><a href="/feed.json">Feed of disclosures</a></li>
<li><a href="/openapi.json">Data interface (OpenAPI)</a></li>
</ul>
</div>
</footer>
</body>
</html>
`;
  const policy = [...policyRules, ...(script === undefined ? [] : scriptRules)].join('; ');
  return { body: String(document), headers: { 'content-security-policy': policy } };
}

const navigation = html`<nav aria-label="Parts of the book"><ul class="plain">
<li><a href="/#organisation">Organisation</a></li>
<li><a href="/#structure">Structure</a></li>
<li><a href="/#decisions">Decisions</a></li>
<li><a href="/#disclosures">Disclosures</a></li>
<li><a href="/inspection">Filings</a></li>
<li><a href="/verify">Check it</a></li>
</ul></nav>`;

const demonstration = html`<aside class="demo" aria-label="Demonstration"><div class="wrap"><p><strong>Demonstration
data.</strong> Names and figures in this book that are not publicly known are invented.</p></div></aside>`;

/** Titles may be 300 characters long; a long one in the largest letters would fill the screen. */
export const longTitle = (title: string): Markup => (title.length > 120 ? html` class="long"` : html``);

/** A heading of that level; deeper than six there is none. */
export function heading(level: number, content: Markup | string): Markup {
  if (level <= 2) return html`<h2>${content}</h2>`;
  if (level === 3) return html`<h3>${content}</h3>`;
  if (level === 4) return html`<h4>${content}</h4>`;
  return level === 5 ? html`<h5>${content}</h5>` : html`<h6>${content}</h6>`;
}
