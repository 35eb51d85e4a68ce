import type { Report } from './check.ts';
import { quote } from './quote.ts';
import type { Entry } from './types.ts';

/** Reports names that occur more than once in a list. @param key the list's name in messages */
export function checkNames(key: string, items: readonly unknown[], report: Report): void {
  const first = new Map<string, number>();
  for (const [at, item] of items.entries()) {
    const name = nameOf(item);
    if (name === undefined) continue;
    const before = first.get(name);
    if (before === undefined) first.set(name, at);
    else {
      const message = () => `name ${quote(name)} is already used by ${key}[${before}]`;
      report({ path: [at, 'name'], message });
    }
  }
}

function nameOf(item: unknown): string | undefined {
  const name = typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined;
  return typeof name === 'string' ? name : undefined;
}

/** Reports `after` entries that name missing services or form a cycle. */
export function checkOrder(services: readonly Pick<Entry, 'name' | 'after'>[], report: Report): void {
  const after = new Map(services.map((service) => [service.name, service.after ?? []]));
  for (const [at, service] of services.entries()) {
    for (const [index, name] of (service.after ?? []).entries()) {
      const path = [at, 'after', index];
      if (!after.has(name)) report({ path, message: () => `there is no service ${quote(name)}` });
      else if (waitsFor(after, name, service.name)) {
        report({ path, message: () => `"${service.name}" and "${name}" wait for each other` });
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
