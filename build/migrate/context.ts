import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../host/paths.ts';
import { readYaml } from '../manifest/yaml-document.ts';
import type { HasPackage } from '../parts/counterpart.ts';
import type { EntryNode } from './entry.ts';
import type { Rewriter } from './rewriter.ts';

/** What the rules for single parts need. */
export interface Context {
  readonly rewriter: Rewriter;
  readonly has: HasPackage;
  /** The entries of the file, in order. */
  readonly entries: readonly EntryNode[];
  /** Absolute folder of the new manifest. */
  readonly folder: string;
}

/** What a package of kit asks for by itself: `config` of its build.yml. */
export function packageConfig(name: string): Readonly<Record<string, unknown>> {
  const path = join(kitRoot, 'pkg', name, 'build.yml');
  if (!existsSync(path)) return {};
  const value = readYaml(readFileSync(path, 'utf8'), path).value as { config?: Record<string, unknown> };
  return value.config ?? {};
}

/** How the packages whose program is kit's own are given arguments. */
export const program = ['/usr/bin/node', '--disable-warning=ExperimentalWarning', '/service/main.mjs'];
