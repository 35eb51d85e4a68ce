/**
 * Compares two versions of Debian packages: negative if `a` is older (Debian Policy, 5.6.12;
 * deb-version(7)).
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  return (
    left.epoch - right.epoch ||
    compareParts(left.upstream, right.upstream) ||
    compareParts(left.revision, right.revision)
  );
}

function partsOf(version: string): { epoch: number; upstream: string; revision: string } {
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(version) ?? [];
  const dash = rest.lastIndexOf('-');
  const [upstream, revision] = dash < 0 ? [rest, ''] : [rest.slice(0, dash), rest.slice(dash + 1)];
  return { epoch: Number(epoch), upstream, revision };
}

/** Compares by turns what has no digits and a number, from the left. */
function compareParts(a: string, b: string): number {
  const [left, right] = [turns(a), turns(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [x, y] = [left[at] ?? { text: '', number: 0n }, right[at] ?? { text: '', number: 0n }];
    const order = compareTexts(x.text, y.text) || Number(x.number > y.number) - Number(x.number < y.number);
    if (order !== 0) return order;
  }
  return 0;
}

const turns = (part: string): { text: string; number: bigint }[] =>
  [...part.matchAll(/(\D*)(\d*)/g)].map(([, text = '', digits = '']) => ({
    text,
    number: BigInt(digits || 0),
  }));

/** Letters sort before everything else, and a tilde before the end. */
function compareTexts(a: string, b: string): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const order = weight(a[at]) - weight(b[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function weight(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === '~') return -1;
  const code = character.charCodeAt(0);
  return /[A-Za-z]/.test(character) ? code : code + 256;
}
