import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { readRecord } from '../../../build/machine/records/record.ts';

/** Ticks of a second in /proc: USER_HZ. */
const ticks = 100;

/**
 * The processor time that QEMU has used. Unlike the time on a clock it hardly depends on what else the host
 * does, and an emulated machine that starts services uses a processor all the time.
 */
export class ProcessorTime {
  readonly #file: string;

  constructor(pid: number) {
    this.#file = `/proc/${pid}/stat`;
  }

  /** @param dir the machine's folder */
  static async of(dir: string): Promise<ProcessorTime> {
    const guest = (await readRecord(dir))?.guest;
    if (!guest) throw new Error(`No machine runs in "${dir}"`);
    return new ProcessorTime(guest.pid);
  }

  /** Seconds, of all threads. */
  async seconds(): Promise<number> {
    // proc_pid_stat(5); the name of the program, in parentheses, may have spaces: utime is 11 words after it.
    const text = await readFile(this.#file, 'utf8');
    const words = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(words[11]) + Number(words[12])) / ticks;
  }

  /**
   * Waits until the machine only keeps itself going: fifty idle containers take some 15 % of an emulated
   * processor, services that start take all of it.
   */
  async untilIdle(): Promise<void> {
    for (let round = 0; round < 200; round += 1) {
      const before = await this.seconds();
      await pause(3000);
      if ((await this.seconds()) - before < 0.9) return;
    }
    throw new Error('The machine is still busy after ten minutes');
  }
}
