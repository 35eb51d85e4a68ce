import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ToolCommand, toolCommand } from '../../tools/command.ts';
import type { Tools } from '../../tools/tree.ts';
import { qemuFiles } from '../files.ts';
import { qemuDescriptors, waitsForMonitor } from '../qemu-arguments.ts';
import { type RomEnding, serialRom } from './rom.ts';

/** QEMU with a guest that is a few bytes of firmware (`serialRom`), written to `folder`. */
export async function romCommand(
  tools: Tools,
  folder: string,
  text: string,
  ending: RomEnding,
  options: readonly string[] = [],
): Promise<ToolCommand> {
  const rom = join(folder, `${ending}.rom`);
  await writeFile(rom, serialRom(text, ending));
  const { console, qmp } = qemuDescriptors;
  return toolCommand(tools, 'qemu-system-x86_64', [
    ...waitsForMonitor,
    ...['-nodefaults', '-no-user-config', '-display', 'none'],
    ...['-machine', 'q35', '-accel', 'tcg', '-m', '16M', '-bios', rom],
    ...['-chardev', `socket,id=qmp,fd=${qmp}`, '-mon', 'chardev=qmp,mode=control'],
    ...['-chardev', `socket,id=console,fd=${console}`, '-device', 'isa-serial,chardev=console'],
    ...['-chardev', `socket,id=control,path=${qemuFiles.port},server=on,wait=off`],
    ...['-device', 'virtio-serial-pci', '-device', 'virtserialport,chardev=control,name=kit.control.0'],
    ...options,
  ]);
}
