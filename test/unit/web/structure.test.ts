import { expect, it } from 'vitest';
import { type Seat, type SeatedBody, treeOf } from '../../../web/bodyTree.ts';
import { layOut, wrapName } from '../../../web/chartLayout.ts';
import { orgChart } from '../../../web/orgChart.ts';
import { structure } from '../../../web/structure.ts';

const body = (id: string, parentBodyId: string | null, more: Partial<SeatedBody> = {}): SeatedBody => ({
  id,
  kind: 'working-group',
  name: id,
  purpose: '',
  parentBodyId,
  established: '2022-01-01',
  dissolved: null,
  publishesSeats: true,
  from: '2022-01-01',
  version: 1,
  seats: [],
  moreSeats: false,
  ...more,
});

const seat = (name: string, more: Partial<Seat> = {}): Seat => ({
  id: name,
  bodyId: 'board',
  person: { id: name, name },
  office: 'director',
  title: null,
  voting: true,
  weight: 1,
  group: null,
  from: '2022-01-01',
  to: null,
  ...more,
});

const shown = (...bodies: SeatedBody[]) => String(structure({ bodies, moreBodies: false }));

const outline = (groups: ReturnType<typeof treeOf>): unknown =>
  groups.flatMap(group => group.nodes.map(node => [node.body.id, outline(node.groups)]));

it('puts every body below its parent, those who govern first', () => {
  const bodies = [body('group', 'board'), body('board', null, { kind: 'board-of-directors' }), body('lone', 'gone')];
  expect(outline(treeOf(bodies))).toEqual([
    ['board', [['group', []]]],
    ['lone', []],
  ]);
});

it('shows bodies that are above each other once', () => {
  expect(outline(treeOf([body('a', 'b'), body('b', 'a'), body('c', 'c')]))).toEqual([
    ['a', [['b', []]]],
    ['c', []],
  ]);
});

it('draws no two boxes over each other, and nothing outside of the picture', () => {
  const many = Array.from({ length: 30 }, (_, index) => body(`g${index}`, index % 2 ? 'board' : 'office'));
  const bodies = [body('board', null), body('office', 'board'), body('sub', 'g3'), body('other', null), ...many];
  const chart = layOut(treeOf(bodies));
  if (chart === null) throw new Error('no chart');
  expect(chart.boxes).toHaveLength(bodies.length);
  for (const [index, a] of chart.boxes.entries()) {
    expect(a.x >= 0 && a.y >= 0 && a.x + a.width <= chart.width && a.y + a.height <= chart.height).toBe(true);
    for (const b of chart.boxes.slice(index + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart, `${a.lines} and ${b.lines}`).toBe(true);
    }
  }
});

it('draws no picture that a page cannot show', () => {
  const wide = Array.from({ length: 12 }, (_, index) => [body(`n${index}`, 'top'), body(`leaf${index}`, `n${index}`)]);
  expect(orgChart(treeOf([body('top', null), ...wide.flat()]))).toBeNull();
  const tall = Array.from({ length: 60 }, (_, index) => body(`link${index}`, index === 0 ? null : `link${index - 1}`));
  expect(orgChart(treeOf(tall))).toBeNull();
  expect(orgChart(treeOf(tall.slice(0, 10)))).not.toBeNull();
});

it('breaks a name to fit its box', () => {
  expect(wrapName('Board of Directors')).toEqual(['Board of Directors']);
  expect(wrapName('x'.repeat(300))).toHaveLength(4);
  expect(wrapName('x'.repeat(300)).at(-1)).toMatch(/…$/);
  for (const line of wrapName('地方公共部門聯盟地方公共部門聯盟 Committee')) expect(line.length).toBeLessThan(20);
});

it('shows who keeps or audits the book apart from the members, and does not count them', () => {
  const auditor = seat('Audrey', { office: 'auditor', title: 'Independent auditor', voting: false });
  const both = seat('Ada', { id: 'second', office: 'administrator', voting: false });
  const html = shown(body('board', null, { seats: [auditor, both, seat('Ada'), seat('Dan')] }));
  expect(html).toContain('>2 people</text>');
  expect(html).toMatch(/Ada.*Director.*Dan.*Not members.*Audrey.*Independent auditor.*Ada.*Administrator/s);
});

it('says that nobody is in a body which only an administrator keeps', () => {
  const html = shown(body('board', null, { seats: [seat('Ada', { office: 'administrator', voting: false })] }));
  expect(html).toMatch(/Nobody is recorded.*Not members.*Ada/s);
});

it('folds what would make the page endless, and loses nothing', () => {
  const people = Array.from({ length: 40 }, (_, index) => seat(`Person ${index}.`));
  const html = shown(
    body('board', null, { seats: people, purpose: `**Governs** ${'all & everything '.repeat(30)}the end.` }),
  );
  expect(html).toContain('<summary>28 more</summary>');
  for (const { person } of people) expect(html).toContain(person.name);
  expect(html.indexOf('Person 11.')).toBeLessThan(html.indexOf('28 more'));
  expect(html.indexOf('Person 12.')).toBeGreaterThan(html.indexOf('28 more'));
  expect(html).toMatch(
    /<details class="purpose"><summary><span class="start"><bdi>Governs all &amp; everything [^<]* …<\/bdi>/,
  );
  expect(html).toContain('the end.</p>');
  expect(shown(body('board', null, { seats: people.slice(0, 12), purpose: 'Short.' }))).not.toContain('<details');
});

it('says that a chart which is left out would say nothing else', () => {
  const wide = Array.from({ length: 12 }, (_, index) => [body(`n${index}`, 'top'), body(`leaf${index}`, `n${index}`)]);
  const html = shown(body('top', null), ...wide.flat());
  expect(html).not.toContain('<svg');
  expect(html).toContain('too many bodies for a chart');
});
