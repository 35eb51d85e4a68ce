import { reasonOf } from '../../../lib/errors/errors.ts';
import type { Pace } from '../association/association.ts';
import type { Address, Ask } from '../association/exchange.ts';
import { type ChosenServers, chooseServers, type ServerSources } from './choose-servers.ts';
import type { ServerName } from './names.ts';
import { Server } from './server.ts';

export interface ServerListSettings {
  readonly sources: ServerSources;
  readonly pace: Pace;
  /** 123 except in tests. */
  readonly port: number;
  readonly resolve: (server: ServerName) => Promise<readonly string[]>;
  /** The clocks of this machine that count. */
  readonly clocks: () => readonly ServerName[];
  readonly asker: (server: ServerName, at: Address) => Ask;
  readonly random: () => number;
  readonly log: (line: string) => void;
}

/** Seconds: for leases and metadata, before the fallback is asked. */
const fallbackAfter = 8;
/** Seconds between attempts to find the addresses of a name. */
const [firstRetry, lastRetry] = [2, 256];

interface Name {
  readonly name: ServerName;
  isResolving: boolean;
  isResolved: boolean;
  retryAt: number;
  wait: number;
}

/** The servers that are asked now, as arguments, metadata and leases name them, by address. */
export class ServerList {
  readonly #settings: ServerListSettings;
  readonly #start: number;
  #names: Name[] = [];
  #servers: Server[] = [];
  #key = '';
  #refused = '';
  #problem = '';
  from = '';

  constructor(settings: ServerListSettings, now: number) {
    this.#settings = settings;
    this.#start = now;
  }

  get servers(): readonly Server[] {
    return this.#servers;
  }

  /** Whether all names have addresses; those that get none within a while are not waited for. */
  isComplete(now: number): boolean {
    return this.#names.every(({ isResolved }) => isResolved) || now - this.#start > 3 * fallbackAfter;
  }

  /**
   * To be called every few seconds: takes over another list, and looks for addresses that are missing.
   * Returns whether the servers are others than before.
   */
  async refresh(now: number): Promise<boolean> {
    const chosen = chooseServers(this.#settings.sources, this.#settings.clocks());
    if (this.#isEarly(chosen, now)) return false;
    const changed = this.#take(chosen, now);
    const found = await Promise.all(this.#names.map((name) => this.#resolve(name, now)));
    return changed || found.some(Boolean);
  }

  /** A server that refuses, or has long been silent, may have another address by now. */
  replace(server: Server, now: number): void {
    const name = this.#names.find(({ name }) => name.host === server.host);
    if (name === undefined || server.host === server.at.address) return;
    this.#servers = this.#servers.filter((one) => one !== server);
    name.isResolved = false;
    name.retryAt = now + name.wait;
    name.wait = Math.min(lastRetry, name.wait * 2);
  }

  #isEarly({ from }: ChosenServers, now: number): boolean {
    return from === 'the fallback' && now - this.#start < fallbackAfter;
  }

  #take({ from, servers, refused }: ChosenServers, now: number): boolean {
    const text = refused.join(', ');
    if (text !== this.#refused && text !== '') this.#settings.log(`not taken as servers: ${text}`);
    this.#refused = text;
    const key = JSON.stringify([from, servers]);
    if (key === this.#key) return false;
    this.#key = key;
    this.from = from;
    this.#settings.log(`asks the servers of ${from}: ${servers.map(({ host }) => host).join(', ')}`);
    this.#names = servers.map((name) => {
      return { name, isResolving: false, isResolved: false, retryAt: now, wait: firstRetry };
    });
    this.#servers = [];
    return true;
  }

  async #resolve(entry: Name, now: number): Promise<boolean> {
    if (entry.isResolved || entry.isResolving || now < entry.retryAt) return false;
    entry.isResolving = true;
    try {
      const addresses = await this.#settings.resolve(entry.name);
      // Another list may have come meanwhile.
      if (!this.#names.includes(entry)) return false;
      entry.isResolved = addresses.length > 0;
      return this.#add(entry, addresses, now);
    } catch (error) {
      const problem = `Cannot find "${entry.name.host}": ${reasonOf(error)}`;
      if (problem !== this.#problem) this.#settings.log(problem);
      this.#problem = problem;
      entry.retryAt = now + entry.wait;
      entry.wait = Math.min(lastRetry, entry.wait * 2);
      return false;
    } finally {
      entry.isResolving = false;
    }
  }

  /** Two names may lead to one server, which counts once. */
  #add({ name }: Name, addresses: readonly string[], now: number): boolean {
    const { pace, port, random, asker } = this.#settings;
    const known = new Set(this.#servers.map(({ at }) => at.address));
    const more = addresses.filter((address) => !known.has(address));
    const made = more.map((address) => {
      const at = { address, port };
      return new Server(name, at, asker(name, at), { pace, now, random });
    });
    this.#servers = [...this.#servers, ...made];
    return made.length > 0;
  }
}
