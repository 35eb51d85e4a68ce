import type { Report } from './check.ts';
import type { Entry, EntryDefaults, FileEntry } from './types.ts';

/** What a row of the table cannot say of an entry: combinations of fields, and what belongs to which section. */
export function checkEntry(entry: EntryDefaults, report: Report): void {
  for (const [at, device] of (entry.devices ?? []).entries()) {
    if (device.path !== 'all' && device.mode === undefined) {
      report({ path: ['devices', at], say: () => `device "${device.path}" has no "mode"` });
    }
  }
  const probes = Object.keys(entry.ready ?? { tcp: 0 });
  if (probes.length !== 1) {
    report({ path: ['ready'], say: () => 'ready must have exactly one of "tcp", "file"' });
  }
}

/** The lists that hold names which only one item may have. */
export function checkNames(key: string, items: readonly unknown[], report: Report): void {
  const first = new Map<string, number>();
  for (const [at, item] of items.entries()) {
    const name = nameOf(item);
    if (name === undefined) continue;
    const before = first.get(name);
    if (before === undefined) first.set(name, at);
    else report({ path: [at, 'name'], say: () => `name "${name}" is taken by ${key}[${before}]` });
  }
}

function nameOf(item: unknown): string | undefined {
  const name = typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined;
  return typeof name === 'string' ? name : undefined;
}

const contentKeys = ['directory', 'symlink', 'contents', 'source', 'metadata'] as const;

/** A file has exactly one thing that says what it is. */
export function checkFile(file: FileEntry, report: Report): void {
  const given = contentKeys.filter((key) => file[key] !== undefined && file[key] !== false);
  const oneOf = contentKeys.map((key) => `"${key}"`).join(', ');
  if (given.length === 0) report({ path: [], say: () => `file "${file.path}" needs one of ${oneOf}` });
  if (given.length > 1) {
    const both = given.map((key) => `"${key}"`).join(' and ');
    report({ path: [], say: () => `file "${file.path}" has ${both}: only one of them can be` });
  }
}

/** The services that `after` names are there, and none waits for itself in the end. */
export function checkOrder(services: readonly Pick<Entry, 'name' | 'after'>[], report: Report): void {
  const after = new Map(services.map((service) => [service.name, service.after ?? []]));
  for (const [at, service] of services.entries()) {
    for (const [index, name] of (service.after ?? []).entries()) {
      const path = [at, 'after', index];
      if (!after.has(name)) report({ path, say: () => `no service is called "${name}"` });
      else if (waitsFor(after, name, service.name)) {
        report({ path, say: () => `"${service.name}" and "${name}" wait for each other` });
      }
    }
  }
}

function waitsFor(after: ReadonlyMap<string, readonly string[]>, from: string, target: string): boolean {
  const seen = new Set<string>();
  const pending = [from];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === target) return true;
    if (!seen.has(name)) pending.push(...(after.get(name) ?? []));
    seen.add(name);
  }
  return false;
}
