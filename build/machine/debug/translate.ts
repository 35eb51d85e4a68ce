import { localSourceMap } from './source-map.ts';

/** Reads a file of the service's container: the source map beside a bundle. Undefined when there is none. */
export type ReadGuestFile = (path: string) => Promise<string | undefined>;

/**
 * What the service says of its scripts, for a debugger on this host: source maps that lie in the container are put into
 * the message, and speak of this host's files. Everything else is left as it is, unparsed.
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
    const parsed = JSON.parse(message) as { params: { url: string; sourceMapURL?: string } };
    const path = mapPath(parsed.params);
    const map = path === undefined ? undefined : await mapOf(path);
    if (map === undefined) return message;
    return JSON.stringify({ ...parsed, params: { ...parsed.params, sourceMapURL: map } });
  };
}

/** `/usr/lib/kit/web/main.mjs.map` for a script of a file whose map lies beside it. */
function mapPath({ url, sourceMapURL = '' }: { url: string; sourceMapURL?: string }): string | undefined {
  if (sourceMapURL === '' || sourceMapURL.startsWith('data:') || !url.startsWith('file://')) return undefined;
  const { protocol, pathname } = new URL(sourceMapURL, url);
  return protocol === 'file:' ? decodeURIComponent(pathname) : undefined;
}
