import { visible } from '../../../lib/errors/visible.ts';
import { cleanHostname } from '../../../lib/net/hostname.ts';
import { ipv4Text } from '../../../lib/net/ipv4.ts';

/**
 * The values of a message's options, by code. What is not of the form that its code demands is read as far as
 * it can be, and named in `faults`: nothing that a server sent for this client is passed over in silence.
 */
export class OptionValues {
  readonly #values: ReadonlyMap<number, Buffer>;
  /** `router: 6 bytes, which are no whole addresses`; at most `mostFaults`. */
  readonly faults: string[] = [];

  constructor(values: ReadonlyMap<number, Buffer>) {
    this.#values = values;
  }

  bytes(code: number): Buffer | undefined {
    return this.#values.get(code);
  }

  /** Whole addresses; what is left over is a fault. */
  addresses(code: number, what: string): string[] {
    const value = this.#values.get(code) ?? Buffer.alloc(0);
    const whole = Math.floor(value.length / 4);
    if (value.length % 4 !== 0) this.fault(what, `${value.length} bytes, which are no whole addresses`);
    return Array.from({ length: whole }, (_, index) => ipv4Text(value, index * 4));
  }

  /** An option that a message has twice is twice as long (RFC 3396): the first value counts. */
  number(code: number, size: 1 | 2 | 4, what: string): number | undefined {
    const value = this.#values.get(code);
    if (value === undefined) return undefined;
    if (value.length !== size) this.fault(what, `${value.length} bytes instead of ${size}`);
    return value.length < size ? undefined : value.readUIntBE(0, size);
  }

  text(code: number): string | undefined {
    return this.#values.get(code)?.toString('latin1').replace(/\0+$/, '');
  }

  hostname(code: number, what: string): string | undefined {
    return this.#names(code, what, (text) => [text])[0];
  }

  /**
   * Option 15 is for one domain (RFC 2132), and is used for several: Amazon's VPC and others put spaces
   * between them, some servers commas.
   */
  domains(code: number, what: string): string[] {
    return this.#names(code, what, (text) => text.split(/[ ,\0]+/).filter(Boolean));
  }

  #names(code: number, what: string, split: (text: string) => string[]): string[] {
    const names = split(this.text(code) ?? '').slice(0, mostNames);
    return names.filter(Boolean).flatMap((name) => {
      const clean = cleanHostname(name);
      if (clean === undefined) this.fault(what, `"${visible(name.slice(0, mostShown))}" is no such name`);
      return clean ?? [];
    });
  }

  fault(what: string, why: string): void {
    if (this.faults.length < mostFaults) this.faults.push(`${what}: ${why}`);
  }
}

const mostFaults = 8;
/** As many as resolv.conf(5) takes, and some that may be wrong. */
const mostNames = 12;
const mostShown = 64;
