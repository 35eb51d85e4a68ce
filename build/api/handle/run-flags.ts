import type { RunFlags } from '../../commands/flags/run-flags.ts';
import type { MachineOptions } from './types/options.ts';

/** The flags of `kit run` for these options. */
export function runFlagsOf(options: MachineOptions, name: string): RunFlags {
  const { arch, cpus, memory, metadata, metadataFile, firmware, state, tpm, locked } = options;
  return {
    name,
    disk: options.disks ?? [],
    share: options.shares ?? [],
    publish: options.publish ?? [],
    networking: options.networking ?? 'user',
    accel: options.accel ?? 'auto',
    format: options.format ?? 'kernel+initrd',
    ...{ device: [], smbios: [] },
    // The handle waits itself.
    timeout: '1',
    ...(arch !== undefined && { arch }),
    ...(cpus !== undefined && { cpus: String(cpus) }),
    ...(memory !== undefined && { mem: String(memory) }),
    ...(metadata !== undefined && {
      data: typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
    }),
    ...(metadataFile !== undefined && { dataFile: metadataFile }),
    ...(firmware !== undefined && { [firmware]: true }),
    ...(state !== undefined && { state }),
    ...(tpm !== undefined && { tpm }),
    ...(locked !== undefined && { locked }),
  };
}
