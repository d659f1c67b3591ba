/** Takes what a return says at places of a table: texts, numbers, answers. What cannot be one of them is noted as a problem. */
import { at, type Element, textOf } from './elements.ts';
import type { Figure, Unreadable } from './returns.ts';
import { holdsIn, type Place } from './versions.ts';

/** An element with its path from the root, as problems name it. */
export interface Spot {
  readonly element: Element;
  readonly path: string;
}

/** Stands where the authority withheld something. */
export const withheld = 'RESTRICTED';

const integer = /^[+-]?\d{1,15}$/;
const decimal = /^[+-]?\d{1,12}(\.\d{1,6})?$/;

const answers: Readonly<Record<string, boolean>> = { '1': true, true: true, X: true, '0': false, false: false };

export type Values = ReturnType<typeof valuesOf>;

/** @param version of the schema: of the places of a table, those that hold in it are looked at. */
export function valuesOf(version: string) {
  const problems: Unreadable[] = [];
  const held = new Map<readonly Place[], readonly Place[]>();
  const problem = (field: string, message: string) => void problems.push({ field, message });

  /** Those of the places that hold in the version. They are asked for once for each row of a list. */
  function inForce(places: readonly Place[]): readonly Place[] {
    const known = held.get(places) ?? places.filter(place => holdsIn(place, version));
    held.set(places, known);
    return known;
  }

  /** What stands at each of the places; a place at which nothing stands is left out. */
  function said({ element, path }: Spot, places: readonly Place[]) {
    return inForce(places).flatMap(place => {
      const found = at(element, place.path);
      const field = `${path}/${place.path}`;
      if (found.length > 1) problem(field, 'It stands there twice, and only once on the form. Correct the return.');
      return found.slice(0, 1).map(one => ({ place, field, text: textOf(one) }));
    });
  }

  const text = (spot: Spot, places: readonly Place[] = []): string | null => {
    const parts = said(spot, places).flatMap(one => (one.text === '' ? [] : [one.text]));
    return parts.length === 0 ? null : parts.join(' ');
  };

  /** What several places say together; null when none of them says anything, or the authority withheld it. */
  function numbers(spot: Spot, places: readonly Place[], form: RegExp) {
    const all = said(spot, places);
    if (all.length === 0 || all.some(one => one.text === withheld)) return null;
    const wrong = all.filter(one => !form.test(one.text));
    for (const one of wrong)
      problem(one.field, 'Write a number there, in digits and without commas. Correct the return.');
    const value = all.reduce((sum, one) => sum + Number(one.text), 0);
    return wrong.length > 0 ? null : { value, lines: all.map(({ place }) => place.line) };
  }

  return {
    problems,
    problem,
    text,

    /** The only element at that path, which is a part of what every return has. */
    required({ element, path }: Spot, step: string): Spot | null {
      const [one, other] = at(element, step);
      const field = `${path}/${step}`;
      if (other !== undefined) problem(field, 'It stands there twice. Send each return in a file of its own.');
      else if (one === undefined)
        problem(field, 'It is missing. Send the return as it went to the IRS, with all that is in it.');
      return one === undefined || other !== undefined ? null : { element: one, path: field };
    },

    figure(spot: Spot, places: readonly Place[]): Figure | null {
      const sum = numbers(spot, places, integer);
      return sum && { value: sum.value, source: sum.lines.join('; ') };
    },

    amount: (spot: Spot, places: readonly Place[] = []): number | null => numbers(spot, places, integer)?.value ?? null,

    hours: (spot: Spot, places: readonly Place[] = []): number | null => numbers(spot, places, decimal)?.value ?? null,

    /** Yes or no; null when it is not answered. */
    answer(spot: Spot, places: readonly Place[]): boolean | null {
      const [one] = said(spot, places);
      if (one === undefined || one.text === withheld) return null;
      const value = Object.hasOwn(answers, one.text) ? answers[one.text] : undefined;
      if (value === undefined)
        problem(one.field, 'Write 1, true or X for yes there, 0 or false for no. Correct the return.');
      return value ?? null;
    },
  };
}
