import type { EffectiveEntry } from '../effective-entry.ts';

/** What an entry's capabilities mean for the defaults around it. */
export interface Powers {
  /** Every capability: a privileged container, in the words of Docker. */
  readonly all: boolean;
  /** CAP_SYS_ADMIN, with which a container mounts, and so undoes, whatever is mounted for it. */
  readonly administrator: boolean;
  /** CAP_NET_ADMIN, whose work is done in /proc/sys/net. */
  readonly networks: boolean;
}

/** The powers of an entry: of its effective capabilities and those it can pass on. */
export function powersOf({
  capabilities,
  ambient,
}: Pick<EffectiveEntry, 'capabilities' | 'ambient'>): Powers {
  const names = [...capabilities, ...ambient];
  const all = [capabilities, ambient].some((list) => list.length === 1 && list[0]?.toLowerCase() === 'all');
  return {
    all,
    administrator: all || names.includes('CAP_SYS_ADMIN'),
    networks: all || names.includes('CAP_NET_ADMIN'),
  };
}
