import type { ImageInventory } from './inventory.ts';

/** What another image changes in a machine. All lists are sorted. */
export interface UpdatePlan {
  /** Services whose bundle differs: their settings or their layers. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** What only a boot can change; names of `ImageInventory.machine`. */
  readonly reboot: readonly string[];
}

export function planUpdate(current: ImageInventory, next: ImageInventory): UpdatePlan {
  const services = differences(current.services, next.services);
  const { changed, added, removed } = differences(current.machine, next.machine);
  return { ...services, reboot: [...changed, ...added, ...removed].sort() };
}

/** The services that it starts, ends or replaces. */
export const isEmpty = ({ changed, added, removed }: Omit<UpdatePlan, 'reboot'>): boolean =>
  changed.length + added.length + removed.length === 0;

/** Why the machine must not have the other image at all; undefined: it may. A sentence fragment. */
export function whyRefused(current: ImageInventory, next: ImageInventory): string | undefined {
  if (next.arch !== current.arch) return `the image is for ${next.arch}, and the machine is ${current.arch}`;
  if (next.stateVersion < current.stateVersion)
    return `its stateVersion is ${next.stateVersion}, and the machine's data may be of version ${current.stateVersion} already, which an older image cannot read`;
  return undefined;
}

const mostNamed = 6;

/** `the kernel, file "/etc/motd" and 3 more differ` */
export function rebootText({ reboot }: Pick<UpdatePlan, 'reboot'>): string {
  const named = reboot.slice(0, mostNamed);
  const rest = reboot.length - named.length;
  const all = rest > 0 ? [...named, `${rest} more`] : named;
  const last = all.at(-1) ?? '';
  const list = all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${last}` : last;
  return `${list} ${reboot.length > 1 ? 'differ' : 'differs'}`;
}

interface Differences {
  readonly changed: string[];
  readonly added: string[];
  readonly removed: string[];
}

type Digests = Readonly<Record<string, string>>;

function differences(before: Digests, after: Digests): Differences {
  const isNew = (name: string): boolean => !Object.hasOwn(before, name);
  const names = Object.keys(after).sort();
  return {
    changed: names.filter((name) => !isNew(name) && before[name] !== after[name]),
    added: names.filter(isNew),
    removed: Object.keys(before)
      .filter((name) => !Object.hasOwn(after, name))
      .sort(),
  };
}
