import type { Context } from '../host/context.ts';
import { backends } from '../monitor/backends.ts';
import { runDetached } from '../run/detached.ts';
import { runForeground } from '../run/foreground.ts';
import { prepareMachine } from '../run/prepare.ts';
import { parse, program } from './flags/program.ts';
import { type RunFlags, readRequest } from './flags/run-flags.ts';
import { refuseForeignFlags } from './flags/run-foreign-flags.ts';
import { millisecondsOf } from './flags/seconds.ts';
import { withSources } from './flags/sources.ts';
import { workFor } from './flags/work-flags.ts';

const examples = `
Examples:
  kit run examples/minimal.yml                                    build it, boot it, and stay at its console
  kit run --detach --name t1 --publish 2222:22 --data-file user-data examples/sshd.yml
  kit run --mem 2G --cpus 2 --disk data.qcow2,size=4G out/web     the files out/web-kernel, -initrd.img, -cmdline
  kit run --format iso-efi examples/minimal.yml                   built as an ISO, booted by UEFI
  kit run out/web-efi.img                                         a disk, an ISO or an EFI program as it is
  kit run container examples/redis.yml                            no machine: its init in namespaces, in a second

At the console, Ctrl-] leaves it. A disk that is booted from is not written to, unless --writable says so.`;

/** `kit run`: an image or a manifest to a running machine. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  refuseForeignFlags(args);
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  const command = withSources(program('run', context))
    .description('Boot an image, or build and boot a manifest, as a virtual machine or a container.')
    .usage(`[options] [${Object.keys(backends).join('|')}] <image>`)
    .argument('<image...>', 'FILE.yml, a built image, or the first part of the names of its files')
    .option('--name <name>', 'name of the machine (default: that of the image)')
    .option('--cpus <n>', 'virtual processors (default: 2, or what the host has)')
    .option('--mem <size>', 'memory: 1024, 512M, 2G (default: 1024 MiB, more if the image needs it)')
    .option('--arch <arch>', 'amd64 or arm64 (default: that of the image, or of this host)')
    .option(
      '--disk <disk>',
      'PATH[,size=1G][,format=raw|qcow2|vmdk|vhd]; made when missing; may be repeated',
      collect,
      [],
    )
    .option('-p, --publish <ports>', '[ADDRESS:]HOST:GUEST[/tcp|udp]; may be repeated', collect, [])
    .option('--networking <how>', 'user, none, tap,INTERFACE or bridge,BRIDGE', 'user')
    .option('--accel <how>', 'auto, kvm or tcg', 'auto')
    .option('--data <text>', 'metadata for the guest (user-data)')
    .option('--data-file <file>', 'the same, from a file')
    .option('-f, --format <format>', 'format that a manifest is built in', 'kernel+initrd')
    .option('--uefi', 'boot by UEFI (default: as the image needs it)')
    .option('--bios', 'boot by BIOS')
    .option('--fw <file>', 'UEFI firmware to use')
    .option('--iso', 'of files with one name, the ISO')
    .option('--squashfs', 'of files with one name, kernel and squashfs')
    .option('--kernel', 'of files with one name, kernel and initrd')
    .option('--writable', 'let the machine write to the disk image that it boots from')
    .option('--state <folder>', 'where disks without a path and UEFI variables outlive the machine')
    .option('--usb', 'a USB controller')
    .option('--device <device>', "one more of QEMU's devices; may be repeated", collect, [])
    .option('-d, --detach', 'return when every service is ready, and leave the machine running')
    .option('--timeout <seconds>', 'how long to wait for the services', '300')
    .option('--locked', 'refuse images that are not in kit.lock, and to update lock files of Debian packages')
    .addHelpText('after', examples)
    .action((words: string[], flags: RunFlags) => start(words, flags, context));
  return parse(command, args);
}

async function start(words: readonly string[], flags: RunFlags, context: Context): Promise<void> {
  // Of the architecture the request speaks, which may find it out from the image.
  const { arch: _arch, ...others } = flags;
  const work = workFor(context, others);
  const machine = await prepareMachine(await readRequest(words, flags, context), context, work);
  const timeoutMs = millisecondsOf(flags.timeout);
  if (!flags.detach) return runForeground(machine, context, timeoutMs);
  await runDetached(machine, context, work, timeoutMs);
  context.stdout.write(`${machine.record.name}\n`);
}
