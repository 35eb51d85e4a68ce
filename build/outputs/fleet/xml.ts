import { KitError } from '../../../lib/errors/errors.ts';
import { escapedXml } from '../../host/xml.ts';

/** An element with attributes, and text or elements in it; undefined children are left out. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content: string | number | readonly (Element | undefined)[];
}

export const element = (
  name: string,
  attributes: Element['attributes'] = {},
  content: Element['content'] = [],
): Element => ({ name, attributes, content });

/** @throws KitError for text with characters that XML cannot hold */
export function xmlText(root: Element): string {
  return `${lines(root, '').join('\n')}\n`;
}

function lines({ name, attributes, content }: Element, indent: string): string[] {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}='${escaped(String(value))}'`);
  const open = `${indent}<${name}${pairs.join('')}`;
  if (typeof content !== 'object') return [`${open}>${escaped(String(content))}</${name}>`];
  const children = content.filter((child) => child !== undefined);
  if (children.length === 0) return [`${open}/>`];
  return [`${open}>`, ...children.flatMap((child) => lines(child, `${indent}  `)), `${indent}</${name}>`];
}

/** XML 1.0, "Char": of the control characters only tab and line ends, which attributes would change. */
function escaped(text: string): string {
  if (/[\0-\x1f\x7f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/.test(text))
    throw new KitError(`Cannot write ${JSON.stringify(text)} to XML: it has control characters`);
  return escapedXml(text).replaceAll("'", '&apos;');
}
