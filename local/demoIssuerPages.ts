/** The demo issuer's pages: who are you, here is your token, this went wrong. No script, one stylesheet, everything escaped. */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { DemoPerson } from './demoIssuerPeople.ts';

type Markup = ReturnType<typeof html>;

const notice =
  'These are demonstration people: there are no passwords, and this sign-in exists only in the embedded demo.';

/** Headers for every page; `formTargets` are the origins a form's answer may redirect to, besides this one. */
export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': [
      "default-src 'none'",
      `style-src '${styleHash}'`,
      'img-src data:',
      `form-action ${["'self'", ...formTargets].join(' ')}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; '),
    // Not `no-referrer`: browsers would then send `Origin: null` with our own forms.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  };
}

/** Sign-in: choosing a person completes it. `problem` is shown above the list. */
export function signInPage(action: string, people: readonly DemoPerson[], problem?: string): Promise<string> {
  return page(
    'Demonstration sign-in — choose who you are',
    html`
      <h1>Choose who you are</h1>
      <p class="lead">You are signing in to Minutebook. ${notice}</p>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
      ${peopleForm(action, people)}
      <form method="post" action="${action}" class="quiet">
        <button name="cancel" value="yes">Go back without signing in</button>
      </form>`,
  );
}

/** The issuer's front page: choosing a person shows a token for them. */
export function frontPage(people: readonly DemoPerson[], problem?: string): Promise<string> {
  return page(
    'Demonstration sign-in — get a token',
    html`
      <h1>Get a token to try the API</h1>
      <p class="lead">Choose a person. You get a bearer token that lets you act as them for one hour.
        ${notice}</p>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : ''}
      ${peopleForm('/', people)}
      <p class="aside">In a terminal: <code>npm run --silent token -- EMAIL</code></p>`,
  );
}

/** The only place a token is ever shown: the answer to a POST. */
export function tokenPage(person: DemoPerson, token: string, validUntil: Date, exampleUrl: string): Promise<string> {
  const curl = `curl -H 'Authorization: Bearer ${token}' ${shellQuoted(exampleUrl)}`;
  const terminal = `npm run --silent token -- ${shellQuoted(person.email)}`;
  const time = `${validUntil.toISOString().slice(11, 16)} UTC`;
  return page(
    `Demonstration sign-in — a token for ${person.name}`,
    html`
      <h1>A token for ${person.name}</h1>
      <p class="lead">${seatsOf(person)}</p>
      <label for="token">Bearer token, valid until ${time}</label>
      <input id="token" readonly spellcheck="false" autocomplete="off" value="${token}">
      <label for="curl">Try it</label>
      <textarea id="curl" readonly spellcheck="false" autocomplete="off" rows="8">${curl}</textarea>
      <label for="terminal">The same token in a terminal</label>
      <input id="terminal" readonly spellcheck="false" autocomplete="off" value="${terminal}">
      <p class="aside"><a href="/">Choose somebody else</a></p>`,
  );
}

export function errorPage(problem: string): Promise<string> {
  return page(
    'Demonstration sign-in — this did not work',
    html`
      <h1>This did not work</h1>
      <p class="problem" role="alert">${problem}</p>
      <p class="aside">Go back to Minutebook and start signing in again, or <a href="/">get a token here</a>.</p>`,
  );
}

function peopleForm(action: string, people: readonly DemoPerson[]): Markup {
  if (people.length === 0)
    return html`<p class="problem">Nobody is in the book yet, so there is nobody to sign in as.</p>`;
  return html`
    <form method="post" action="${action}">
      <ul>${people.map(
        person => html`
        <li><button name="email" value="${person.email}">
          <strong>${person.name}</strong>
          <span>${seatsOf(person)}</span>
          <small>${person.email}</small>
        </button></li>`,
      )}
      </ul>
    </form>`;
}

function seatsOf(person: DemoPerson): string {
  return person.seats.length > 0 ? person.seats.join(' · ') : 'No seat';
}

/** One argument for a POSIX shell. */
function shellQuoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

async function page(title: string, main: Markup): Promise<string> {
  const document = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href="data:,">
    <style>${raw(style)}</style>
  </head>
  <body>
    <header><p><b>Minutebook</b> <span>Demonstration sign-in</span></p></header>
    <main>${main}</main>
    <footer>
      <p>Part of Minutebook’s embedded demo. It listens on this machine only, and refuses to run on AWS.</p>
    </footer>
  </body>
</html>
`;
  return String(await document);
}

const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f7f6f2, #14181b); --card: light-dark(#fff, #1d2327); --ink: light-dark(#1b2429, #e8e6e0);
  --soft: light-dark(#525d63, #a9b2b6); --line: light-dark(#cdcfc9, #3a4349); --accent: light-dark(#1d5a6c, #86c5d8);
  --warn: light-dark(#8a2c1d, #f3a897);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 52rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
header p { margin: 0; padding-bottom: .75rem; border-bottom: 2px solid var(--accent); display: flex; flex-wrap: wrap;
  justify-content: space-between; gap: .25rem 1rem; }
header b { font-family: Georgia, serif; font-size: 1.125rem; }
header span { color: var(--accent); font-weight: 600; }
h1 { font: 600 1.75rem/1.2 Georgia, serif; margin: 2rem 0 .5rem; overflow-wrap: anywhere; }
.lead { margin: 0 0 1.5rem; color: var(--soft); }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
li { display: flex; }
button { font: inherit; color: inherit; cursor: pointer; }
li button { flex: 1; min-width: 0; display: flex; flex-direction: column; padding: .875rem 1rem; text-align: left; background: var(--card);
  border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 4px; overflow-wrap: anywhere; }
li button:hover { border-color: var(--accent); }
strong { font-size: 1.125rem; }
small { color: var(--soft); font-size: .875rem; }
.quiet { margin-top: 1.5rem; }
.quiet button { padding: .75rem 0; background: none; border: 0; color: var(--accent); text-decoration: underline; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
label { display: block; margin: 1.25rem 0 .375rem; font-weight: 600; }
input, textarea { width: 100%; padding: .625rem .75rem; font: .9375rem/1.5 ui-monospace, monospace; color: inherit;
  background: var(--card); border: 1px solid var(--line); border-radius: 4px; }
textarea { display: block; resize: vertical; field-sizing: content; overflow-wrap: anywhere; }
code { font: .9375rem ui-monospace, monospace; overflow-wrap: anywhere; }
.aside { margin: 1.5rem 0 0; color: var(--soft); }
.problem { margin: 1rem 0 1.5rem; padding: .75rem 1rem; border-left: 4px solid var(--warn); background: var(--card); }
footer { margin-top: 2.5rem; padding-bottom: 2rem; }
footer p { margin: 0; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
`;

const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
