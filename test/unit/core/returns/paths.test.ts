/** The tables of paths agree with the schemas of the IRS, and with the concordance of all versions, version by version. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  at,
  attributeOf,
  type Element,
  nameOf,
  parse,
  textOf,
  within,
} from '../../../../shared/core/returns/elements.ts';
import { headerPaths } from '../../../../shared/core/returns/headerPaths.ts';
import type { FormPaths } from '../../../../shared/core/returns/paths.ts';
import { formPaths } from '../../../../shared/core/returns/readReturn.ts';
import { firstVersion, holdsIn, type Place } from '../../../../shared/core/returns/versions.ts';

const folder = '../shared/data/irs990';
const isThere = existsSync(folder);
const missing = isThere ? '' : ` (needs ${folder})`;

/** Every place of a form, by its path within the form. */
function placesOf(paths: FormPaths): readonly Place[] {
  const rows = [...(paths.officers === null ? [] : [paths.officers]), ...paths.accomplishments];
  return [
    ...Object.values(paths.figures).flat(),
    ...paths.mission,
    ...paths.amended,
    ...paths.initial,
    ...paths.final,
    ...paths.partVI,
    ...rows.flatMap(({ path, columns }) =>
      Object.values(columns)
        .flat()
        .map(place => (path === null ? place : { ...place, path: `${path}/${place.path}` })),
    ),
  ];
}

/** From the tables' first version on, those that the concordance knows in full. */
const versions = [
  '2013v3.0',
  '2013v3.1',
  '2013v4.0',
  '2014v5.0',
  '2014v6.0',
  '2015v2.0',
  '2015v2.1',
  '2015v3.0',
  '2016v3.0',
];

describe.skipIf(!isThere)(`paths${missing}`, () => {
  it.each(['990', '990EZ'] as const)(
    'of Form %s stand in the concordance for exactly the versions of the table',
    type => {
      const known = concordance();
      const form = `/Return/ReturnData/${formPaths[type].element}`;
      const wrong = placesOf(formPaths[type])
        .filter(({ path }) => !(type === '990EZ' && path.includes('BusinessName')))
        .flatMap(place => disagreement(known.get(`${form}/${place.path}`), place));
      expect(wrong).toEqual([]);
    },
  );

  it('of the header stand in the concordance for exactly the versions of the table', () => {
    const known = concordance();
    const places = Object.values(headerPaths).flat();
    expect(places.flatMap(place => disagreement(known.get(`/Return/ReturnHeader/${place.path}`), place))).toEqual([]);
  });

  it('of Schedule O stand in the concordance for all versions', () => {
    const detail = '/Return/ReturnData/IRS990ScheduleO/SupplementalInformationDetail';
    for (const name of ['FormAndLineReferenceDesc', 'ExplanationTxt'])
      expect([...(concordance().get(`${detail}/${name}`) ?? [])]).toEqual(versions);
  });

  it('of Form 990-PF hold since 2013 by the maps of irsx', () => {
    const rows = readFileSync(`${folder}/concordance/irsx_line_numbers.csv`, 'utf8').split('\n');
    const since = new Map(rows.map(row => row.split(',')).map(([path, first, last]) => [path, [first, last]]));
    const wrong = placesOf(formPaths['990PF'])
      .filter(({ path }) => !path.includes('BusinessName'))
      .filter(({ path }) => since.get(`/IRS990PF/${path}`)?.join() !== '2013,');
    expect(wrong).toEqual([]);
  });

  describe.each(['2020v4.1', '2022v5.0'])('in the schema %s', version => {
    it.each(['990', '990EZ', '990PF'] as const)(
      'of Form %s lead to an element, on the line that the table names',
      type => {
        const form = formPaths[type].element;
        const schema = schemaOf(`${folder}/xsd/${version}`, `TEGE${type}/${form}/${form}.xsd`);
        const places = placesOf(formPaths[type]).filter(place => holdsIn(place, version));
        const lines = places.map(place => [place, schema.lineOf(form, place.path)] as const);
        expect(lines.filter(([, line]) => line === undefined)).toEqual([]);
        const figures = new Set(Object.values(formPaths[type].figures).flat());
        const named = lines.filter(([place, line]) => figures.has(place) && partAndLine(line) !== null);
        expect(named.filter(([place, line]) => partAndLine(place.line) !== partAndLine(line))).toEqual([]);
        expect(named.length).toBeGreaterThan(figures.size * 0.6);
      },
    );
  });
});

it('begins with the first version that is read', () => {
  const all = Object.values(formPaths).flatMap(placesOf);
  expect(all.length).toBeGreaterThan(100);
  for (const { from } of all) expect(from >= firstVersion).toBe(true);
});

/** In which versions, of those that are known in full, an element stands by its path. */
function concordance(): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  for (const row of readFileSync(`${folder}/concordance/concordance.csv`, 'latin1').split('\n')) {
    const [path = ''] = row.split(',');
    const found = known.get(path) ?? new Set();
    for (const version of versions) if (row.includes(version)) found.add(version);
    known.set(path, found);
  }
  return known;
}

const disagreement = (known: ReadonlySet<string> | undefined, place: Place) =>
  versions
    .filter(version => holdsIn(place, version) !== (known?.has(version) ?? false))
    .map(version => `${place.path} in ${version}`);

/** `III 4a` of "Part III Line 4a" and of "Form 990, Part III, line 4a". */
const partAndLine = (line: string | undefined) => {
  const match = /Part ([IVX]+),? line (\d+[a-z]?)/i.exec(line ?? '');
  return match === null ? null : `${match[1]} ${match[2]}`;
};

/** Finds elements by their paths in a schema and the types that all schemas share. */
function schemaOf(root: string, file: string) {
  const elements = [`${root}/Common/efileTypes.xsd`, `${root}/TEGE/${file}`].map(path => {
    const xml = readFileSync(path, 'utf8')
      .replace(/^\ufeff/, '')
      .replaceAll(/<(\/?)xsd:/g, '<$1');
    return parse(xml.replaceAll(/ (name|ref)="/g, ' returnVersion="')).find(one => nameOf(one) === 'schema') as Element;
  });
  const named = (kind: string) =>
    new Map(elements.flatMap(schema => at(schema, kind)).map(one => [attributeOf(one, 'returnVersion'), one]));
  const types = named('complexType');
  const groups = named('group');
  const sources = readFileSync(`${root}/TEGE/${file}`, 'utf8') + readFileSync(`${root}/Common/efileTypes.xsd`, 'utf8');
  const typeOf = (name: string) => new RegExp(`<xsd:element name="${name}" type="(\\w+)"`).exec(sources)?.[1];

  const inner = (element: Element): readonly Element[] =>
    within(element).flatMap(child => {
      if (nameOf(child) === 'element') return [child];
      const group = nameOf(child) === 'group' ? groups.get(attributeOf(child, 'returnVersion')) : undefined;
      return inner(group ?? child);
    });
  const find = (within: readonly Element[], name: string) =>
    within.find(one => attributeOf(one, 'returnVersion') === name);
  return {
    /** What the schema says of its line; empty when nothing, undefined when there is no such element. */
    lineOf(form: string, path: string): string | undefined {
      const start = types.get(`${form}Type`) ?? find(inner(elements[1] as Element), form);
      let here = start === undefined ? [] : inner(start);
      let line = '';
      for (const step of path.split('/')) {
        const found = find(here, step);
        if (found === undefined) return undefined;
        line ||= at(found, 'annotation/documentation/LineNumber').map(textOf).join(' ');
        const own = inner(found);
        const type = types.get(typeOf(step) ?? '');
        here = own.length > 0 || type === undefined ? own : inner(type);
      }
      return line;
    },
  };
}
