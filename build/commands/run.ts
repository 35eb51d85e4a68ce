import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Context } from '../context.ts';
import { runDetached } from '../run/detached.ts';
import { parseDisk } from '../run/disks.ts';
import { runForeground } from '../run/foreground.ts';
import { prepareMachine, type RunRequest } from '../run/prepare.ts';
import { parsePublish } from '../run/publish.ts';
import { parseCpus, parseMemory } from '../run/sizes.ts';
import { parse, program } from './program.ts';
import { workFor } from './work.ts';

interface Flags {
  readonly name?: string;
  readonly cpus?: string;
  readonly mem?: string;
  readonly disk: readonly string[];
  readonly publish: readonly string[];
  readonly accel: string;
  readonly data?: string;
  readonly dataFile?: string;
  readonly detach?: boolean;
  readonly timeout: string;
  readonly locked?: boolean;
}

const examples = `
Examples:
  kit run examples/minimal.yml                                    build it, boot it, and stay at its console
  kit run --detach --name t1 --publish 2222:22 --data-file user-data examples/sshd.yml
  kit run --mem 2G --cpus 2 --disk data.qcow2,size=4G out/web     the files out/web-kernel, -initrd.img, -cmdline

At the console, Ctrl-] leaves it.`;

/** `kit run`: an image or a manifest to a running machine. */
export async function run(args: readonly string[], context: Context): Promise<number> {
  const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
  const command = program('run', context)
    .description('Boot an image, or build and boot a manifest, as a virtual machine.')
    .usage('[options] [qemu] <image>')
    .argument('<image...>', 'FILE.yml, or the name of a built image')
    .option('--name <name>', 'name of the machine (default: that of the image)')
    .option('--cpus <n>', 'virtual processors (default: 2, or what the host has)')
    .option('--mem <size>', 'memory: 1024, 512M, 2G (default: 1024 MiB, more if the image needs it)')
    .option(
      '--disk <disk>',
      'PATH[,size=1G][,format=raw|qcow2]; made when missing; may be repeated',
      collect,
      [],
    )
    .option('-p, --publish <ports>', '[ADDRESS:]HOST:GUEST[/tcp|udp]; may be repeated', collect, [])
    .option('--accel <how>', 'auto, kvm or tcg', 'auto')
    .option('--data <text>', 'metadata for the guest (user-data)')
    .option('--data-file <file>', 'the same, from a file')
    .option('-d, --detach', 'return when every service is ready, and leave the machine running')
    .option('--timeout <seconds>', 'how long to wait for the services', '300')
    .option('--locked', 'refuse to update lock files')
    .addHelpText('after', examples)
    .action((words: string[], flags: Flags) => start(words, flags, context));
  return parse(command, args);
}

async function start(words: readonly string[], flags: Flags, context: Context): Promise<void> {
  const work = workFor(context, flags.locked === undefined ? {} : { locked: flags.locked });
  const machine = await prepareMachine(await readRequest(imageOf(words), flags, context), context, work);
  const timeoutMs = secondsOf(flags.timeout) * 1000;
  if (!flags.detach) return runForeground(machine, context, timeoutMs);
  await runDetached(machine, context, work, timeoutMs);
  context.stdout.write(`${machine.record.name}\n`);
}

function imageOf(words: readonly string[]): string {
  const [backend = '', image] = words.length === 1 ? ['qemu', ...words] : words;
  if (backend !== 'qemu')
    throw new KitError(`Cannot run on "${backend}": the one backend is qemu`, { exitCode: 2 });
  if (image !== undefined && words.length <= 2) return image;
  throw new KitError(`Cannot run ${words.length - 1} images at once`, { exitCode: 2 });
}

async function readRequest(image: string, flags: Flags, context: Context): Promise<RunRequest> {
  const { accel } = flags;
  if (accel !== 'auto' && accel !== 'kvm' && accel !== 'tcg') {
    throw new KitError(`Cannot use accelerator "${accel}": want auto, kvm or tcg`, { exitCode: 2 });
  }
  return {
    image,
    name: flags.name,
    cpus: flags.cpus === undefined ? undefined : parseCpus(flags.cpus),
    memoryMiB: flags.mem === undefined ? undefined : parseMemory(flags.mem),
    publish: flags.publish.map(parsePublish),
    disks: flags.disk.map((text) => parseDisk(text, context.cwd)),
    accel,
    data: await readData(flags, context.cwd),
  };
}

async function readData({ data, dataFile }: Flags, cwd: string): Promise<Buffer | undefined> {
  if (data !== undefined && dataFile !== undefined) {
    throw new KitError('Cannot take both --data and --data-file', { exitCode: 2 });
  }
  if (dataFile === undefined) return data === undefined ? undefined : Buffer.from(data);
  try {
    return await readFile(resolve(cwd, dataFile));
  } catch (thrown) {
    const reason = codeOf(thrown) === 'ENOENT' ? 'no such file' : reasonOf(thrown);
    throw new KitError(`Cannot read "${dataFile}": ${reason}`, { cause: thrown });
  }
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new KitError(`Cannot wait "${text}" seconds: want a number above 0`, { exitCode: 2 });
}
