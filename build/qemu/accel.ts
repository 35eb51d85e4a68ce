import { KitError } from '../../lib/errors/errors.ts';
import { type Arch, hostArch } from '../host/arch.ts';
import type { Accel } from '../machine/records/record.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';
import { kvmWorks } from './kvm-probe.ts';

/** The accelerator for `--accel`. @throws KitError when KVM is requested but does not work */
export async function chooseAccel(wanted: 'auto' | Accel, arch: Arch, work: Work): Promise<Accel> {
  if (wanted === 'tcg') return 'tcg';
  if (arch === hostArch && (await kvmWorks(await toolsTree(work), work))) return 'kvm';
  if (wanted === 'auto') return 'tcg';
  if (arch !== hostArch)
    throw new KitError(`Cannot use KVM for ${arch}: this host is ${hostArch}`, {
      hint: '--accel auto emulates it',
    });
  throw new KitError('Cannot use KVM: /dev/kvm is missing, may not be opened, or does not run a guest', {
    hint: '--accel auto emulates where KVM does not work',
  });
}
