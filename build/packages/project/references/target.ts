import { existsSync, realpathSync, statSync } from 'node:fs';

/** What a path in a program leads to, without symbolic links. */
export interface Target {
  readonly path: string;
  readonly kind: 'folder' | 'program' | 'file';
}

/** Undefined when nothing is there. A path to JavaScript may mean the TypeScript file beside it. */
export function targetOf(path: string): Target | undefined {
  const found = [path.replace(/(.)\/+$/, '$1'), ...sourcesOf(path)].find((candidate) =>
    existsSync(candidate),
  );
  if (found === undefined) return undefined;
  const real = realpathSync(found);
  const stats = statSync(real);
  if (stats.isDirectory()) return { path: real, kind: 'folder' };
  return { path: real, kind: isProgram(real) ? 'program' : 'file' };
}

export const isProgram = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path) && !isDeclaration(path);

export const isTypeScript = (path: string): boolean =>
  /\.(?:[cm]?ts|tsx)$/.test(path) && !isDeclaration(path);

const isDeclaration = (path: string): boolean => /\.d\.[cm]?ts$/.test(path);

/** `x.ts` and `x.tsx` for `x.js`, as tsc resolves imports. */
function sourcesOf(path: string): string[] {
  const [, stem, kind] = /^(.*)\.([cm]?)jsx?$/.exec(path) ?? [];
  return stem === undefined ? [] : [`${stem}.${kind}ts`, `${stem}.${kind}tsx`];
}
