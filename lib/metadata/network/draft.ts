import type { MetadataInterface, MetadataNetwork } from '../../bundle/metadata-network.ts';
import type { RouteConfig } from '../../bundle/network.ts';
import { listed, printable } from '../user-data/listed.ts';
import { hostWithPrefix, networkWithPrefix, plainAddress } from './addresses.ts';

/** An interface as it is read; `addresses` and `routes` grow. */
export interface DraftInterface extends MetadataInterface {
  readonly addresses: { address: string; prefix: number }[];
  readonly routes: RouteConfig[];
}

/** A route as documents write it: the network with its prefix or a mask beside it. */
export interface GivenRoute {
  readonly to: string;
  readonly netmask?: string | undefined;
  readonly via?: string | undefined;
  readonly metric?: string | undefined;
}

/** Collects a network while a document is read; `place` is `lineOf` of what is read, for messages. */
export class NetworkDraft {
  readonly problems: string[] = [];
  readonly notes: string[] = [];
  readonly interfaces: DraftInterface[] = [];
  readonly #servers: string[] = [];
  readonly #search: string[] = [];

  addAddress(to: DraftInterface, text: string, netmask: string | undefined, place: string): void {
    const found = hostWithPrefix(text, netmask);
    if (found) to.addresses.push(found);
    else
      this.problem(
        `"${printable(text)}" is no address of "${printable(to.id)}" with its prefix length`,
        place,
      );
  }

  addGateway(to: DraftInterface, via: string, place: string): void {
    this.addRoute(to, { to: via.includes(':') ? '::/0' : '0.0.0.0/0', via }, place);
  }

  addRoute(to: DraftInterface, route: GivenRoute, place: string): void {
    const read = this.#route(route);
    if (typeof read === 'string') this.problem(`a route of "${printable(to.id)}": ${read}`, place);
    else to.routes.push(read);
  }

  #route({ to, netmask, via, metric = '0' }: GivenRoute): RouteConfig | string {
    const gateway = via === undefined || via === '' ? undefined : plainAddress(via);
    if (via && gateway === undefined) return `"${printable(via)}" is no address`;
    const isDefault = to === 'default';
    const family = gateway?.includes(':') ? '::/0' : '0.0.0.0/0';
    const network = networkWithPrefix(isDefault ? family : to, netmask);
    if (network === undefined) return `"${printable(to)}" is no network`;
    if (gateway !== undefined && gateway.includes(':') !== network.address.includes(':'))
      return `"${gateway}" is no gateway to "${printable(to)}": one is IPv4, the other IPv6`;
    if (network.prefix === 0 && gateway === undefined) return 'the default route needs a gateway';
    if (!/^\d{1,10}$/.test(metric) || Number(metric) > 0xffff_ffff)
      return `"${printable(metric)}" is no metric`;
    return {
      ...{ destination: network.address, prefix: network.prefix },
      ...(gateway !== undefined && { gateway }),
      metric: Number(metric),
    };
  }

  addDns(servers: readonly string[], search: readonly string[], place: string): void {
    for (const server of servers.filter((text) => text !== '')) {
      const plain = plainAddress(server);
      if (plain) this.#servers.push(plain);
      else this.problem(`"${printable(server)}" is no address of a name server`, place);
    }
    for (const domain of search.filter((text) => text !== '')) {
      if (/^[A-Za-z0-9_.-]{1,253}$/.test(domain)) this.#search.push(domain);
      else this.problem(`"${printable(domain)}" is no search domain`, place);
    }
  }

  problem(text: string, place: string): void {
    this.problems.push(`Cannot read network-config: ${text}${place}`);
  }

  unobeyed(what: string, place: string, why: string): void {
    this.notes.push(`not obeyed: ${what} of network-config${place}: ${why}`);
  }

  /** Keys of an interface that nothing reads. */
  ignored(id: string, keys: readonly string[], place: string): void {
    if (keys.length > 0)
      this.notes.push(`ignored keys of "${printable(id)}" of network-config: ${listed(keys)}${place}`);
  }

  /** All of it, those below a VLAN before it; a VLAN on nothing is a problem. */
  finish(): MetadataNetwork {
    const done: DraftInterface[] = [];
    let rest = this.interfaces.filter(({ id }, at, all) => {
      const isFirst = all.findIndex((other) => other.id === id) === at;
      if (!isFirst) this.problem(`two interfaces are called "${printable(id)}"`, '');
      return isFirst;
    });
    for (let before = -1; rest.length !== before; ) {
      before = rest.length;
      const isReady = ({ vlan }: DraftInterface): boolean => !vlan || done.some(({ id }) => id === vlan.link);
      const ready = rest.filter(isReady);
      rest = rest.filter((one) => !ready.includes(one));
      done.push(...ready);
    }
    for (const { id, vlan } of rest)
      this.problem(
        `the VLAN "${printable(id)}" is on "${printable(vlan?.link ?? '')}", which is not in it`,
        '',
      );
    return {
      interfaces: done,
      dns: { servers: [...new Set(this.#servers)], search: [...new Set(this.#search)] },
    };
  }
}
