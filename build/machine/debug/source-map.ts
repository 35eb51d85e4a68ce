import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { kitRoot } from '../../host/paths.ts';

/** The parts of a source map (ECMA-426) that are changed; other keys are kept. */
interface SourceMap {
  readonly sources: readonly string[];
  readonly [key: string]: unknown;
}

/**
 * A bundle's source map as a data URL for a debugger on this host. Its sources are this host's files, with
 * their text, so that breakpoints are set in the TypeScript file that the user edits. Undefined if `text` is
 * no source map.
 * @param folders with the user's own packages, absolute, preferred ones first
 */
export async function localSourceMap(text: string, folders: readonly string[]): Promise<string | undefined> {
  const map = parse(text);
  if (!map) return undefined;
  const found = await Promise.all(map.sources.map((source) => findSource(source, folders)));
  const local = {
    ...map,
    sourceRoot: '',
    sources: map.sources.map((source, at) => found[at]?.url ?? `kit://${source}`),
    sourcesContent: found.map((file) => file?.text ?? null),
  };
  return `data:application/json;base64,${Buffer.from(JSON.stringify(local)).toString('base64')}`;
}

function parse(text: string): SourceMap | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const sources =
      typeof value === 'object' && value !== null && 'sources' in value ? value.sources : undefined;
    const fine = Array.isArray(sources) && sources.every((source) => typeof source === 'string');
    return fine ? (value as SourceMap) : undefined;
  } catch {
    return undefined;
  }
}

interface SourceFile {
  readonly url: string;
  readonly text: string;
}

/**
 * `/services/dhcp/main.ts` is a file of kit's checkout; `/node-app/main.ts` is main.ts of the package
 * "node-app", whose folder may have any name (build/packages/bundle/bundle.ts).
 */
async function findSource(source: string, folders: readonly string[]): Promise<SourceFile | undefined> {
  const path = source.replace(/^\/+/, '');
  const inPackage = path.replace(/^[^/]+\//, '');
  const candidates = [
    [kitRoot, path],
    ...folders.flatMap((folder) => [
      [folder, path],
      [folder, inPackage],
    ]),
  ] as const;
  for (const [folder, name] of candidates) {
    const file = join(folder, name);
    // The map is part of an untrusted image: it must not name files outside of the folders.
    if (relative(folder, file).startsWith('..')) continue;
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return { url: pathToFileURL(file).href, text };
  }
  return undefined;
}
