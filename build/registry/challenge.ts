/**
 * An authentication challenge from a WWW-Authenticate header (RFC 9110, 11.6.1; distribution, "Token
 * Authentication").
 */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  /** `realm`, `service`, `scope` by their lower-case names. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The challenge to answer: Bearer, else Basic; undefined when there is neither.
 * @param header one, or several joined by commas, as node:http does
 */
export function readChallenge(header: string | undefined): Challenge | undefined {
  const found = challenges((header ?? '').slice(0, 4096));
  const ofScheme = (scheme: Challenge['scheme']): Challenge[] =>
    found.filter((one) => one.scheme === scheme).map(({ parameters }) => ({ scheme, parameters }));
  return [...ofScheme('bearer'), ...ofScheme('basic')][0];
}

/** RFC 9110, 5.6.2; `token68` of RFC 9110, 11.2 beside it, which Negotiate uses. */
const token = "[\\w!#$%&'*+.^`|~-]+";
const parameter = new RegExp(`\\s*(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"?|([^\\s,"]*))`, 'y');
const scheme = new RegExp(`\\s*(${token})(?=[\\s,]|$)(?:[ \\t]+[\\w.~+/-]+=*(?=\\s*(?:,|$)))?`, 'y');

interface AnyChallenge {
  /** In lower case. */
  readonly scheme: string;
  readonly parameters: Record<string, string>;
}

/** Read from left to right, since a comma and a name may stand in quotes. */
function challenges(header: string): AnyChallenge[] {
  const found: AnyChallenge[] = [];
  const take = (form: RegExp, at: number): RegExpExecArray | null => {
    form.lastIndex = at;
    return form.exec(header);
  };
  for (let at = 0; at < header.length; ) {
    const pair = take(parameter, at);
    const match = pair ?? take(scheme, at);
    const [whole = ' ', name = '', quoted, plain = ''] = match ?? [];
    at += whole.length;
    const key = name.toLowerCase();
    const { parameters } = found.at(-1) ?? {};
    if (!pair && match) found.push({ scheme: key, parameters: {} });
    if (!pair || !parameters) continue;
    // The first counts, as for other clients.
    if (!Object.hasOwn(parameters, key)) parameters[key] = quoted?.replace(/\\(.)/g, '$1') ?? plain;
  }
  return found;
}
