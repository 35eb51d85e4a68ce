import { accessSync, constants } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnProgram } from '../../lib/linux/process/spawn.ts';
import { inScratch } from '../cache/scratch.ts';
import { writeJson } from '../cache/write.ts';
import { hostArch } from '../host/arch.ts';
import { type ToolCommand, toolCommand } from '../tools/command.ts';
import type { Tools } from '../tools/tree.ts';
import type { Work } from '../work/work.ts';
import { probePorts, probeRom } from './probe-rom.ts';

/**
 * A processor that really runs guests needs 20 ms; this much is for a busy host that starts QEMU from a cold
 * disk.
 */
const probeMs = 4000;

/**
 * Whether KVM runs a guest here, found out by running one: /dev/kvm may open, and even create a machine, on
 * hosts where it cannot. The answer is kept until the host boots again or QEMU changes.
 */
export async function kvmWorks(tools: Tools, work: Work): Promise<boolean> {
  if (!mayUseKvm()) return false;
  // The probe's guest is x86 code. Elsewhere the watchdog on the first word finds out.
  if (hostArch !== 'amd64') return true;
  const file = join(work.cache.dir, 'derived', 'kvm-probe.json');
  const key = `${await bootId()} ${tools.hash}`;
  const known = await readAnswer(file);
  if (known?.key === key) return known.works;
  const works = await work.progress.task('Try KVM', () => probe(tools, 'kvm', work));
  await mkdir(join(work.cache.dir, 'derived'), { recursive: true });
  await writeJson(file, { key, works } satisfies Answer);
  return works;
}

interface Answer {
  readonly key: string;
  readonly works: boolean;
}

function mayUseKvm(): boolean {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}

async function readAnswer(file: string): Promise<Answer | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Answer;
  } catch {
    // Never asked, or half a file of a kit that was killed: ask again.
    return undefined;
  }
}

/** Runs the probe's guest; exported so that a test can run it under emulation, where it must work. */
export async function probe(
  tools: Tools,
  accel: 'kvm' | 'tcg',
  work: Work,
  limitMs = probeMs,
): Promise<boolean> {
  const found = await inScratch(work.cache.dir, async (folder) => {
    const rom = join(folder, 'rom');
    await writeFile(rom, probeRom());
    const command = toolCommand(tools, 'qemu-system-x86_64', probeArguments(accel, rom));
    return says(command, 'K', AbortSignal.any([work.signal, AbortSignal.timeout(limitMs)]));
  });
  work.signal.throwIfAborted();
  return found;
}

function probeArguments(accel: string, rom: string): string[] {
  return [
    ...[
      '-nodefaults',
      '-no-user-config',
      '-display',
      'none',
      '-machine',
      'q35',
      '-accel',
      accel,
      '-m',
      '16M',
    ],
    ...['-bios', rom, '-debugcon', 'stdio'],
    ...['-device', `isa-debug-exit,iobase=${probePorts.exit},iosize=1`],
  ];
}

/**
 * Whether the program writes that text before the signal; it is killed then. @throws when it does not start
 */
function says({ file, args, env }: ToolCommand, text: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawnProgram(file, args, {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      signal,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.on('data', (bytes) => {
      output += bytes;
    });
    child.on('error', (thrown) => {
      // Also how an abort is reported, which is an answer here: 'close' follows.
      if (!signal.aborted) reject(thrown);
    });
    child.once('close', () => resolve(output.includes(text)));
  });
}
