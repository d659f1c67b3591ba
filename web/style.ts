/** The stylesheet of all pages, sent within each: paper, ink and the margin line of a minute book. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf6; --leaf: #fff; --ink: #1a242e; --soft: #55606a; --line: #dcd8cc; --rule: #c4594a;
  --accent: #1b4d6e; --wash: #f1eee4; --flag: #8a2f22; --flag-wash: #f8e7e2;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Book Antiqua", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12171c; --leaf: #1a2128; --ink: #e8e4d9; --soft: #a7b0b7; --line: #323c45; --rule: #a9564a;
    --accent: #8ec5e4; --wash: #1d252c; --flag: #f0a899; --flag-wash: #35211e;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 var(--sans); overflow-wrap: anywhere; }
.wrap { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
h1, h2, h3, h4, h5, h6 { font-family: var(--serif); font-weight: 600; line-height: 1.2; margin: 0; text-wrap: balance; }
h1 { font-size: clamp(2rem, 1.4rem + 2.6vw, 3.25rem); letter-spacing: -.01em; }
h1.long { font-size: clamp(1.375rem, 1.2rem + .8vw, 1.875rem); line-height: 1.3; }
h2 { font-size: 1.625rem; }
h3 { font-size: 1.375rem; }
h4, h5, h6 { font-size: 1.125rem; }
p, ul, ol, dl, dd, blockquote, figure { margin: 0; }
a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: .06em; }
a:not([href]) { color: inherit; }
a:hover { text-decoration-thickness: .14em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
main:focus { outline: none; }
.plain { list-style: none; padding: 0; }
.quiet { color: var(--soft); font-size: .9375rem; }
.skip { position: absolute; left: 1rem; top: -10rem; padding: .75rem 1rem; background: var(--accent); color: var(--paper); z-index: 1; }
.skip:focus { top: 1rem; }

.top { border-bottom: 1px solid var(--line); }
.top .wrap { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 2rem;
  padding-top: .75rem; padding-bottom: .75rem; }
.brand { display: flex; align-items: center; gap: .625rem; color: var(--ink); text-decoration: none; font: 600 1.0625rem/1.3 var(--serif); }
.brand:hover { text-decoration: underline; }
.brand svg { flex: none; }
.top ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.top li a { display: block; padding: .375rem 0; text-decoration: none; }
.top li a:hover { text-decoration: underline; }
.demo { background: var(--wash); border-bottom: 1px solid var(--line); font-size: .9375rem; }
.demo p { padding: .5rem 0; }

.leaf { padding: 2rem 0; }
.leaf + .leaf { border-top: 1px solid var(--line); }
.margin { margin-bottom: 1.25rem; }
.margin p + p { margin-top: .5rem; }
.label { color: var(--soft); font: 1.25rem/1.3 var(--serif); }
.head .text > * + * { margin-top: 1.5rem; }
.head .text > .flag + h1 { margin-top: .75rem; }
.prose > * + * { margin-top: .75em; }
.prose { max-width: 42rem; }
.prose ul, .prose ol { padding-inline-start: 1.375rem; }
.prose li + li { margin-top: .25em; }
.prose li::marker { color: var(--rule); }
.prose blockquote { padding-inline-start: 1rem; border-inline-start: 2px solid var(--line); color: var(--soft); }
.prose hr { border: 0; border-top: 1px solid var(--line); }
.mission { font: 1.25rem/1.55 var(--serif); }
pre { padding: .875rem 1rem; background: var(--wash); border-radius: 3px; white-space: pre-wrap; }
code { font: .9em ui-monospace, Menlo, Consolas, monospace; }
.prose + .facts { margin-top: 1.25rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13.5rem), 1fr)); gap: 1.125rem 2rem;
  padding-top: 1.25rem; border-top: 1px solid var(--line); }
dt { color: var(--soft); font-size: .875rem; }
.wrong { grid-template-columns: 1fr; padding: 1rem 1.25rem; border: 0; border-left: 4px solid var(--rule); background: var(--flag-wash); }
.wrong dt { color: inherit; font-size: 1rem; }
.notice { max-width: 42rem; padding: 1rem 1.25rem; background: var(--wash); border-left: 4px solid var(--accent); }
.notice a { display: inline-block; margin-right: 1rem; }

.margin h2 + * { margin-top: .75rem; }
.asof { color: var(--soft); }
.asof strong { color: var(--ink); }
.day { margin-top: 1rem; }
.day label { display: block; margin-bottom: .375rem; font-size: .9375rem; color: var(--soft); }
.day div { display: flex; flex-wrap: wrap; gap: .5rem; }
input, button { font: inherit; min-height: 2.75rem; border: 1px solid var(--soft); border-radius: 3px; padding: .25rem .75rem; }
input { background: var(--leaf); color: var(--ink); min-width: 0; }
button { background: var(--accent); border-color: var(--accent); color: var(--paper); font-weight: 600; cursor: pointer; }
button:hover { filter: brightness(1.15); }

.chart { display: none; }
.chart svg { display: block; max-width: 100%; height: auto; }
.tie { fill: none; stroke: var(--soft); stroke-width: 1.25; }
.frame { fill: var(--wash); stroke: var(--line); }
.box { fill: var(--leaf); stroke: var(--accent); stroke-width: 1.25; }
.chart text { text-anchor: middle; }
.name { fill: var(--ink); font: 600 14px var(--sans); }
.caption { fill: var(--soft); font: 12.5px var(--sans); }
.legend { margin-bottom: 1.25rem; color: var(--soft); font-size: .9375rem; }
.votes { display: inline-block; padding: 0 .45em; border: 1px solid currentColor; border-radius: 1em; color: var(--accent);
  font: 600 .8125rem/1.5 var(--sans); }
.tree > * + *, .below > * + * { margin-top: 2rem; }
.below { margin-top: 1.25rem; padding-inline-start: clamp(.75rem, 2vw, 1.5rem); border-inline-start: 2px solid var(--line); }
.below .below .below .below { padding-inline-start: 0; border: 0; }
.since, .count { color: var(--soft); font-size: .9375rem; }
.count { margin-bottom: .75rem; font-weight: 600; }
.body > .prose { margin-top: .5rem; }
.body > .people, .body > .quiet, .beside + .people { margin-top: .75rem; }
.bodies { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 1.75rem 2rem; }
.branch { grid-column: 1 / -1; }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17.5rem), 1fr)); gap: .75rem 2rem; }
.people b { display: block; }
summary { padding: .5rem 0; color: var(--accent); cursor: pointer; }
.others, .body > .purpose { margin-top: .5rem; }
.others[open] > ul { margin-top: .75rem; }
.purpose { max-width: 42rem; }
.purpose .start bdi { color: var(--ink); }
.purpose[open] .start, .purpose:not([open]) .back { display: none; }
.seat { display: block; font-size: .9375rem; line-height: 1.5; }
.term { color: var(--soft); }

.filter { display: flex; flex-wrap: wrap; gap: .25rem .5rem; }
.filter a { display: flex; gap: .5rem; justify-content: space-between; padding: .375rem .625rem; border: 1px solid var(--line);
  border-radius: 3px; text-decoration: none; }
.filter a:hover { border-color: var(--accent); }
.filter a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--paper); }
.filter + p { margin-top: .5rem; }
.number { flex: none; white-space: nowrap; font-variant-numeric: tabular-nums; }
.year + .year { margin-top: 2.25rem; }
.year h3 { padding-bottom: .375rem; border-bottom: 2px solid var(--ink); font-size: 1.5rem; font-variant-numeric: lining-nums; }
.entry, .step { padding: .875rem 0; border-bottom: 1px solid var(--line); }
.when { color: var(--soft); font-size: .9375rem; }
.meta { display: flex; flex-wrap: wrap; gap: .125rem 1rem; margin-top: .25rem; color: var(--soft); font-size: .9375rem; }
.flag { display: inline-block; padding: .05em .6em; border-radius: 3px; background: var(--wash); color: var(--ink); font: 600 .9375rem/1.5 var(--sans); }
.flag.gone { background: var(--flag-wash); color: var(--flag); }
s { text-decoration-thickness: .08em; color: var(--soft); }
s a { color: inherit; text-decoration: line-through; }
.turn { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin-top: 1.75rem; }
.turn a { padding: .5rem 0; font-weight: 600; }
.empty { color: var(--soft); }
.documents { max-width: 42rem; border-top: 1px solid var(--line); }
.documents li { padding: .875rem 0 .5rem; border-bottom: 1px solid var(--line); }
.document { font: 600 1.1875rem/1.3 var(--serif); }
.inlog { margin-bottom: .5rem; }
.digest { margin-top: .25rem; font-size: .9375rem; }
.digest p { margin-bottom: .5rem; }
.digest code { padding: .1em .3em; background: var(--wash); border-radius: 3px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.links li + li { margin-top: .5rem; }
.links .quiet { display: block; }
.head .text > h2 { margin-top: 2.25rem; font-size: 1.375rem; }
.head .text > h2 + * { margin-top: .75rem; }
.stone { max-width: 42rem; padding: 1.5rem; border: 1px solid var(--line); border-top: 4px solid var(--flag); background: var(--leaf); }
.stone p + p { margin-top: 1rem; }
.stone blockquote { margin: .25rem 0 1.25rem; font: 1.25rem/1.5 var(--serif); }
.step h3 { font: 600 1.0625rem/1.5 var(--sans); }
.step > div > * + * { margin-top: .375rem; }
.changes > div { margin-top: .75rem; padding: .75rem 1rem; background: var(--wash); border-radius: 3px; }
.changes dd { display: grid; grid-template-columns: 3.5rem minmax(0, 1fr); align-items: baseline; gap: 0 .75rem; }
.changes dd + dd { margin-top: .375rem; }
.side { color: var(--soft); font-size: .875rem; }
.said { white-space: pre-wrap; }
del { background: var(--flag-wash); color: var(--flag); }
ins { background: color-mix(in srgb, var(--accent) 14%, var(--leaf)); text-decoration-thickness: .06em; }
.codes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr)); gap: .375rem 2rem; }

.label .number { white-space: nowrap; }
.when .number { margin-inline-end: .5rem; color: var(--ink); }
.ledger h3, .ledger h4 { font-size: 1.1875rem; line-height: 1.35; }
.notice.over { border-left-color: var(--rule); background: var(--flag-wash); }
.notice p + p { margin-top: .25rem; }
.notice .number { display: inline; margin: 0; }
.next + .ledger, .next + .empty { margin-top: 1.25rem; }
.registers { margin-top: 2rem; }
.registers h3 { font-size: 1.1875rem; }
.registers ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17.5rem), 1fr)); gap: .5rem 2rem; margin-top: .75rem; }
.registers a { display: inline-block; padding: .25rem 0; }
.text > h3 { margin-top: 2rem; font-size: 1.1875rem; }
.text > h3 + * { margin-top: .75rem; }
.head .text > .preamble + .clauses { margin-top: 1rem; }
.preamble { color: var(--soft); }
.clauses { font: 1.125rem/1.6 var(--serif); }
.clauses li + li { margin-top: .5em; }
.asdecided > * + * { margin-top: .75rem; }
.votebar { margin-top: 1.5rem; max-width: 46rem; }
.votebar svg, .options svg { display: block; overflow: visible; }
.patterns { position: absolute; }
.part { stroke: var(--ink); stroke-width: 1; }
.part.for { fill: var(--accent); }
.part.silent { fill: var(--soft); }
.part.away { fill: var(--leaf); stroke: var(--soft); stroke-dasharray: 4 3; }
.under { fill: var(--flag-wash); }
.over { fill: var(--rule); }
.pale { fill: var(--leaf); }
.dot { fill: var(--soft); }
.stroke { fill: none; stroke: var(--soft); stroke-width: 1; }
.tally { text-anchor: middle; fill: var(--ink); stroke: var(--leaf); stroke-width: 5px; paint-order: stroke; stroke-linejoin: round;
  font: 700 17px var(--sans); }
.tally.for { fill: var(--leaf); stroke: none; }
.edge { stroke: var(--leaf); stroke-width: 6; }
.mark { stroke: var(--ink); stroke-width: 2.5; }
.votebar .caption { fill: var(--ink); font: 14px var(--sans); }
.votebar .start { text-anchor: start; }
.votebar .middle { text-anchor: middle; }
.votebar .end { text-anchor: end; }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin-top: .75rem; font-size: .9375rem; }
.key svg { display: inline-block; vertical-align: -.15em; }
.options { max-width: 46rem; }
.options li + li { margin-top: .875rem; }
.options p { margin-bottom: .25rem; }
.options b { white-space: nowrap; }
.option { font-family: var(--serif); font-size: 1.125rem; }
.reasons { max-width: 42rem; }
.reasons li { padding-inline-start: 1rem; border-inline-start: 2px solid var(--line); }
.reasons li + li { padding-top: .375rem; }
.reasons li:last-child { border-color: var(--rule); font-weight: 600; }
.rule, .rules { max-width: 42rem; }
.rules { margin-top: 1.25rem; }
.rules li { padding: 1rem 0; border-top: 1px solid var(--line); }
.rules h3 { font-size: 1.1875rem; }
.rules p, .rule p + p { margin-top: .375rem; }
.rollcall { display: grid; gap: .875rem 2rem; }
.rollcall dt { color: inherit; font-size: 1rem; font-weight: 600; }
.rollcall ul, .signatures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); gap: .125rem 1.5rem; }
.signatures .quiet { display: block; }
.chain li + li { margin-top: .875rem; }
table { margin-top: 1rem; border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums; }
th, td { padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-size: .875rem; font-weight: 600; overflow-wrap: normal; }
.options + p { margin-top: .75rem; }
.onpage { margin-top: .75rem; }
.onpage a { display: inline-block; padding: .125rem 0; }
.exhibits { max-width: 42rem; }
.exhibit { padding: 1rem 0 1.25rem; border-top: 1px solid var(--line); }
.exhibit h3 { font-size: 1.1875rem; line-height: 1.35; }
.exhibit .about { white-space: nowrap; }
.meta b { color: var(--ink); }
.exhibit .documents { margin-top: .5rem; border: 0; }
.exhibit .documents li { padding: .375rem 0 0; border: 0; }
.exhibit .document { font: 1rem/1.5 var(--sans); }
.digest summary, .withheld summary { padding: .25rem 0; font-size: .9375rem; }
.asdata { font-size: .9375rem; }
.withheld p { margin-top: .5rem; }
.withheld li { font-size: .9375rem; }
.yearbars { max-width: 46rem; }
.yearbars .plot { display: grid; grid-template-columns: auto minmax(0, 1fr); }
.yearbars .plot svg { display: block; overflow: visible; }
.yearbars .caption { fill: var(--ink); font: 14px var(--sans); }
.yearbars .middle { text-anchor: middle; }
.yearbars .end { text-anchor: end; fill: var(--soft); font-size: 13px; }
.yearbars .amount { display: none; font-size: 12px; font-weight: 600; stroke: var(--paper); stroke-width: 4px; paint-order: stroke; }
.level { stroke: var(--line); stroke-width: 1; }
.ground { stroke: var(--ink); stroke-width: 1.5; }
.figures { max-width: 42rem; width: 100%; }
.figures caption { margin-bottom: .5rem; text-align: start; color: var(--soft); }
.figures th, .figures td { overflow-wrap: break-word; }
.figures .of th { padding-top: 1.25rem; border-bottom: 2px solid var(--ink); font: 600 1.1875rem/1.35 var(--serif); }
.figures .of .quiet { font-family: var(--sans); font-weight: 400; }
.figures .part-of { padding-inline-start: 1rem; color: var(--soft); font-weight: 400; }
.figures .sum { padding-inline-end: 0; text-align: end; white-space: nowrap; }
.figures .source { display: block; text-wrap: balance; color: var(--soft); font-weight: 400; }

.verify > * + * { margin-top: 1.5rem; }
.verify { max-width: 46rem; }
.verify label { display: block; font-weight: 600; }
.verify * + label { margin-top: 1rem; }
.verify input, .verify textarea { display: block; width: 100%; margin-top: .25rem; }
.verify textarea { font: .9375rem/1.5 ui-monospace, Menlo, Consolas, monospace; border: 1px solid var(--soft); border-radius: 3px;
  padding: .375rem .75rem; background: var(--leaf); color: var(--ink); resize: vertical; }
.verify input[type="file"] { padding: .5rem .75rem; }
.verify .actions { display: flex; flex-wrap: wrap; gap: .5rem .75rem; margin-top: .75rem; }
.verify progress { width: 100%; accent-color: var(--accent); }
.verify #whole { background: none; color: var(--accent); }
.verify summary { padding: .375rem 0; font-weight: 600; }
.found { padding: 1.25rem; border: 1px solid var(--line); border-inline-start: .375rem solid var(--accent); background: var(--leaf); }
.found > * + * { margin-top: .875rem; }
.found.wrong { border-inline-start-color: var(--flag); }
.found dt { color: var(--soft); font-size: .9375rem; }
.found dd + dt { margin-top: .5rem; }
.found li + li { margin-top: .25rem; }
.prose pre { overflow-x: auto; padding: .75rem 1rem; background: var(--wash); font-size: .9375rem; overflow-wrap: normal; }

.bottom { margin-top: 2rem; padding: 1.75rem 0 2.5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .9375rem; }
.bottom p { max-width: 48rem; }
.bottom p + p, .bottom ul { margin-top: .75rem; }
.bottom ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; }

@media (min-width: 40rem) {
  .entry, .step { display: grid; grid-template-columns: 10.5rem 1fr; gap: 0 1.5rem; }
  .step { grid-template-columns: 13.25rem 1fr; }
  .entry .when, .step .when { padding-top: .15rem; }
  .when .number { display: block; }
  .yearbars .amount { display: block; }
  .figures .source { display: inline; margin-inline-start: .5rem; }
}
@media (min-width: 50rem) { .chart { display: block; margin-bottom: 2rem; } }
@media (min-width: 64rem) {
  .wrap { padding: 0 2.5rem; }
  .leaf { display: grid; grid-template-columns: 14rem minmax(0, 1fr); padding: 0; }
  .margin { margin: 0; padding: 2.75rem 2rem 2.75rem 0; align-self: start; }
  .text { padding: 2.75rem 0 2.75rem 2.5rem; border-left: 1px solid var(--rule); box-shadow: -3px 0 0 var(--paper), -4px 0 0 var(--rule); }
  .margin > :first-child { margin-top: .25rem; }
  .filter { display: grid; gap: 0; margin-top: 1rem; }
  .filter a { border-color: transparent; margin-left: -.625rem; }
}
@media (min-width: 64rem) and (min-height: 45rem) { .margin { position: sticky; top: 0; } }
@media print {
  :root { --paper: #fff; --leaf: #fff; --ink: #000; --soft: #333; --line: #bbb; --wash: #f4f4f4; --accent: #000; --flag: #000; --flag-wash: #eee; }
  body { font-size: 10.5pt; }
  nav, .skip, .day, .turn, .bottom ul { display: none; }
  .entry, .step, .people li, .facts > div, .chart, .votebar, .yearbars, .exhibit, .figures tbody, .options li, .rules li { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  details::details-content { display: block; content-visibility: visible; }
  summary { list-style: none; }
  .purpose summary { display: none; }
  .links a::after { content: " <" attr(href) ">"; }
}
`;
