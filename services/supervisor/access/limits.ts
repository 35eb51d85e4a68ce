import { Rate, type RateLimit, Rates } from '../audit/rate.ts';
import type { Peer } from './peer.ts';
import type { Role } from './roles.ts';

/** What may be open at one time. A stream is a call that lasts: a followed log, a program, a tunnel. */
export interface Amounts {
  readonly connections: number;
  readonly calls: number;
  readonly streams: number;
}

export interface RoleLimits {
  /** Of one peer, and of all peers with this role together. */
  readonly peer: Amounts;
  readonly all: Amounts;
  /** Calls a second of one peer, and of all together. */
  readonly peerRate: RateLimit;
  readonly allRate: RateLimit;
  /**
   * The part of this process's descriptors above which the role gets no more: the rest belongs to higher
   * roles, and the last of it to the supervisor's own work.
   */
  readonly descriptors: number;
}

const unlimited: RateLimit = { perSecond: 1e9, burst: 1e9 };

/**
 * A reader may be any container, and is not trusted to be sparing. A client that operates or debugs could end
 * the machine anyway: its limits are there for mistakes.
 */
export const accessLimits: Readonly<Record<Role, RoleLimits>> = {
  read: {
    peer: { connections: 8, calls: 16, streams: 8 },
    all: { connections: 64, calls: 96, streams: 32 },
    peerRate: { perSecond: 20, burst: 100 },
    allRate: { perSecond: 60, burst: 400 },
    descriptors: 0.5,
  },
  operate: {
    peer: { connections: 64, calls: 256, streams: 200 },
    all: { connections: 128, calls: 512, streams: 400 },
    peerRate: { perSecond: 200, burst: 1000 },
    allRate: { perSecond: 400, burst: 2000 },
    descriptors: 0.75,
  },
  debug: {
    peer: { connections: 256, calls: 2000, streams: 1000 },
    all: { connections: 512, calls: 4000, streams: 2000 },
    peerRate: unlimited,
    allRate: unlimited,
    descriptors: 0.9,
  },
};

/** What a client holds; to be released once, further calls do nothing. */
export interface Grant {
  release(): void;
}

/** A sentence for the client. */
export type Refusal = string;

export interface DescriptorUse {
  readonly used: number;
  readonly limit: number;
}

type Kind = keyof Amounts;
type Counts = { -readonly [kind in Kind]: number };

/** Counts what all clients of the control protocol have open, over all transports. */
export class AccessLimits {
  readonly #limits: Readonly<Record<Role, RoleLimits>>;
  readonly #descriptors: () => DescriptorUse;
  readonly #peers = new Map<string, Counts>();
  readonly #roles: Record<Role, Counts> = { read: none(), operate: none(), debug: none() };
  readonly #rates: Record<Role, { readonly peers: Rates; readonly all: Rate }>;

  constructor(
    descriptors: () => DescriptorUse,
    limits: Readonly<Record<Role, RoleLimits>> = accessLimits,
    now: () => number = () => performance.now(),
  ) {
    this.#descriptors = descriptors;
    this.#limits = limits;
    const rates = ({ peerRate, allRate }: RoleLimits) => ({
      peers: new Rates(peerRate, now),
      all: new Rate(allRate, now),
    });
    this.#rates = { read: rates(limits.read), operate: rates(limits.operate), debug: rates(limits.debug) };
  }

  /** A new connection. */
  connection(peer: Peer): Grant | Refusal {
    return this.#faultOfDescriptors(peer) ?? this.#take(peer, ['connections']);
  }

  /** A new call. `lasts`: it is a stream. */
  call(peer: Peer, lasts: boolean): Grant | Refusal {
    const busy = this.#faultOfDescriptors(peer) ?? this.#faultOfRate(peer);
    return busy ?? this.#take(peer, lasts ? ['calls', 'streams'] : ['calls']);
  }

  #take(peer: Peer, kinds: readonly Kind[]): Grant | Refusal {
    const { peer: own, all } = this.#limits[peer.role];
    const key = `${peer.role} ${peer.key}`;
    const counts = this.#peers.get(key) ?? none();
    const total = this.#roles[peer.role];
    for (const kind of kinds) {
      if (counts[kind] >= own[kind])
        return `this client has ${own[kind]} ${words[kind]} open, which is its limit; close some of them`;
      if (total[kind] >= all[kind])
        return `clients with role ${peer.role} have ${all[kind]} ${words[kind]} open, which is their limit; try again later`;
    }
    this.#peers.set(key, counts);
    for (const kind of kinds) for (const one of [counts, total]) one[kind] += 1;
    let isHeld = true;
    return {
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        for (const kind of kinds) for (const one of [counts, total]) one[kind] -= 1;
        if (Object.values(counts).every((count) => count === 0)) this.#peers.delete(key);
      },
    };
  }

  #faultOfRate({ role, key }: Peer): Refusal | undefined {
    const { peers, all } = this.#rates[role];
    const { peerRate, allRate } = this.#limits[role];
    if (peers.of(key).take() === undefined)
      return `this client has made more than ${peerRate.perSecond} calls a second; try again later`;
    if (all.take() === undefined)
      return `clients with role ${role} have made more than ${allRate.perSecond} calls a second; try again later`;
    return undefined;
  }

  #faultOfDescriptors({ role }: Peer): Refusal | undefined {
    const { used, limit } = this.#descriptors();
    const most = Math.floor(limit * this.#limits[role].descriptors);
    if (used < most) return undefined;
    return `the supervisor has ${used} files and connections open, and role ${role} may not add to more than ${most}; try again later`;
  }
}

const words = { connections: 'connections', calls: 'calls', streams: 'streams' } as const;

const none = (): Counts => ({ connections: 0, calls: 0, streams: 0 });
