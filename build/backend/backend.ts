import type { Context } from '../host/context.ts';
import type { Machine } from '../machine/records/find.ts';
import type { MachineRecord } from '../machine/records/record.ts';
import type { InitrdLayers } from '../media/initrd-layers.ts';
import type { Work } from '../work.ts';
import type { Instance } from './instance.ts';
import type { RunRequest } from './request/request.ts';

/**
 * One way to run a machine: QEMU, or a container on the host's kernel. A backend is a folder of build/ and
 * its row in build/monitor/backends.ts. `Launch` is the data that its plan passes to its instance: plain
 * JSON, stored in launch.json, because the two run in different processes (`kit run` and the monitor).
 */
export interface Backend<Launch extends object = object> {
  /**
   * Decides in `kit run` how the machine will run: builds or finds the image, checks memory and flags.
   * Implementations import their planning code here, when called: it pulls in the whole builder, which the
   * monitor must not load.
   * @throws KitError for a request that this backend cannot fulfil
   */
  plan(request: RunRequest, context: Context, work: Work): Promise<RunPlan<Launch>>;

  /**
   * How the machine is started with another image at its next boot. Undefined: it boots from something else
   * than the files of an image in format kernel+initrd.
   */
  nextLaunch(machine: Machine, old: Launch, image: NextBoot, work: Work): Promise<Launch | undefined>;

  /** Removes a folder that its machines have written to, such as those of disks. */
  removeFolder(dir: string, work: Work): Promise<void>;

  /** Prepares, in the monitor, one run of the machine. Nothing is started before `Instance.run`. */
  instance(machine: Machine, launch: Launch): Instance | Promise<Instance>;
}

/** An image in format kernel+initrd, for the next boot of a machine. */
export interface NextBoot extends InitrdLayers {
  /** Null: the machine has no kernel of its own. */
  readonly kernel: string | null;
  readonly initrd: string;
  readonly cmdline: string;
  /** The id of the layer that only this image has. */
  readonly top: string;
}

/** How a machine will run, decided before it has a name and a folder. */
export interface RunPlan<Launch extends object = object> {
  readonly settings: Pick<MachineRecord, 'boot' | 'arch' | 'accel' | 'cpus' | 'memoryMiB'>;
  /** Creates the files that the machine needs in its folder, and returns the contents of launch.json. */
  createFiles(machine: Machine): Promise<Launch>;
}

/** The backends by the names that `kit run` takes and launch.json stores as `kind`. */
export type Backends = Readonly<Record<string, Backend>>;
