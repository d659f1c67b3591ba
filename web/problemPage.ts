/** The page that a reader sees instead of the one asked for, and the pages that explain error codes. */
import { html } from 'hono/html';
import { type ErrorCode, errorCodes, type FieldError } from '../shared/errors.ts';
import { type Markup, type Page, page } from './layout.ts';
import { problemTexts } from './problemTexts.ts';

/** RFC 9457, as the API answers it. */
interface Problem {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly object[];
}

/** It says nothing of the address that was asked for, so that what is hidden and what is not there look alike. */
export function problemPage(problem: Problem): Page {
  const fields = (problem.errors ?? []) as readonly FieldError[];
  const badAddress = fields.some(field => field.in === 'path');
  const code: ErrorCode = badAddress ? 'not-found' : (problem.code as ErrorCode);
  const { advice = problem.detail } = problemTexts[code];
  const { title, meaning } = ofPages[code] ?? { title: errorCodes[code].title, meaning: problemTexts[code].meaning };
  return page({
    title,
    site: null,
    main: html`<section class="leaf head"><div class="margin"><p class="label">Error ${problem.status}</p></div>
<div class="text"><h1>${title}</h1>
<div class="prose mission"><p>${meaning}</p></div>
${badAddress ? '' : fieldList(fields)}
<div class="prose"><p>${advice}</p></div>
<p class="turn"><a href="/">Go to the first page</a></p>
<p class="quiet"><a href="/problems/${problem.code}">More about this error</a></p></div></section>`,
  });
}

/** Where a reader of pages needs other words than the writer of a program. */
const ofPages: Partial<Record<ErrorCode, { readonly title: string; readonly meaning: string }>> = {
  'validation-failed': {
    title: 'This address is not quite right',
    meaning: 'Something in the address of this page does not have the right form.',
  },
  'not-found': {
    title: 'There is nothing here',
    meaning: 'There is nothing at this address, or nothing that is public.',
  },
  'malformed-request': {
    title: 'This address cannot be read',
    meaning: 'It names something twice, or a place in a list that does not exist.',
  },
};

const fieldNames: Readonly<Record<string, string>> = {
  '/on': 'Date',
  '/category': 'Category',
  '/cursor': 'Place in the list',
  '/edition': 'Edition',
  '/year': 'Year',
};

function fieldList(fields: readonly FieldError[]): Markup {
  if (fields.length === 0) return html``;
  return html`<dl class="facts wrong">${fields.map(
    ({ field, message }) => html`<div><dt>${fieldNames[field] ?? field.slice(1)}</dt><dd>${message}</dd></div>`,
  )}</dl>`;
}

export function explanationPage(code: ErrorCode): Page {
  const { meaning, remedy } = problemTexts[code];
  const { status, title } = errorCodes[code];
  const others = Object.keys(errorCodes).filter(other => other !== code);
  return page({
    title,
    description: `What the error ${code} of Minutebook means, and what to do.`,
    site: null,
    main: html`<section class="leaf head"><div class="margin"><p class="label">Error code</p></div>
<div class="text"><h1>${title}</h1>
<dl class="facts"><div><dt>Code</dt><dd><code>${code}</code></dd></div><div><dt>HTTP status</dt><dd>${status}</dd></div></dl>
<h2>What it means</h2><div class="prose"><p>${meaning}</p></div>
<h2>What to do</h2><div class="prose"><p>${remedy}</p></div></div></section>
<nav class="leaf" aria-labelledby="others"><div class="margin"><h2 id="others">Other codes</h2></div>
<div class="text"><ul class="plain codes">${others.map(
      other => html`<li><a href="/problems/${other}"><code>${other}</code></a></li>`,
    )}</ul></div></nav>`,
  });
}
