import { expect, it } from 'vitest';
import { type SeatedBody, treeOf } from '../../../web/bodyTree.ts';
import { layOut, wrapName } from '../../../web/chartLayout.ts';
import { orgChart } from '../../../web/orgChart.ts';

const body = (id: string, parentBodyId: string | null, more: Partial<SeatedBody> = {}): SeatedBody => ({
  id,
  kind: 'working-group',
  name: id,
  purpose: '',
  parentBodyId,
  rules: null,
  established: '2022-01-01',
  dissolved: null,
  publishesSeats: true,
  from: '2022-01-01',
  version: 1,
  seats: [],
  moreSeats: false,
  ...more,
});

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
});

it('breaks a name to fit its box', () => {
  expect(wrapName('Board of Directors')).toEqual(['Board of Directors']);
  expect(wrapName('x'.repeat(300))).toHaveLength(4);
  expect(wrapName('x'.repeat(300)).at(-1)).toMatch(/…$/);
  for (const line of wrapName('地方公共部門聯盟地方公共部門聯盟 Committee')) expect(line.length).toBeLessThan(20);
});
