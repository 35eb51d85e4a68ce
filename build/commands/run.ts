import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { jsonLine } from '../../lib/errors/visible.ts';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { program } from '../cli/program.ts';
import { repeatable } from '../cli/repeatable.ts';
import type { Context } from '../host/context.ts';
import { machineRow } from '../machine/lifecycle/machine-row.ts';
import { type Machine, readMachine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { backends } from '../monitor/backends.ts';
import { runDetached } from '../run/detached.ts';
import { runForeground } from '../run/foreground.ts';
import { prepareMachine } from '../run/prepare.ts';
import { withAllowFailed } from './flags/allow-failed.ts';
import { withTrustLabels } from './flags/image-options.ts';
import { withJson } from './flags/json.ts';
import { refuseLinuxkitFlags } from './flags/linuxkit-run-flags.ts';
import { withImageLock, withTypeCheck } from './flags/locked.ts';
import { type RunFlags, readRequest, withData, withDisks } from './flags/run-flags.ts';
import { withSources } from './flags/sources.ts';
import { parseSeconds, withTimeout } from './flags/timeout.ts';
import { workFor } from './flags/work-flags.ts';

const examples: Examples = {
  rows: [
    ['kit run examples/minimal.yml', 'build and boot it, and connect to its console'],
    ['kit run --detach --publish 2222:22 --data-file user-data examples/sshd.yml'],
    [
      'kit run --mem 2G --cpus 2 --disk data.qcow2,size=4G out/web',
      'boot out/web-kernel, -initrd.img and -cmdline',
    ],
    ['kit run --share ./src:src,ro web.yml', 'give it a folder of this host'],
    ['kit run --format iso-efi examples/minimal.yml', 'build an ISO, and boot it by UEFI'],
    ['kit run out/web-efi.img', 'boot a disk, an ISO or an EFI program'],
    ['kit run container examples/redis.yml', 'run init in namespaces of this host, without a VM'],
    ['kit run --detach --json examples/redis.yml', 'print the name, state and files of the machine as JSON'],
  ],
  notes: `
With --json, a machine that is not ready is followed by a second line, {error}. Ctrl-] leaves the console. The disk that a machine boots from is not modified, unless --writable is given.`,
};

/** `kit run`: boots an image or a manifest. */
export function verb(context: Context): KitCommand {
  const command = withSources(program('run', context))
    .checkWords(refuseLinuxkitFlags)
    .description('Boot an image, or build and boot a manifest, in a virtual machine or a container.')
    .usage(`[options] [${Object.keys(backends).join('|')}] <image>`)
    .argument('<image...>', 'FILE.yml, a built image, or the common prefix of the names of its files')
    .option('--name <name>', 'name of the machine (default: that of the image)')
    .option('--cpus <n>', 'number of virtual processors (default: 2, at most those of the host)')
    .option('--mem <size>', 'memory: 1024, 512M, 2G (default: 1024 MiB, more if the image needs it)')
    .option('--arch <arch>', 'amd64 or arm64 (default: that of the image, or of this host)');
  withData(withDisks(command))
    .option('--cd <file>', 'an image of a disc for an optical drive, such as a config drive')
    .option(
      '--share <share>',
      'FOLDER:TAG[,ro], a folder of this host for volumes with `share: TAG`; may be repeated',
      repeatable,
      [],
    )
    .option('-p, --publish <ports>', '[ADDRESS:]HOST:GUEST[/tcp|udp]; may be repeated', repeatable, [])
    .option('--networking <mode>', 'user, none, tap,INTERFACE or bridge,BRIDGE', 'user')
    .option('--accel <accelerator>', 'auto, kvm or tcg', 'auto')
    .option('-f, --format <format>', 'format to build a manifest in', 'kernel+initrd')
    .option('--uefi', 'boot by UEFI (default: whatever the image supports)')
    .option('--bios', 'boot by BIOS')
    .option('--fw <file>', 'UEFI firmware')
    .option(
      '--secure-boot <folder>',
      'UEFI firmware that starts what these keys have signed: PK.esl, KEK.esl and db.esl of kit keys secure-boot',
    )
    .option('--iso', 'of several files with the prefix, boot the ISO')
    .option('--squashfs', 'of several files with the prefix, boot the kernel with the squashfs')
    .option('--kernel', 'of several files with the prefix, boot the kernel with the initrd')
    .option('--writable', 'let the machine write to the disk image that it boots from')
    .option('--state <folder>', 'folder in which UEFI variables, the TPM and disks without a path persist')
    .option('--hardware <hardware>', 'resemble a machine of aws, azure, gcp or openstack, or a server')
    .option('--smbios <texts>', 'type=NUMBER,KEY=TEXT of the firmware; may be repeated', repeatable, [])
    .option('--tpm', 'add a TPM 2.0, which is emulated')
    .option('--usb', 'add a USB controller')
    .option('--device <device>', 'add a QEMU device; may be repeated', repeatable, [])
    .option('-d, --detach', 'return once all services are ready, and leave the machine running');
  withJson(command, 'with --detach: print {name, state, ready, publish, dir, console, services, …}');
  withTrustLabels(
    withTypeCheck(
      withImageLock(withAllowFailed(withTimeout(command, 'how long to wait for the services', 300))),
    ),
  )
    .withExamples(examples)
    .action((words: string[], flags: RunFlags) => start(words, flags, context));
  return command;
}

async function start(words: readonly string[], flags: RunFlags, context: Context): Promise<void> {
  // The architecture is part of the request: without the flag, it is detected from the image.
  const { arch: _arch, ...others } = flags;
  const { detach = false, json = false, allowFailed = false } = flags;
  if (json && !detach) {
    throw new KitError('Cannot use --json without --detach: the console is on standard output', {
      exitCode: 2,
    });
  }
  const work = workFor(context, others);
  const options = { timeoutMs: parseSeconds(flags.timeout), allowFailed };
  const machine = await prepareMachine(await readRequest(words, flags, context), context, work);
  if (!detach) return runForeground(machine, context, options);
  const failure = await runDetached(machine, context, work, options).then(
    () => undefined,
    (thrown: unknown) => ({ thrown }),
  );
  if (json) context.stdout.write(jsonLine(await startedMachine(machine, failure === undefined)));
  if (failure) throw failure.thrown;
  if (!json) context.stdout.write(`${machine.record.name}\n`);
}

/** The object of `--json`: that of `kit ps --json` for the machine, and where its files are. */
async function startedMachine(machine: Machine, ready: boolean): Promise<object> {
  const { dir } = machine;
  const row = await machineRow((await readMachine(dir)) ?? machine);
  return { ...row, ready, dir, console: join(dir, machineFiles.console) };
}
