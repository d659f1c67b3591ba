/** The script of the page `/verify`: takes what somebody enters there, checks it with the verifier, and says what was found. */
import { type Checked, type Checking, checkAddress, checkText, isProofFile } from './book.ts';
import { decodeText, NotProven } from './bytes.ts';
import { fetchBytes, Unreadable } from './fetching.ts';
import { readJson } from './json.ts';
import { type Policy, policyOf, readPolicy } from './policy.ts';
import { readKey } from './proof.ts';
import { isProven } from './record.ts';

/** What this script uses of a page. */
interface Part {
  textContent: string;
  className: string;
  hidden: boolean;
  value: string;
  max: number;
  readonly files: ArrayLike<{ readonly size: number; arrayBuffer(): Promise<ArrayBuffer> }> | null;
  append(...parts: readonly Part[]): void;
  replaceChildren(...parts: readonly Part[]): void;
  removeAttribute(name: string): void;
  setAttribute(name: string, value: string): void;
  addEventListener(name: string, listener: (event: { preventDefault(): void }) => void): void;
  scrollIntoView(options: { readonly block: 'nearest' }): void;
  querySelectorAll(selector: string): Iterable<{ disabled: boolean }>;
}
declare const document: { getElementById(id: string): Part | null; createElement(name: string): Part };
declare const location: { readonly origin: string; readonly search: string };

/** Larger files are no records. */
const mostFileBytes = 8_000_000;

function part(id: string): Part {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}`);
  return found;
}

/** A new element; whatever a book says becomes text, and never markup. */
function make(name: string, content: string | readonly Part[], className = ''): Part {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (typeof content === 'string') made.textContent = content;
  else made.append(...content);
  return made;
}

/** Null when the field is empty. */
async function givenKeys(): Promise<Policy | null> {
  const text = part('key').value.trim();
  if (text === '') return null;
  try {
    return await readKeys(text);
  } catch (error) {
    throw error instanceof NotProven ? new Unreadable(`The keys that you gave: ${error.message}`) : error;
  }
}

const readKeys = async (text: string): Promise<Policy> =>
  /^\S+\+[0-9a-f]{8}\+\S+$/.test(text) ? policyOf([await readKey(text)]) : readPolicy(`${text}\n`);

const showProgress: Checking['onProgress'] = (done, of) => {
  const bar = part('progress');
  bar.max = of;
  bar.value = String(done);
};

async function givenTexts(): Promise<string[]> {
  const texts: string[] = [];
  for (const file of Array.from(part('files').files ?? [])) {
    if (file.size > mostFileBytes) throw new Unreadable('One of the files is larger than any record.');
    texts.push(decodeText(new Uint8Array(await file.arrayBuffer()), 'One of the files').replace(/^\uFEFF/, ''));
  }
  const pasted = part('pasted').value;
  return pasted.trim() === '' ? texts : [...texts, pasted];
}

function looksLikeProof(text: string): boolean {
  if (isProofFile(text)) return true;
  try {
    return isProven(readJson(text));
  } catch {
    return false;
  }
}

async function checkTexts(): Promise<Checked> {
  const texts = await givenTexts();
  const proofs = texts.filter(looksLikeProof);
  const others = texts.filter(text => !looksLikeProof(text));
  if (texts.length === 0) throw new Unreadable('Choose a file, or paste a record.');
  if (proofs.length > 1 || others.length > 1) throw new Unreadable('Check one record at a time, with its proof.');
  const site = new URL(part('site').value.trim() || location.origin).origin;
  const checking = { fetch: fetchBytes, given: await givenKeys(), site };
  const [proof = null] = proofs;
  const [record = proof ?? ''] = others;
  return checkText(record, others.length === 0 ? null : proof, checking);
}

/** @param said an address, or a path of this book. */
const checkAt = async (said: string): Promise<Checked> =>
  checkAddress(URL.parse(said, location.origin)?.href ?? said, {
    fetch: fetchBytes,
    given: await givenKeys(),
    onProgress: showProgress,
  });

function foundPart({ told }: Checked): Part {
  const { title, facts, proven, notProven } = told;
  const items = (lines: readonly string[]) =>
    make(
      'ul',
      lines.map(line => make('li', line)),
    );
  return make(
    'div',
    [
      make('h2', title),
      make(
        'dl',
        facts.flatMap(([name, value]) => [make('dt', name), make('dd', value)]),
      ),
      make('h3', 'Proven'),
      items(proven),
      make('h3', 'Not proven'),
      items(notProven),
    ],
    'found',
  );
}

function failedPart(error: unknown): Part {
  const why = error instanceof Error ? error.message : String(error);
  const [title, advice] =
    error instanceof NotProven
      ? [
          'Not proven',
          'Do not rely on this copy. Download it again; if it still fails, tell the organisation, and keep both files.',
        ]
      : ['Could not be checked', 'That proves nothing either way.'];
  return make('div', [make('h2', title), make('p', why), make('p', advice)], 'found wrong');
}

async function show(doing: string, check: () => Promise<Checked>): Promise<void> {
  const buttons = [...part('verify').querySelectorAll('button')];
  for (const button of buttons) button.disabled = true;
  part('result').replaceChildren();
  part('doing').textContent = doing;
  part('progress').removeAttribute('value');
  part('working').hidden = false;
  let found: Part;
  try {
    found = foundPart(await check());
  } catch (error) {
    found = failedPart(error);
  }
  part('working').hidden = true;
  part('result').replaceChildren(found);
  part('result').scrollIntoView({ block: 'nearest' });
  for (const button of buttons) button.disabled = false;
}

part('site').value = location.origin;
part('verify').hidden = false;
part('by-address').addEventListener('submit', event => {
  event.preventDefault();
  const said = part('address').value.trim();
  void show(`Checking ${said}`, () => checkAt(said));
});
part('by-text').addEventListener('submit', event => {
  event.preventDefault();
  void show('Checking the files', checkTexts);
});
part('whole').addEventListener('click', () => {
  void show('Checking every entry of the log', () => checkAt(`${location.origin}/log`));
});

const asked = new URLSearchParams(location.search).get('record');
if (asked !== null) {
  part('address').value = asked;
  // Nobody else's book is asked, nor believed, because somebody followed a link to this one: what counts is where the address leads.
  const url = URL.parse(asked, location.origin);
  if (asked.startsWith('/') && url?.origin === location.origin) void show(`Checking ${asked}`, () => checkAt(url.href));
}
