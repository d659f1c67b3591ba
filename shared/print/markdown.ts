/** Markdown as what can be printed: paragraphs, headings, lists and the like, with emphasis. HTML in it is text. */
import type { BlockContent, DefinitionContent, List, Nodes, Parents, PhrasingContent, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { deepestMarkdown, isThicket, withoutDepths } from '../core/markdownBounds.ts';

export interface Span {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'heading'; readonly depth: number; readonly spans: readonly Span[] }
  | { readonly kind: 'source'; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'rule' };

export interface Item {
  /** Such as `3.`, or a bullet. */
  readonly label: string;
  readonly blocks: readonly Block[];
}

/** A text that would take long to read is printed as it was written, and so is every one `asWritten`. */
export function blocksOf(text: string, asWritten = false): Block[] {
  if (asWritten || isThicket(text)) return [{ kind: 'source', text }];
  const markdown = withoutDepths(text);
  const root = fromMarkdown(markdown);
  const addresses = new Map<string, string>();
  collect(root, addresses, 0);
  return new Printer(markdown, addresses).blocks(root.children, 0);
}

/** Where the references of the text lead; the first of a name counts. */
function collect(parent: Parents, addresses: Map<string, string>, depth: number): void {
  for (const node of parent.children) {
    if (node.type === 'definition' && !addresses.has(node.identifier)) addresses.set(node.identifier, node.url);
    else if ('children' in node && depth < deepestMarkdown) collect(node, addresses, depth + 1);
  }
}

class Printer {
  readonly source: string;
  readonly addresses: ReadonlyMap<string, string>;

  constructor(source: string, addresses: ReadonlyMap<string, string>) {
    this.source = source;
    this.addresses = addresses;
  }

  blocks(nodes: readonly (RootContent | BlockContent | DefinitionContent)[], depth: number): Block[] {
    return nodes.flatMap(node => this.block(node, depth));
  }

  private block(node: RootContent, depth: number): Block | [] {
    if (depth > deepestMarkdown) return { kind: 'source', text: this.written(node) };
    switch (node.type) {
      case 'paragraph':
        return { kind: 'paragraph', spans: this.spans(node.children) };
      case 'heading':
        return { kind: 'heading', depth: node.depth, spans: this.spans(node.children) };
      case 'blockquote':
        return { kind: 'quote', blocks: this.blocks(node.children, depth + 1) };
      case 'list':
        return this.list(node, depth);
      case 'thematicBreak':
        return { kind: 'rule' };
      case 'definition':
        return [];
      case 'code':
        return { kind: 'source', text: node.value };
      default:
        return { kind: 'source', text: this.written(node) };
    }
  }

  private list({ ordered, start, children }: List, depth: number): Block {
    const first = start ?? 1;
    const items = children.map((item, index) => ({
      label: ordered ? `${first + index}.` : '•',
      blocks: this.blocks(item.children, depth + 1),
    }));
    return { kind: 'list', items };
  }

  private spans(nodes: readonly PhrasingContent[], style = { bold: false, italic: false }, depth = 0): Span[] {
    return nodes.flatMap(node => this.span(node, style, depth));
  }

  private span(node: PhrasingContent, style: { bold: boolean; italic: boolean }, depth: number): Span | Span[] {
    if (depth > deepestMarkdown) return { text: this.written(node), ...style };
    const within = (children: readonly PhrasingContent[], more = {}) =>
      this.spans(children, { ...style, ...more }, depth + 1);
    switch (node.type) {
      case 'text':
      case 'inlineCode':
        return { text: node.value.replaceAll('\n', ' '), ...style };
      case 'emphasis':
        return within(node.children, { italic: true });
      case 'strong':
        return within(node.children, { bold: true });
      case 'break':
        return { text: '\n', ...style };
      case 'link':
        return [...within(node.children), ...this.address(node.url, node.children, style)];
      case 'linkReference':
        return [
          ...within(node.children),
          ...this.address(this.addresses.get(node.identifier) ?? '', node.children, style),
        ];
      case 'image':
      case 'imageReference':
        return { text: `[${node.alt ?? ''}]`, ...style };
      default:
        return { text: this.written(node), ...style };
    }
  }

  /** On paper a link cannot be followed: its address is printed, unless it is the text itself. */
  private address(
    url: string,
    children: readonly PhrasingContent[],
    style: { bold: boolean; italic: boolean },
  ): Span[] {
    const [only] = children;
    const isShown =
      children.length === 1 && only?.type === 'text' && [only.value, `mailto:${only.value}`].includes(url);
    return url === '' || isShown ? [] : [{ text: ` <${url}>`, ...style }];
  }

  /** As its author wrote it. */
  private written({ position }: Nodes): string {
    return this.source.slice(position?.start.offset, position?.end.offset);
  }
}
