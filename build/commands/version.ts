import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../host/context.ts';
import { kitRoot } from '../host/paths.ts';

/** `kit version [--json]`. Hand-parsed, so that the quickest command loads nothing else. */
export async function run(args: readonly string[], { stdout }: Context): Promise<number> {
  const { version } = JSON.parse(await readFile(join(kitRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const facts = { kit: version, node: process.versions.node };
  stdout.write(
    args.includes('--json') ? `${JSON.stringify(facts)}\n` : `kit ${version} (Node ${facts.node})\n`,
  );
  return 0;
}
