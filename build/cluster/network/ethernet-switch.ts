/** Where frames leave the switch, such as the connection of a machine. */
export interface Port {
  /** Takes a frame, or loses it if it cannot. */
  send(frame: Buffer): void;
}

/** Addresses that a switch remembers. A machine that sends from many would fill its memory otherwise. */
const mostAddresses = 4096;

/** Shorter ones have no destination and source. */
const leastFrame = 14;

/**
 * An Ethernet switch that learns which address is behind which port (IEEE 802.1D, without spanning trees).
 */
export class EthernetSwitch {
  readonly #ports = new Set<Port>();
  readonly #behind = new Map<string, Port>();

  add(port: Port): void {
    this.#ports.add(port);
  }

  remove(port: Port): void {
    this.#ports.delete(port);
    for (const [address, its] of this.#behind) if (its === port) this.#behind.delete(address);
  }

  /** Passes on a frame that came in by a port. */
  forward(frame: Buffer, from: Port): void {
    if (frame.length < leastFrame) return;
    this.#learn(frame.toString('hex', 6, 12), from);
    const to = isGroup(frame) ? undefined : this.#behind.get(frame.toString('hex', 0, 6));
    if (to) {
      if (to !== from) to.send(frame);
      return;
    }
    for (const port of this.#ports) if (port !== from) port.send(frame);
  }

  #learn(address: string, from: Port): void {
    if (this.#behind.has(address) || this.#behind.size < mostAddresses) this.#behind.set(address, from);
  }
}

/** Broadcast or multicast: the lowest bit of the first byte. */
const isGroup = (frame: Buffer): boolean => ((frame[0] ?? 0) & 1) === 1;
