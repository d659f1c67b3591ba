/** The page on which anybody checks what this book, or another one, says against its log. */
import { html } from 'hono/html';
import { type Markup, type Page, page, type Site } from './layout.ts';

export interface VerifyView {
  readonly site: Site;
  /** Scheme and host of this book. */
  readonly origin: string;
}

export function verifyPage({ site, origin }: VerifyView): Page {
  return page({
    title: 'Check it yourself',
    description: `Check whether ${site.legalName} still shows what it sealed in its log.`,
    site,
    script: '/log/verify-page.js',
    main: html`<section class="leaf head" aria-labelledby="title"><div class="margin"><p class="label">Proof</p>
<nav class="onpage" aria-label="On this page"><ul class="plain">
<li><a href="#command">With a command</a></li>
<li><a href="#meaning">What a proof is</a></li>
<li><a href="#not">What is not proven</a></li></ul></nav></div>
<div class="text"><h1 id="title">Check it yourself</h1>
<div class="prose mission"><p>Everything that this book says in public is sealed in a log that can only grow. Here your own browser
works out whether a record is still what was sealed, by a script that asks nobody whether it is true.</p></div>
<noscript><p class="flag">Checking on this page needs JavaScript. Without it, use <a href="#command">the command</a>.</p></noscript>
${form}</div></section>
${part('command', 'With a command', command(origin))}
${part('meaning', 'What a proof is', meaning)}
${part('not', 'What is not proven', notProven)}`,
  });
}

/** Shown by the script, which is what makes it work. */
const form = html`<div class="verify" id="verify" hidden>
<form id="by-address">
<label for="address">Address of a record, or of a whole log</label>
<p class="quiet" id="address-hint">Of this book or another one, such as https://book.example.org/v1/disclosures/… or https://book.example.org/log</p>
<input id="address" name="address" type="text" inputmode="url" autocomplete="off" spellcheck="false" required aria-describedby="address-hint">
<p class="actions"><button type="submit">Check this address</button>
<button type="button" id="whole">Check the whole log of this book</button></p>
</form>
<form id="by-text">
<label for="files">Files that you downloaded</label>
<p class="quiet" id="files-hint">A record, and its proof if you have that too. They stay on your device.</p>
<input id="files" type="file" multiple accept=".json,.tlog-proof,.txt,application/json,text/plain" aria-describedby="files-hint">
<label for="pasted">Or paste a record, or a proof</label>
<textarea id="pasted" rows="4" autocomplete="off" spellcheck="false"></textarea>
<p class="actions"><button type="submit">Check these files</button></p>
</form>
<details><summary>Keys that you trust</summary>
<label for="key">Key of the log, or a policy with the keys of witnesses</label>
<p class="quiet" id="key-hint">As the organisation gives it elsewhere: in print, on another site. Left empty, the key that the log itself tells
is believed: then a book that was wholly replaced would not be noticed.</p>
<textarea id="key" rows="3" autocomplete="off" spellcheck="false" aria-describedby="key-hint"></textarea>
<label for="site">Book to ask for the proof of a file</label>
<input id="site" type="text" inputmode="url" autocomplete="off" spellcheck="false">
</details>
<div id="working" hidden><p id="doing"></p><progress id="progress" aria-labelledby="doing"></progress></div>
<div id="result" role="status"></div>
</div>`;

const part = (id: string, title: string, content: Markup): Markup =>
  html`<section class="leaf" id="${id}" aria-labelledby="${id}-title"><div class="margin"><h2 id="${id}-title">${title}</h2></div>
<div class="text"><div class="prose">${content}</div></div></section>`;

const command = (origin: string) => html`<p>With a copy of Minutebook, on a machine of yours:</p>
<pre><code>npm run verify -- record.json --from ${origin}
npm run verify -- ${origin}/v1/disclosures/…
npm run verify -- ${origin}/log --key KEY
npm run monitor -- ${origin}/log</code></pre>
<p>The first three check a downloaded record, a record by its address, and the whole log; the last one goes on watching the log, and keeps
what it saw. A folder with records and their proofs is checked without any connection when you give the key.</p>
<p><a href="/log/verifier.js" download>The verifier is one file</a> without anything else. Save it, read it, and use it
against this book or any other, also when this site is gone or not to be trusted.</p>`;

const meaning = html`<ol>
<li><strong>Statement.</strong> What the book says of a record in public, at one time, word for word.</li>
<li><strong>Seal.</strong> SHA-256 over 32 secret bytes, the salt, and the statement. With the salt anybody can work it out again; without it,
it says nothing.</li>
<li><strong>Entry.</strong> The seal and its time, as one entry of the log. Entries are never changed and never taken away.</li>
<li><strong>Inclusion.</strong> A few hashes that lead from the entry to the root of the tree over all entries (RFC 6962).</li>
<li><strong>Checkpoint.</strong> Number of entries and root, <a href="/log/checkpoint">signed by the log</a>, and by witnesses: others who
vouch that at a time of theirs the log only ever grew.</li>
</ol>
<p>The forms are those of C2SP: <code>tlog-tiles</code>, <code>tlog-checkpoint</code>, <code>tlog-cosignature</code> and <code>tlog-proof</code>.
Programs that others wrote check them as well.</p>`;

const notProven = html`<ul>
<li>That what was sealed is true. It is what the book said, and it was not changed afterwards.</li>
<li>That it is the newest. A later version may have replaced it: the book shows which one holds.</li>
<li>That the key is the right one, unless you have it from elsewhere.</li>
<li>That everybody is shown the same log, unless witnesses signed whose keys you have from elsewhere.</li>
<li>That everything was entered that happened.</li>
</ul>`;
