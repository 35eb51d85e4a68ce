import { isIP } from 'node:net';
import { textAt, valueAt, type YamlValue } from '../../../lib/metadata/yaml.ts';

/** What a cloud says of the machine, by the name of the file below /run/config. */
export type Facts = Readonly<Record<string, string | undefined>>;

const maximalLength = 255;
const isAddress = /ip(v4|v6)?$/;

/**
 * The facts that can be used: one line of printable ASCII each, and an address where the name says so. Others
 * are left out: programs put these texts into settings.
 */
export function cleanFacts(facts: Facts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]): [string, string][] => {
      const text = cleanText(value);
      if (text === undefined || (isAddress.test(name) && isIP(text) === 0)) return [];
      return [[name, text]];
    }),
  );
}

/** The text without the space around it, if it is a line that every program can read. */
export function cleanText(value: string | undefined): string | undefined {
  const text = value?.trim() ?? '';
  return text !== '' && text.length <= maximalLength && /^[ -~]*$/.test(text) ? text : undefined;
}

/** The value at a path of keys, and of positions in lists: `textOf(tree, 'interface', 0, 'ip')`. */
export function textOf(
  tree: YamlValue | undefined,
  ...path: readonly (string | number)[]
): string | undefined {
  const last = path.at(-1);
  return typeof last === 'string' ? textAt(nodeAt(tree, ...path.slice(0, -1)), last) : undefined;
}

/** As `textOf`, of any kind. */
export function nodeAt(
  tree: YamlValue | undefined,
  ...path: readonly (string | number)[]
): YamlValue | undefined {
  let node = tree;
  for (const part of path) {
    if (typeof part === 'string') node = valueAt(node, part);
    else node = Array.isArray(node) ? node[part] : undefined;
  }
  return node;
}

/** The last part of a path: `us-central1-a` of `projects/123/zones/us-central1-a`. */
export const lastPart = (path: string | undefined): string | undefined => path?.split('/').at(-1);
