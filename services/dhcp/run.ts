import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf } from '../../lib/errors/errors.ts';
import { changeLink } from '../../lib/linux/netlink/rtnetlink.ts';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { watchLinks } from '../../lib/linux/netlink/rtnetlink-watch.ts';
import { uptimeMs } from '../../lib/linux/system/host.ts';
import { chosenHostname, writeHostname } from '../../lib/net/hostname.ts';
import { formatResolvConf, writeInPlace } from '../../lib/net/resolv-conf.ts';
import { applyLease, clearLease, hasAddress } from './apply.ts';
import { type Client, startClient } from './client.ts';
import { fixedDns, leasedDns } from './dns.ts';
import { markReady, removeLeaseFile, writeLeaseFile } from './lease-file.ts';
import type { Lease } from './protocol/lease.ts';
import { isOurs } from './select.ts';

export interface Settings {
  /** Globs; none means every Ethernet interface that is not somebody's virtual one. */
  readonly patterns: readonly string[];
  readonly resolvConf: string;
  /** Where the lease files go. */
  readonly folder: string;
  readonly log: (line: string) => void;
}

/** Leases an address for every interface that is ours, now and when it appears later. */
export class DhcpProgram {
  readonly #settings: Settings;
  readonly #onChange: () => void;
  readonly #ports = new Map<number, { link: Link; client: Client }>();
  readonly #leases = new Map<number, Lease>();
  readonly #watch: { close(): Promise<void> };

  /** `onChange` is called whenever `counts()` may have changed. */
  constructor(settings: Settings, onChange: () => void = () => {}) {
    this.#settings = settings;
    this.#onChange = onChange;
    mkdirSync(settings.folder, { recursive: true });
    // After a restart the machine still has what an earlier run gave it, resolvers too, until a new lease says otherwise.
    if (!hasAddress()) this.#publish();
    this.#watch = watchLinks((links) => this.#look(links));
  }

  /** Of the interfaces that are ours: how many have a carrier, and how many have a lease. */
  counts(): { readonly carriers: number; readonly leases: number } {
    const carriers = [...this.#ports.values()].filter(({ link }) => link.carrier).length;
    return { carriers, leases: this.#leases.size };
  }

  /** Ends without a word to the servers: addresses stay for as long as they are lent. */
  async close(): Promise<void> {
    for (const { client } of this.#ports.values()) client.close();
    await this.#watch.close();
  }

  #look(links: readonly Link[]): void {
    const ours = new Map(
      links.filter((link) => isOurs(link, this.#settings.patterns)).map((link) => [link.index, link]),
    );
    for (const index of this.#ports.keys()) if (!ours.has(index)) this.#drop(index);
    for (const link of ours.values()) {
      const port = this.#ports.get(link.index);
      if (port === undefined) this.#open(link);
      else {
        port.link = link;
        port.client.update(link);
      }
    }
    this.#onChange();
  }

  #open(link: Link): void {
    const client = startClient(link, {
      configure: (current, lease, renewed) => this.#configure(current, lease, renewed),
      deconfigure: (current, _lease, reason) => this.#deconfigure(current, reason),
      log: (current, text) => this.#log(current, text),
    });
    this.#ports.set(link.index, { link, client });
    if (!link.up) this.#attempt(link, () => changeLink(link.index, { up: true }));
  }

  /** The interface is gone, or became a port of a bridge: the kernel took its address along, or somebody else cares for it. */
  #drop(index: number): void {
    const port = this.#ports.get(index);
    port?.client.close();
    this.#ports.delete(index);
    if (port) removeLeaseFile(this.#settings.folder, port.link.name);
    if (this.#leases.delete(index)) this.#publish();
  }

  #configure(link: Link, lease: Lease, renewed: boolean): void {
    const done = this.#attempt(link, () => {
      for (const problem of applyLease(link, lease, uptimeMs())) this.#log(link, problem);
      this.#leases.set(link.index, lease);
      writeLeaseFile(this.#settings.folder, link.name, lease);
      if (lease.hostname !== undefined && chosenHostname() === undefined) writeHostname(lease.hostname);
    });
    this.#publish();
    // When all is in place, so that who reads it may go on; and a renewal every half hour is no news.
    if (done && !renewed) this.#log(link, describe(lease));
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

  /** One interface's trouble (it may vanish at any moment) must not end the others. */
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
