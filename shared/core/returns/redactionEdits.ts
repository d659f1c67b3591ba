/** Replaces stretches of a source by the marker, and counts where and why. */
import { marker } from './redactionRules.ts';
import { type Decoded, type Stretch, textOf, type XmlElement, type XmlSource } from './redactionXml.ts';
import type { Withholding } from './returns.ts';

/** What the authority withheld already stays as it is. */
const isWithheld = (text: string) => ['', marker, 'RESTRICTED'].includes(text.trim());

export class Edits {
  readonly #source: string;
  readonly #edits: { readonly at: Stretch; readonly text: string }[] = [];
  readonly #counted = new Set<XmlElement>();
  readonly #counts = new Map<string, { path: string; count: number; reason: string }>();

  constructor({ source }: XmlSource) {
    this.#source = source;
  }

  textOf(element: XmlElement): string {
    return textOf(this.#source, element).text;
  }

  /**
   * All text directly in an element; the marker takes the place of all of it.
   * @param of what it is a part of, such as an address: that is counted, once.
   */
  element(element: XmlElement, reason: string, of: XmlElement = element): void {
    if (isWithheld(this.textOf(element))) return;
    let isFirst = true;
    for (const { from, to, inner } of element.runs) {
      if (this.#source.slice(inner.from, inner.to).trim() === '') continue;
      this.#replace({ from, to }, isFirst ? marker : '');
      isFirst = false;
    }
    if (!this.#counted.has(of)) this.#count(of.path, reason);
    this.#counted.add(of);
  }

  attribute(element: XmlElement, name: string, value: Stretch, reason: string): void {
    if (isWithheld(this.#source.slice(value.from, value.to))) return;
    this.#replace(value, marker);
    this.#count(`${element.path}/@${name}`, reason);
  }

  /** Stretches of what an element says, in their order; one may reach over a comment or the frame of a CDATA section. */
  within({ runs, path }: XmlElement, { starts, ends }: Decoded, stretches: readonly Stretch[], reason: string): void {
    let index = 0;
    for (const { from, to } of stretches) {
      const [first, last] = [starts(from), ends(to - 1)];
      while (index < runs.length - 1 && (runs[index]?.inner.to ?? 0) <= first) index += 1;
      let isFirst = true;
      for (let next = index; next < runs.length && (runs[next]?.inner.from ?? last) < last; next++) {
        const inner = runs[next]?.inner ?? { from: 0, to: 0 };
        this.#replace({ from: Math.max(inner.from, first), to: Math.min(inner.to, last) }, isFirst ? marker : '');
        isFirst = false;
      }
      this.#count(path, reason);
    }
  }

  /** A comment or a processing instruction: a comment that says nothing takes its place. */
  aside(from: number, to: number, reason: string): void {
    const nothing = `<!--${marker}-->`;
    if (this.#source.slice(from, to) === nothing) return;
    this.#replace({ from, to }, nothing);
    this.#count('comment()', reason);
  }

  /** Where and why, without what; in the order in which it was found. */
  withheld(): Withholding[] {
    return [...this.#counts.values()];
  }

  apply(): string {
    const parts: string[] = [];
    let at = 0;
    for (const { at: place, text } of this.#edits.toSorted((a, b) => a.at.from - b.at.from)) {
      parts.push(this.#source.slice(at, place.from), text);
      at = place.to;
    }
    return [...parts, this.#source.slice(at)].join('');
  }

  #replace(at: Stretch, text: string): void {
    this.#edits.push({ at, text });
  }

  #count(path: string, reason: string): void {
    const key = `${path} ${reason}`;
    const counted = this.#counts.get(key) ?? { path, count: 0, reason };
    counted.count += 1;
    this.#counts.set(key, counted);
  }
}
