/**
 * An authentication challenge from a WWW-Authenticate header (RFC 7235; distribution, "Token
 * Authentication").
 */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  /** `realm`, `service`, `scope` by their lower-case names. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The challenge to answer: Bearer, else Basic; undefined when there is neither. */
export function readChallenge(header: string | undefined): Challenge | undefined {
  const found = challenges((header ?? '').slice(0, 4096));
  return found.find(({ scheme }) => scheme === 'bearer') ?? found[0];
}

function challenges(header: string): Challenge[] {
  // A word before a space is a scheme, a word before "=" a parameter. An unknown scheme ends the one before
  // it.
  const starts = [...header.matchAll(/(?:^|,)\s*([A-Za-z-]+)(?=\s+[\w-]+\s*=|\s*(?:,|$))/g)];
  return starts.flatMap(({ index, 0: whole, 1: scheme = '' }, at): Challenge[] => {
    const rest = header.slice(index + whole.length, starts[at + 1]?.index ?? header.length);
    const name = scheme.toLowerCase();
    return name === 'basic' || name === 'bearer' ? [{ scheme: name, parameters: parameters(rest) }] : [];
  });
}

function parameters(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)];
  return Object.fromEntries(
    pairs.map(([, key = '', quoted, plain = '']) => [
      key.toLowerCase(),
      quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'),
    ]),
  );
}
