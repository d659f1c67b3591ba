/** The picture of the structure: an organisation chart for wide pages, described in words for those who do not see it. */
import { html } from 'hono/html';
import type { BodyGroup } from './bodyTree.ts';
import { type Chart, layOut, lineHeight } from './chartLayout.ts';
import type { Markup } from './layout.ts';

export function orgChart(groups: readonly BodyGroup[]): Markup | null {
  const chart = groups.length === 0 ? null : layOut(groups);
  if (chart === null) return null;
  const { width, height, frames, path, boxes } = chart;
  return html`<figure class="chart">
<svg role="img" aria-labelledby="chart-title chart-words" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<title id="chart-title">Chart of the structure</title>
<desc id="chart-words">${describe(groups)}</desc>
<path class="tie" d="${path}"/>
${frames.map(
  frame => html`<g><rect class="frame" x="${frame.x}" y="${frame.y}" width="${frame.width}" height="${frame.height}" rx="4"/>
<text class="caption" x="${frame.x + frame.width / 2}" y="${frame.y + lineHeight}">${frame.caption}</text></g>`,
)}
${boxes.map(boxOf)}
</svg>
</figure>`;
}

function boxOf({ x, y, width, height, lines, caption }: Chart['boxes'][number]): Markup {
  const center = x + width / 2;
  const all = caption === '' ? lines.length : lines.length + 1;
  const top = y + (height - all * lineHeight) / 2 + lineHeight * 0.72;
  return html`<g><rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="3"/>
${lines.map((line, index) => html`<text class="name" x="${center}" y="${top + index * lineHeight}">${line}</text>`)}
${caption === '' ? '' : html`<text class="caption" x="${center}" y="${top + lines.length * lineHeight}">${caption}</text>`}</g>`;
}

/** Such as "Board of Directors, above: Secretariat, Audit Committee. Secretariat, above: ..." */
function describe(groups: readonly BodyGroup[]): string {
  const sentences: string[] = [];
  const visit = (inside: readonly BodyGroup[]) => {
    for (const { body, groups: below } of inside.flatMap(group => group.nodes)) {
      const names = below.flatMap(group => group.nodes.map(node => node.body.name));
      if (names.length > 0) sentences.push(`Below ${body.name}: ${names.join(', ')}.`);
      visit(below);
    }
  };
  visit(groups);
  const top = groups.flatMap(group => group.nodes.map(node => node.body.name));
  return [`At the top: ${top.join(', ')}.`, ...sentences].join(' ');
}
