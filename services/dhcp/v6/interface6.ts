import type { DnsConfig, Ipv6Config } from '../../../lib/bundle/network.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import type { Link } from '../../../lib/linux/netlink/rtnetlink-link.ts';
import { uptimeMs } from '../../../lib/linux/system/host.ts';
import { applyLease6, clearLease6, missingAddresses } from './apply6.ts';
import { type Dhcpv6Client, startClient6 } from './client6.ts';
import type { Lease6, Settings6 } from './lease6.ts';
import type { RouterAdvertisement } from './router-advertisement.ts';
import { RouterDns } from './router-dns.ts';
import { openRouterSocket, type RouterSocket } from './router-socket.ts';

export interface Interface6Listener {
  /** What `dns` or `ntp` give may have changed, or whether there is a lease. */
  changed(): void;
  log(text: string): void;
}

/** RFC 4861 section 10: how often routers are asked to advertise, and how long is waited in between. */
const solicitations = { most: 3, everyMs: 4000 } as const;
/** The kernel's duplicate address detection takes at most two seconds. */
const detectionMs = 3000;

/** IPv6 of one interface beside what the kernel does: DNS of routers; DHCPv6 as they or the manifest say. */
export class Interface6 {
  readonly #link: Link;
  readonly #config: Ipv6Config;
  readonly #listener: Interface6Listener;
  readonly #client: Dhcpv6Client;
  readonly #routerDns = new RouterDns();
  #routers: RouterSocket | undefined;
  #lease: Lease6 | undefined;
  #settings: Settings6 | undefined;
  #heard = false;
  #carrier = false;
  #solicit: NodeJS.Timeout | undefined;
  #detect: NodeJS.Timeout | undefined;
  #expire: NodeJS.Timeout | undefined;

  constructor(link: Link, config: Ipv6Config, duid: Buffer, listener: Interface6Listener) {
    this.#link = link;
    this.#config = config;
    this.#listener = listener;
    this.#client = startClient6(link, duid, {
      configure: (lease, renewed) => this.#configure(lease, renewed),
      deconfigure: (lease, reason) => this.#deconfigure(lease, reason),
      inform: (settings) => this.#inform(settings),
      log: (text) => listener.log(text),
    });
    this.#want(false, false);
  }

  /** Whether DHCPv6 has given a lease or settings. */
  get ready(): boolean {
    return this.#lease !== undefined || this.#settings !== undefined;
  }

  /** Name servers of routers come before those of DHCPv6 (RFC 8106 section 5.3.1). */
  get dns(): DnsConfig[] {
    const { dns = [], search = [] } = this.#lease ?? this.#settings ?? {};
    const router = this.#routerDns.at(uptimeMs());
    return [router, { servers: dns, search }].map(({ servers, ...rest }) => ({
      ...rest,
      servers: servers.map((server) => scoped(server, this.#link.name)),
    }));
  }

  get ntp(): readonly string[] {
    return (this.#lease ?? this.#settings)?.ntp ?? [];
  }

  /** The carrier came or went. */
  link(carrier: boolean): void {
    if (carrier === this.#carrier) return;
    this.#carrier = carrier;
    this.#client.link(carrier);
    clearTimeout(this.#solicit);
    this.#routers?.close();
    this.#routers = undefined;
    if (!carrier) return;
    this.#heard = false;
    try {
      this.#routers = openRouterSocket(this.#link.index, (advertisement) => this.#advertised(advertisement));
      this.#ask(solicitations.most);
    } catch (error) {
      this.#listener.log(`Cannot hear routers: ${reasonOf(error)}`);
    }
  }

  /** @param release gives a lease back first */
  close(release: boolean): Promise<void> {
    for (const timer of [this.#solicit, this.#detect, this.#expire]) clearTimeout(timer);
    this.#routers?.close();
    return this.#client.close(release);
  }

  #ask(left: number): void {
    if (left === 0 || this.#heard) return;
    try {
      this.#routers?.solicit();
    } catch {
      // The interface may just be going down; routers advertise unasked, too.
    }
    this.#solicit = setTimeout(() => this.#ask(left - 1), solicitations.everyMs);
  }

  #advertised(advertisement: RouterAdvertisement): void {
    this.#heard = true;
    this.#want(advertisement.managed, advertisement.other);
    if (this.#config.acceptRa === false) return;
    if (this.#routerDns.take(advertisement, uptimeMs())) this.#listener.changed();
    this.#expireLater();
  }

  #expireLater(): void {
    clearTimeout(this.#expire);
    const next = this.#routerDns.nextExpiry();
    if (next === undefined) return;
    this.#expire = setTimeout(
      () => {
        this.#listener.changed();
        this.#expireLater();
      },
      Math.min(2 ** 31 - 1, Math.max(1000, next - uptimeMs() + 1)),
    );
  }

  #want(managed: boolean, other: boolean): void {
    const { dhcp, delegate } = this.#config;
    this.#client.want({
      address: dhcp === 'stateful' || (dhcp === 'auto' && managed),
      ...(delegate && { prefix: delegate.length }),
      settings: dhcp === 'stateless' || (dhcp === 'auto' && other),
    });
  }

  #configure(lease: Lease6, renewed: boolean): void {
    const previous = this.#lease;
    this.#lease = lease;
    const to = this.#config.delegate?.to ?? [];
    for (const problem of applyLease6(this.#link, lease, previous, to, uptimeMs()))
      this.#listener.log(problem);
    this.#listener.changed();
    if (renewed) return;
    for (const option of lease.ignored) this.#listener.log(`ignored ${option}`);
    this.#listener.log(describe(lease));
    clearTimeout(this.#detect);
    this.#detect = setTimeout(() => this.#checkDuplicates(), detectionMs);
  }

  /** The kernel removes an address that another host has. */
  #checkDuplicates(): void {
    const missing = this.#lease ? missingAddresses(this.#link, this.#lease) : [];
    if (missing.length > 0) this.#client.conflict(missing);
  }

  #deconfigure(lease: Lease6, reason: string): void {
    this.#lease = undefined;
    clearTimeout(this.#detect);
    clearLease6(this.#link, lease, this.#config.delegate?.to ?? []);
    this.#listener.log(`gave up its DHCPv6 lease: ${reason}`);
    this.#listener.changed();
  }

  #inform(settings: Settings6): void {
    const first = this.#settings === undefined;
    this.#settings = settings;
    this.#listener.changed();
    if (first) this.#listener.log('got settings from a DHCPv6 server');
  }
}

const scoped = (server: string, interfaceName: string): string =>
  /^fe[89ab]/.test(server) ? `${server}%${interfaceName}` : server;

/** `leased fd00::15 and fd00:1::/56 by DHCPv6 for 3600 s` */
function describe({ addresses, prefixes, receivedAt, expiresAt }: Lease6): string {
  const all = [
    ...addresses.map(({ address }) => address),
    ...prefixes.map(({ prefix, length }) => `${prefix}/${length}`),
  ];
  const seconds = Math.round((expiresAt - receivedAt) / 1000);
  return `leased ${all.join(' and ')} by DHCPv6 ${Number.isFinite(seconds) ? `for ${seconds} s` : 'for ever'}`;
}
