import fc from 'fast-check';
import { expect, test } from 'vitest';
import { childAt, parseXml, type XmlElement } from './xml.ts';

const read = (text: string): XmlElement => parseXml(text, 'x.xml');

test('elements, attributes, text, CDATA, entities and prefixes', () => {
  const root = read(
    `<?xml version="1.0"?>\n<!-- <a> --><n:a xmlns:n="u" n:b='"1"'> x&lt;&#65;&#x42;&amp;lt;&nbsp;<c/><c>two</c><![CDATA[<y>]]></n:a >\n`,
  );
  expect([root.name, root.text.trim(), root.attributes.get('b')]).toEqual(['a', 'x<AB&lt;&nbsp;<y>', '"1"']);
  expect(root.children.map(({ name, text }) => `${name} ${text}`)).toEqual(['c ', 'c two']);
  expect(childAt(root, 'c')?.text).toBe('');
  expect(childAt(root, 'c', 'd')).toBeUndefined();
});

test.each([
  ['', 'it is no whole XML document'],
  ['text', 'it is no whole XML document'],
  ['<a>', 'it is no whole XML document'],
  ['<a/><b/>', 'it is no whole XML document'],
  ['<a>\n</b>', 'an element ends that has not begun (line 2)'],
  ['</a>', 'an element ends that has not begun (line 1)'],
  ['<a b></a>', 'it is no XML (line 1)'],
  ['<a b="<"/>', 'it is no XML (line 1)'],
  ['<a>\n\n<!-- ', 'it is no XML (line 3)'],
  ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'it has a DTD, which is not read (line 1)'],
  ['<a>'.repeat(40), 'it has too many elements (line 1)'],
  [`<a>${'<b/>'.repeat(10_000)}</a>`, 'it has too many elements (line 1)'],
])('refuses %j', (text, why) => {
  expect(() => read(text)).toThrow(`Cannot read x.xml: ${why}`);
});

test('any text in an element or attribute comes out again', () => {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const property = fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, value) => {
    const root = read(`<a v="${escaped(value)}">${escaped(text)}</a>`);
    expect([root.text, root.attributes.get('v')]).toEqual([text, value]);
  });
  fc.assert(property);
});
