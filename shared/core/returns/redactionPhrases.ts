/** Finds phrases, such as the names of contributors, in running text: whatever their case, accents, punctuation and white space. */
import { marker } from './redactionRules.ts';
import type { Stretch } from './redactionXml.ts';

/** A word of a text, in the one form in which words are compared. */
interface Word extends Stretch {
  readonly form: string;
}

const word = /[\p{L}\p{N}\p{M}\p{Cf}]+(?:['’][\p{L}\p{N}\p{M}\p{Cf}]+)*/gu;

/** Words that say nothing: `Smith & Sons` and `Smith and Sons` are one. */
const joining = new Set(['and', 'the', 'of']);

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: found, index } of text.matchAll(word)) {
    const form = formOf(found);
    if (form !== '' && !joining.has(form)) words.push({ form, from: index, to: index + found.length });
  }
  return words;
}

/** Postal and legal abbreviations are the words that they stand for. */
const abbreviated: Readonly<Record<string, string>> = {
  street: 'st',
  saint: 'st',
  avenue: 'ave',
  road: 'rd',
  drive: 'dr',
  boulevard: 'blvd',
  lane: 'ln',
  court: 'ct',
  place: 'pl',
  parkway: 'pkwy',
  highway: 'hwy',
  suite: 'ste',
  apartment: 'apt',
  building: 'bldg',
  floor: 'fl',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
  incorporated: 'inc',
  corporation: 'corp',
  company: 'co',
  limited: 'ltd',
};

function formOf(found: string): string {
  const form = foldedOf(found);
  return Object.hasOwn(abbreviated, form) ? String(abbreviated[form]) : form;
}

const foldedOf = (found: string) => (/^[\da-z]+$/i.test(found) ? found.toLowerCase() : unaccented(found));

const unaccented = (found: string) =>
  found
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/['’]s$/, '')
    .replaceAll(/['’]/g, '');

/** Longer phrases are known by their beginning. */
const mostWords = 40;

const titles = new Set(['mr', 'mrs', 'ms', 'dr', 'prof', 'rev', 'jr', 'sr', 'ii', 'iii', 'esq', 'md', 'phd']);
const legalForms = new Set(['inc', 'llc', 'llp', 'lp', 'ltd', 'corp', 'co', 'plc', 'pllc', 'pc']);

/** What is written where there is no name. */
const placeholders = new Set([
  'anonymous',
  'n a',
  'na',
  'none',
  'various',
  'restricted',
  'withheld',
  'unknown',
  'not applicable',
  'see attached',
  'see statement',
]);

/** What stands where somebody withheld a name already. */
const marks = new Set(['restricted', marker.toLowerCase()]);

/** A phrase as words; null when it is no more than a placeholder or too little to be searched for. */
function phraseOf(text: string): readonly string[] | null {
  const forms = wordsOf(text)
    .map(({ form }) => form)
    .slice(0, mostWords);
  if (placeholders.has(forms.join(' ')) || forms.every(form => marks.has(form))) return null;
  if (forms.length === 1 && !/\p{L}.*\p{L}.*\p{L}/u.test(forms[0] ?? '')) return null;
  return forms.length === 0 ? null : forms;
}

/** Running text may leave out the legal form. */
function businessSpellings(name: readonly string[]): (readonly string[])[] {
  const short = name.filter(form => !legalForms.has(form));
  return short.length > 1 || (short[0]?.length ?? 0) > 3 ? [name, short] : [name];
}

/** Running text may leave out titles, initials and second names, name one of a couple, or put the last name first. */
function personSpellings(name: readonly string[]): (readonly string[])[] {
  const plain = name.filter(form => form.length > 1 && !titles.has(form));
  const [first, last] = [plain[0], plain.at(-1)];
  if (first === undefined || last === undefined || plain.length < 2 || plain.length > 6) return [name];
  const others = plain.slice(1, -1).map(other => [other, last]);
  return [
    name,
    plain,
    [first, last],
    [last, first],
    [last, ...plain.slice(0, -1)],
    [...plain.slice(1), first],
    ...others,
  ];
}

interface Node {
  readonly next: Map<string, Node>;
  isEnd: boolean;
}

const newNode = (): Node => ({ next: new Map(), isEnd: false });

/** Phrases to look for. Looking for them takes a time that grows with the text, not with their number. */
export class Phrases {
  readonly #root = newNode();
  readonly #except = new Set<string>();

  /** Words that are no secret, if this is all of a phrase. To be said first. */
  except(text: string): void {
    this.#except.add(keyOf(text));
  }

  addPerson(name: string): void {
    this.#addAll(name, personSpellings);
  }

  addBusiness(name: string): void {
    this.#addAll(name, businessSpellings);
  }

  /** Words in just this order. */
  add(text: string): void {
    this.#addAll(text, forms => [forms]);
  }

  #addAll(text: string, spellings: (forms: readonly string[]) => (readonly string[])[]): void {
    const forms = phraseOf(text);
    if (forms !== null) for (const one of spellings(forms)) this.#add(one);
  }

  #add(forms: readonly string[]): void {
    if (this.#except.has(forms.join(' '))) return;
    let node = this.#root;
    for (const form of forms) {
      const next = node.next.get(form) ?? newNode();
      node.next.set(form, next);
      node = next;
    }
    node.isEnd = true;
  }

  /** Where they stand in a text, the longest first where several begin. */
  in(text: string): Stretch[] {
    if (this.#root.next.size === 0) return [];
    const words = wordsOf(text);
    const found: Stretch[] = [];
    for (let index = 0; index < words.length; ) {
      const length = this.#longestAt(words, index);
      if (length > 0) found.push({ from: words[index]?.from ?? 0, to: words[index + length - 1]?.to ?? 0 });
      index += Math.max(1, length);
    }
    return found;
  }

  #longestAt(words: readonly Word[], index: number): number {
    let longest = 0;
    let node: Node | undefined = this.#root;
    for (let length = 1; index + length <= words.length; length++) {
      node = node.next.get(words[index + length - 1]?.form ?? '');
      if (node === undefined) break;
      if (node.isEnd) longest = length;
    }
    return longest;
  }
}

/** Texts that are the same but for case, accents, punctuation and white space have the same key. */
export const keyOf = (text: string): string =>
  wordsOf(text)
    .map(({ form }) => form)
    .join(' ');
