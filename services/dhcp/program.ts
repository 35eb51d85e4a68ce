import { dirname } from 'node:path';
import { reasonOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { changeLink } from '../../lib/linux/netlink/rtnetlink.ts';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { watchLinks } from '../../lib/linux/netlink/rtnetlink-watch.ts';
import { uptimeMs } from '../../lib/linux/system/host.ts';
import { formatResolvConf, writeInPlace } from '../../lib/net/resolv-conf.ts';
import { applyLease, clearLease, hasAddress } from './apply.ts';
import { type DhcpClient, startClient } from './client.ts';
import { fixedDns, leasedDns } from './dns.ts';
import { askForHostname, markReady, removeLeaseFile, writeLeaseFile } from './lease-file.ts';
import { isManaged } from './managed.ts';
import type { Lease } from './protocol/lease.ts';

export interface Settings {
  /** Globs of interface names; none means the default selection of `isManaged`. */
  readonly patterns: readonly string[];
  readonly resolvConf: string;
  /** Folder of the lease files. */
  readonly folder: string;
  readonly log: (line: string) => void;
}

/** How many texts `turnedDown` has. */
const mostKept = 3;

/** Leases an address for every managed interface, also for those that appear later. */
export class DhcpProgram {
  readonly #settings: Settings;
  readonly #onChange: () => void;
  /** By interface index. */
  readonly #clients = new Map<number, { link: Link; client: DhcpClient }>();
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
    return { carriers, leases: this.#leases.size };
  }

  /** What servers said that was not taken, with the interface's name; the first few. */
  get turnedDown(): readonly string[] {
    return this.#turnedDown;
  }

  /** Exits without sending DHCPRELEASE: addresses stay until their lease expires. */
  async close(): Promise<void> {
    for (const { client } of this.#clients.values()) client.close();
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
        entry.link = link;
        entry.client.update(link);
      }
    }
    this.#onChange();
  }

  #add(link: Link): void {
    const client = startClient(link, {
      configure: (current, lease, renewed) => this.#configure(current, lease, renewed),
      deconfigure: (current, _lease, reason) => this.#deconfigure(current, reason),
      log: (current, text) => this.#log(current, text),
      turnedDown: (current, text) => {
        this.#log(current, text);
        if (this.#turnedDown.length < mostKept) this.#turnedDown.push(`${current.name}: ${text}`);
      },
    });
    this.#clients.set(link.index, { link, client });
    if (!link.up) this.#attempt(link, () => changeLink(link.index, { up: true }));
  }

  /**
   * Keeps the address: either the interface is gone, and its address with it, or the interface is now a
   * bridge port and no longer managed.
   */
  #remove(index: number): void {
    const entry = this.#clients.get(index);
    entry?.client.close();
    this.#clients.delete(index);
    if (entry) removeLeaseFile(this.#settings.folder, entry.link.name);
    if (this.#leases.delete(index)) this.#publish();
  }

  #configure(link: Link, lease: Lease, renewed: boolean): void {
    const done = this.#attempt(link, () => {
      for (const problem of applyLease(link, lease, uptimeMs())) this.#log(link, problem);
      this.#leases.set(link.index, lease);
      writeLeaseFile(this.#settings.folder, link.name, lease);
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
    const leases = [...this.#leases].sort(([one], [other]) => one - other).map(([, lease]) => lease);
    const { resolvConf } = this.#settings;
    const sources = [...fixedDns(dirname(resolvConf)), ...leases.map(leasedDns)];
    writeInPlace(resolvConf, formatResolvConf(sources));
    markReady(this.#settings.folder, leases.length > 0);
    this.#onChange();
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
