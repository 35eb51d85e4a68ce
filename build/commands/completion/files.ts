import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { homeDir } from '../../host/paths.ts';
import type { Candidate, Completions } from './candidate.ts';
import type { Kind, Query } from './query.ts';

/** Manifests: files that end in .yml or .yaml. */
export const manifests: Kind = (query) =>
  below(query, (name) => /\.ya?ml$/.test(name) && !/^build\.ya?ml$/.test(name));

/** Manifests and built images. */
export const builds: Kind = (query) =>
  below(query, (name) => /\.(?:ya?ml|img|iso|raw|qcow2|efi|vmdk|vhd|tar)$|-kernel$/.test(name));

/** Folders with a build.yml, and folders that may contain some. */
export const packages: Kind = async (query) => {
  const { candidates } = await below(query, () => false);
  return {
    candidates: candidates.map((one) => {
      const folder = absolute(one.value, query);
      return existsSync(join(folder, 'build.yml'))
        ? { value: one.value.slice(0, -1), about: 'package' }
        : one;
    }),
  };
};

/** Folders, with a slash at their end, and the wanted files of the folder that the word names. */
async function below(query: Query, isWanted: (name: string) => boolean): Promise<Completions> {
  const { current } = query;
  const start = current.slice(0, current.lastIndexOf('/') + 1);
  const entries = await readdir(absolute(start, query), { withFileTypes: true });
  const isShown = (name: string): boolean =>
    current.slice(start.length).startsWith('.') || !name.startsWith('.');
  const candidates = entries
    .filter(({ name }) => isShown(name) && name !== 'node_modules')
    .flatMap((entry): Candidate[] => {
      const value = `${start}${entry.name}`;
      if (entry.isDirectory()) return [{ value: `${value}/` }];
      return isWanted(entry.name) ? [{ value }] : [];
    });
  return { candidates: candidates.toSorted((a, b) => (a.value < b.value ? -1 : 1)) };
}

function absolute(path: string, { context: { cwd, env } }: Query): string {
  return path.startsWith('~/') ? join(homeDir(env), path.slice(2)) : resolve(cwd, path);
}
