import { reasonOf } from '../../../lib/errors/errors.ts';
import type { PtpClock, PtpReading } from '../../../lib/linux/system/ptp.ts';
import { mostServers, type ServerName } from '../servers/names.ts';

/** The PTP clocks of this machine: the kernel's, or those of a test. */
export interface PtpClocks {
  list(): readonly PtpClock[];
  /** @throws an error with a reason */
  read(path: string): readonly PtpReading[];
}

/**
 * What drivers call the clocks of hypervisors and clouds, which show the host's time, in UTC: KVM, Hyper-V,
 * VMware, Amazon's network cards. Those of other network cards show whatever they were set to.
 */
const ofHosts = [/^KVM virtual PTP$/, /^hyperv$/, /^ptp_vmw$/, /^ena-ptp-[0-9a-f]{2}$/];

/** The clocks that are asked as servers are. */
export class OwnClocks {
  readonly #choice: string;
  readonly #ptp: PtpClocks;
  readonly #log: (line: string) => void;
  /** By device: '' if it could be read once, else the reason why not. */
  readonly #tried = new Map<string, string>();

  /** @param choice `auto`, `off`, or the name of one */
  constructor(choice: string, ptp: PtpClocks, log: (line: string) => void) {
    this.#choice = choice;
    this.#ptp = ptp;
    this.#log = log;
  }

  /** Those that can be read: others must not keep the machine from asking elsewhere. */
  get names(): ServerName[] {
    const usable = this.#ptp
      .list()
      .filter(({ name, path }) => this.#isChosen(name) && this.#isUsable(name, path));
    const names = [...new Set(usable.map(({ name }) => name))].slice(0, mostServers);
    return names.map((host) => ({ protocol: 'ptp', host, addresses: 1 }));
  }

  #isChosen(name: string): boolean {
    if (this.#choice === 'auto') return ofHosts.some((pattern) => pattern.test(name));
    return this.#choice !== 'off' && this.#choice === name;
  }

  #isUsable(name: string, path: string): boolean {
    const before = this.#tried.get(path);
    if (before === '') return true;
    const problem = this.#attempt(path);
    this.#tried.set(path, problem);
    if (problem !== '' && problem !== before) this.#log(`${name} (${path}) is not asked: ${problem}`);
    return problem === '';
  }

  #attempt(path: string): string {
    try {
      this.#ptp.read(path);
      return '';
    } catch (error) {
      return reasonOf(error);
    }
  }
}
