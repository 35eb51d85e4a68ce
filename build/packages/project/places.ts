import { existsSync, realpathSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';

/**
 * Where the files of a Node project are, on the host and in the image. All paths are absolute and without
 * symbolic links.
 */
export interface ProjectPlaces {
  /** The package's folder; for a program outside it, the folder of the nearest package.json. */
  readonly home: string;
  /** The project's folder: the one with the lock file or the list of workspaces, at or above `home`. */
  readonly root: string;
  /** Folder of the bundled program in the image: `/service`. */
  readonly folder: string;
}

export function projectPlaces(dir: string, main: string, folder: string): ProjectPlaces {
  const [own, program] = [realpathSync(dir), realpathSync(main)];
  const home = isBelow(own, program) ? own : (packageFolder(program) ?? dirname(program));
  return { home, root: projectRoot(home), folder };
}

/**
 * The place in the image that stands for a file of the project. Files keep their places relative to each
 * other, so that relative paths in programs stay valid: `/service/src/main.ts` for src/main.ts of the
 * package, `/service/workspace/packages/x/main.ts` for files elsewhere in the project.
 */
export function guestPath({ home, root, folder }: ProjectPlaces, path: string): string {
  if (isBelow(home, path)) return join(folder, relative(home, path));
  if (isBelow(root, path)) return join(folder, 'workspace', relative(root, path));
  return join(folder, 'workspace/outside', path);
}

/** The bundle of a program: `/service/src/worker.mjs` for src/worker.ts. */
export function guestProgram(places: ProjectPlaces, path: string): string {
  const guest = guestPath(places, path);
  return `${guest.slice(0, guest.length - extname(guest).length)}.mjs`;
}

export const isBelow = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder === sep ? sep : folder + sep);

/** Whether npm has installed the file, as opposed to the code of the project's authors. */
export const isDependency = (path: string): boolean => path.includes('/node_modules/');

/** The folder of the package.json that a file belongs to. */
export function packageFolder(file: string): string | undefined {
  return foldersAbove(dirname(file)).find(
    (folder) => existsSync(join(folder, 'package.json')) && !folder.endsWith('/node_modules'),
  );
}

/** The folder and those above it, up to `top`. */
export function foldersAbove(folder: string, top: string = sep): string[] {
  const folders = [folder];
  for (let at = folder; at !== top && dirname(at) !== at; at = dirname(at)) folders.push(dirname(at));
  return folders;
}

const rootFiles = [
  ...['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'yarn.lock'],
  ...['bun.lock', '.git'],
];

function projectRoot(home: string): string {
  const above = foldersAbove(home);
  const locked = above.find((folder) => rootFiles.some((name) => existsSync(join(folder, name))));
  return locked ?? above.find((folder) => existsSync(join(folder, 'package.json'))) ?? home;
}
