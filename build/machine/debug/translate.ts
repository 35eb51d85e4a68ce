import { localSourceMap } from './source-map.ts';

/** Reads a text file of the service's container; undefined when there is none. */
export type ReadGuestFile = (path: string) => Promise<string | undefined>;

/**
 * Translates a service's messages for a debugger on this host: in `Debugger.scriptParsed`, the URL of a
 * source map in the container becomes the map itself, with this host's files as sources. Other messages are
 * passed on unparsed.
 */
export function scriptTranslator(
  readFile: ReadGuestFile,
  folders: readonly string[],
): (message: string) => Promise<string> {
  const maps = new Map<string, Promise<string | undefined>>();
  const mapOf = (path: string): Promise<string | undefined> => {
    const known = maps.get(path) ?? readFile(path).then((text) => text && localSourceMap(text, folders));
    maps.set(path, known);
    return known;
  };
  return async (message) => {
    if (!message.startsWith('{"method":"Debugger.scriptParsed"')) return message;
    const parsed = scriptParsed(message);
    const path = parsed && mapPath(parsed.params);
    const map = path === undefined ? undefined : await mapOf(path);
    if (!parsed || map === undefined) return message;
    return JSON.stringify({ ...parsed, params: { ...parsed.params, sourceMapURL: map } });
  };
}

interface ScriptParsed {
  readonly params: { readonly url: string; readonly sourceMapURL?: string };
}

/** Undefined for what Node does not send: the service may have been made to send anything. */
function scriptParsed(message: string): ScriptParsed | undefined {
  try {
    const { params, ...rest } = JSON.parse(message);
    const { url, sourceMapURL } = params;
    const fine = typeof url === 'string' && ['string', 'undefined'].includes(typeof sourceMapURL);
    return fine ? { ...rest, params } : undefined;
  } catch {
    return undefined;
  }
}

/** `/usr/lib/kit/web/main.mjs.map`, if the script is a file with a source map beside it. */
function mapPath({ url, sourceMapURL = '' }: { url: string; sourceMapURL?: string }): string | undefined {
  if (sourceMapURL === '' || sourceMapURL.startsWith('data:') || !url.startsWith('file://')) return undefined;
  const map = URL.parse(sourceMapURL, url);
  return map?.protocol === 'file:' ? decoded(map.pathname) : undefined;
}

/** Undefined if a `%` is followed by something else than a byte of UTF-8. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
