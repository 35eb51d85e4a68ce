import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guestPaths, sections } from '../../lib/bundle/bundle.ts';
import { mount } from '../../lib/linux/mount/mount.ts';

/** The parts of an OCI runtime spec's `linux.resources`, and the controller that each needs. */
const controllers: Readonly<Record<string, string>> = {
  memory: 'memory',
  cpu: 'cpu',
  pids: 'pids',
  blockIO: 'io',
  hugepageLimits: 'hugetlb',
  rdma: 'rdma',
};

/**
 * On a host whose cgroups lack a controller no service with such a limit would start. Those limits are taken out, in
 * copies of the specs that are laid over those of the image; says which. `there`: the controllers that the host has.
 */
export function liftLimits(root: string, scratch: string, there: ReadonlySet<string>): string[] {
  const copies = join(scratch, 'specs');
  mkdirSync(copies);
  const lifted: string[] = [];
  for (const section of sections) {
    for (const name of foldersIn(join(root, guestPaths.containers, section))) {
      const path = join(root, guestPaths.containers, section, name, 'config.json');
      const { text, without } = withoutLimits(readFileSync(path, 'utf8'), there);
      if (without.length === 0) continue;
      const copy = join(copies, `${section}-${name}`);
      writeFileSync(copy, text);
      mount(copy, path, '', ['bind', 'ro']);
      lifted.push(
        `"${name}" runs without its limits of ${without.join(', ')}: this host's cgroups have none`,
      );
    }
  }
  return lifted;
}

interface Spec {
  readonly linux?: { readonly resources?: Readonly<Record<string, unknown>> };
}

/** A spec without the limits that nobody can keep, and their names; exported for its test. */
export function withoutLimits(
  text: string,
  there: ReadonlySet<string>,
): { readonly text: string; readonly without: readonly string[] } {
  const spec = JSON.parse(text) as Spec;
  const entries = Object.entries(spec.linux?.resources ?? {});
  const isLost = (name: string): boolean => {
    const needed = Object.hasOwn(controllers, name) ? controllers[name] : undefined;
    return needed !== undefined && !there.has(needed);
  };
  const without = entries.map(([name]) => name).filter(isLost);
  const resources = Object.fromEntries(entries.filter(([name]) => !isLost(name)));
  return { text: JSON.stringify({ ...spec, linux: { ...spec.linux, resources } }), without };
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    // The image has none of that section.
    return [];
  }
}
