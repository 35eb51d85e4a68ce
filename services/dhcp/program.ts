import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { changeLink } from '../../lib/linux/netlink/rtnetlink.ts';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { watchLinks } from '../../lib/linux/netlink/rtnetlink-watch.ts';
import { uptimeMs } from '../../lib/linux/system/host.ts';
import { formatResolvConf, writeInPlace } from '../../lib/net/resolv-conf.ts';
import { applyLease, clearLease, clearRoutes, hasAddress } from './apply.ts';
import { type DhcpClient, type LeaseListener, startClient } from './client.ts';
import { dhcpSettings, dnsSources, leasedDns } from './dns.ts';
import { askForHostname, markReady, removeLeaseFile, writeLeaseFile, writeNtpFile } from './lease-file.ts';
import { isManaged, isOnlyIpv6 } from './managed.ts';
import type { Lease } from './protocol/lease.ts';
import { keepLease, rememberedAddress } from './remembered.ts';
import { machineDuid } from './v6/duid.ts';
import { Interface6 } from './v6/interface6.ts';

export interface Settings {
  /** Globs of interface names; none means the default selection of `isManaged`. */
  readonly patterns: readonly string[];
  readonly resolvConf: string;
  /** Folder of the lease files. */
  readonly folder: string;
  /** Folder of what is kept over restarts. */
  readonly stateFolder: string;
  readonly log: (line: string) => void;
}

interface Managed {
  link: Link;
  readonly client?: DhcpClient | undefined;
  readonly six?: Interface6 | undefined;
}

/** How many texts `turnedDown` has. */
const mostKept = 3;

/** Leases an address for every managed interface, also for those that appear later. */
export class DhcpProgram {
  readonly #settings: Settings;
  readonly #onChange: () => void;
  /** By interface index; without `client` or `six` where the manifest wants only the other. */
  readonly #clients = new Map<number, Managed>();
  readonly #leases = new Map<number, Lease>();
  readonly #turnedDown: string[] = [];
  readonly #watch: { close(): Promise<void> };

  /** `onChange` is called whenever `counts()` may have changed. */
  constructor(settings: Settings, onChange: () => void = () => {}) {
    this.#settings = settings;
    this.#onChange = onChange;
    makeFolder(settings.folder);
    // After a restart, addresses and resolv.conf of the earlier run stay until a new lease replaces them.
    if (!hasAddress()) this.#publish();
    this.#watch = watchLinks((links) => this.#update(links));
  }

  /** How many of the managed interfaces have a carrier, and how many have a lease. */
  counts(): { readonly carriers: number; readonly leases: number } {
    const carriers = [...this.#clients.values()].filter(({ link }) => link.carrier).length;
    return { carriers, leases: this.#leases.size + this.#readyOfIpv6() };
  }

  /** What servers said that was not taken, with the interface's name; the first few. */
  get turnedDown(): readonly string[] {
    return this.#turnedDown;
  }

  /**
   * Addresses stay until their lease expires: connections survive a restart of this program. @param release
   * gives leases of DHCPv6 back; those of DHCPv4 are asked for again at the next boot
   */
  async close({ release = false } = {}): Promise<void> {
    const closing = [...this.#clients.values()].map(({ client, six }) => {
      client?.close();
      return six?.close(release);
    });
    await Promise.all(closing);
    await this.#watch.close();
  }

  #update(links: readonly Link[]): void {
    const managed = new Map(
      links.filter((link) => isManaged(link, this.#settings.patterns)).map((link) => [link.index, link]),
    );
    for (const index of this.#clients.keys()) if (!managed.has(index)) this.#remove(index);
    for (const link of managed.values()) {
      const entry = this.#clients.get(link.index);
      if (entry === undefined) this.#add(link);
      else {
        const { carrier, carrierChanges } = entry.link;
        entry.link = link;
        entry.client?.update(link);
        // A short loss that was over before this listing counts, too.
        if (carrier && carrierChanges !== link.carrierChanges) entry.six?.link(false);
        entry.six?.link(link.carrier);
      }
    }
    this.#onChange();
  }

  #add(link: Link): void {
    // Before the clients: they may have something to tell at once.
    if (!link.up) this.#attempt(link, () => changeLink(link.index, { up: true }));
    const client = isOnlyIpv6(link) ? undefined : this.#startClient(link);
    const six = this.#startIpv6(link);
    this.#clients.set(link.index, { link, client, six });
    six?.link(link.carrier);
  }

  #startClient(link: Link): DhcpClient {
    const { stateFolder } = this.#settings;
    const listener: LeaseListener = {
      configure: (current, lease, renewed) => this.#configure(current, lease, renewed),
      deconfigure: (current, _lease, reason) => this.#deconfigure(current, reason),
      suspend: (current) => this.#attempt(current, () => clearRoutes(current)),
      log: (current, text) => this.#log(current, text),
      turnedDown: (current, text) => {
        this.#log(current, text);
        if (this.#turnedDown.length < mostKept) this.#turnedDown.push(`${current.name}: ${text}`);
      },
    };
    return startClient(link, listener, rememberedAddress(stateFolder, link.name, link.mac, Date.now()));
  }

  #startIpv6(link: Link): Interface6 | undefined {
    const { resolvConf, stateFolder } = this.#settings;
    const settings = dhcpSettings(dirname(resolvConf));
    const config = (Object.hasOwn(settings, link.name) && settings[link.name]) || { dhcp: 'auto' };
    if ((config.dhcp === 'off' && !config.delegate) || !existsSync('/proc/net/if_inet6')) return undefined;
    const duid = machineDuid(stateFolder, link.mac, Date.now());
    return new Interface6(link, config, duid, {
      changed: () => this.#publish(),
      log: (text) => this.#log(link, text),
    });
  }

  #readyOfIpv6(): number {
    return [...this.#clients.values()].filter(({ link, six }) => isOnlyIpv6(link) && six?.ready).length;
  }

  /**
   * Keeps the address: either the interface is gone, and its address with it, or the interface is now a
   * bridge port and no longer managed.
   */
  #remove(index: number): void {
    const entry = this.#clients.get(index);
    entry?.client?.close();
    void entry?.six?.close(false);
    this.#clients.delete(index);
    if (entry) {
      removeLeaseFile(this.#settings.folder, entry.link.name);
      writeNtpFile(this.#settings.folder, entry.link.name, []);
    }
    this.#leases.delete(index);
    this.#publish();
  }

  #configure(link: Link, lease: Lease, renewed: boolean): void {
    const done = this.#attempt(link, () => {
      for (const problem of applyLease(link, lease, uptimeMs())) this.#log(link, problem);
      this.#leases.set(link.index, lease);
      writeLeaseFile(this.#settings.folder, link.name, lease);
      keepLease(this.#settings.stateFolder, link.name, link.mac, lease);
      if (lease.hostname !== undefined) askForHostname(this.#settings.folder, lease.hostname);
    });
    this.#publish();
    // Logged last, so that everything is in place once this line appears. Renewals are too frequent to log.
    if (!done || renewed) return;
    for (const text of lease.assumed) this.#log(link, text);
    for (const option of lease.ignored) this.#log(link, `ignored ${option}`);
    this.#log(link, describe(lease));
  }

  #deconfigure(link: Link, reason: string): void {
    this.#log(link, `gave up its address: ${reason}`);
    this.#attempt(link, () => clearLease(link));
    this.#leases.delete(link.index);
    removeLeaseFile(this.#settings.folder, link.name);
    this.#publish();
  }

  #publish(): void {
    const { resolvConf, folder } = this.#settings;
    const learned = this.#inOrder().flatMap(({ link, six }) => {
      const lease = this.#leases.get(link.index);
      return [...(lease ? [leasedDns(lease)] : []), ...(six?.dns ?? [])];
    });
    writeInPlace(resolvConf, formatResolvConf(dnsSources(dirname(resolvConf), learned)));
    for (const { link, six } of this.#inOrder())
      this.#attempt(link, () =>
        writeNtpFile(folder, link.name, [...(this.#leases.get(link.index)?.ntp ?? []), ...(six?.ntp ?? [])]),
      );
    markReady(folder, this.#leases.size + this.#readyOfIpv6() > 0);
    this.#onChange();
  }

  #inOrder(): Managed[] {
    return [...this.#clients.values()].sort((one, other) => one.link.index - other.link.index);
  }

  /** An error of one interface (it may vanish at any moment) must not end the program. */
  #attempt(link: Link, work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      this.#log(link, reasonOf(error));
      return false;
    }
  }

  #log(link: Link, text: string): void {
    this.#settings.log(`${link.name}: ${text}`);
  }
}

/** `leased 10.0.2.15/24 from 10.0.2.2 for 86400 s` */
function describe({ address, prefix, server, seconds }: Lease): string {
  const time = Number.isFinite(seconds) ? `for ${seconds} s` : 'for ever';
  return `leased ${address}/${prefix} from ${server} ${time}`;
}
