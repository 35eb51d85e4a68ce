import { KitError } from '../../errors/errors.ts';

/** An element; names have no prefix: `Property` of `<ns0:Property>`. */
export interface XmlElement {
  readonly name: string;
  /** By their names without prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, that of its children not among it. */
  readonly text: string;
}

const limits = { elements: 10_000, depth: 32 } as const;

/** Each matches where what came before it has ended. */
const patterns = {
  passedOver: /<!--.*?-->|<\?.*?\?>/sy,
  cdata: /<!\[CDATA\[(.*?)\]\]>/sy,
  characters: /([^<]+)/y,
  end: /<\/([^\s<>/]+)\s*>/y,
  start: /<([^\s<>/!?]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y,
} as const;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

interface Open {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Reads a document of XML 1.0 without a DTD, so that no entity but XML's own five has a meaning.
 * @param what names it for errors: `ovf-env.xml`
 * @throws KitError with the line of the mistake
 */
export function parseXml(text: string, what: string): XmlElement {
  const document: Open = { tag: '', attributes: new Map(), children: [], text: '' };
  const open: Open[] = [document];
  let [at, elements] = [0, 0];
  const next = (pattern: RegExp): readonly string[] => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found ?? [];
  };
  const fault = (why: string): KitError =>
    new KitError(`Cannot read ${what}: ${why} (line ${text.slice(0, at).split('\n').length})`);
  while (at < text.length) {
    const current = open.at(-1) ?? document;
    if (next(patterns.passedOver).length > 0) continue;
    const [isVerbatim, verbatim = ''] = next(patterns.cdata);
    const [isPlain, plainText = ''] = next(patterns.characters);
    current.text += verbatim + decoded(plainText);
    if (isVerbatim !== undefined || isPlain !== undefined) continue;
    const [isEnd, ended] = next(patterns.end);
    if (isEnd !== undefined) {
      if (open.length === 1 || ended !== current.tag) throw fault('an element ends that has not begun');
      open.pop();
      open.at(-1)?.children.push(element(current));
      continue;
    }
    const [isStart, tag = '', attributes = '', slash] = next(patterns.start);
    if (isStart === undefined) throw fault(notXml(text.slice(at, at + 9)));
    elements += 1;
    if (elements > limits.elements || open.length > limits.depth) throw fault('it has too many elements');
    const begun: Open = { tag, attributes: attributesOf(attributes), children: [], text: '' };
    if (slash === '/') current.children.push(element(begun));
    else open.push(begun);
  }
  const [root, ...more] = document.children;
  if (open.length > 1 || root === undefined || more.length > 0 || document.text.trim() !== '')
    throw new KitError(`Cannot read ${what}: it is no whole XML document`);
  return root;
}

/** The first child with the name, in it the first child with the next name, and so on. */
export function childAt(element: XmlElement, ...names: readonly string[]): XmlElement | undefined {
  let found: XmlElement | undefined = element;
  for (const name of names) found = found?.children.find((child) => child.name === name);
  return found;
}

const notXml = (text: string): string =>
  text === '<!DOCTYPE' ? 'it has a DTD, which is not read' : 'it is no XML';

const element = ({ tag, attributes, children, text }: Open): XmlElement => ({
  ...{ name: plainName(tag), attributes, children, text },
});

const plainName = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

const attributesOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(attribute)].map(([, name = '', double, single = '']) => [
      plainName(name),
      decoded(double ?? single),
    ]),
  );

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** An entity that is none stays as it is. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|([a-z]{2,4}));/g, (all, decimal, hex, name) => {
    if (name !== undefined) return entities[name] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
