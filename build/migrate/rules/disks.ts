import type { Context } from '../context.ts';
import type { EntryNode } from '../entry.ts';
import { takePart } from '../take.ts';
import { argumentsOf, type Rule, runsAnother } from './rule.ts';

/** The programs of kit's packages, which have LinuxKit's names and arguments. */
const programs: Readonly<Record<string, readonly string[]>> = {
  format: ['/usr/bin/format'],
  mount: ['/usr/bin/mountie'],
  extend: ['/usr/bin/extend'],
  'dm-crypt': ['/usr/bin/crypto'],
  losetup: ['/usr/bin/loopy'],
  swap: ['/swap.sh'],
};

export const diskPart: Rule = (entry, image, context) => {
  if (runsAnother(entry, image, programs[image.name] ?? [], context)) return;
  takePart(entry, image, context);
  askAboutDisks(entry, context);
};

/** LinuxKit's QEMU has SATA disks, kit's has virtio disks. */
function askAboutDisks(entry: EntryNode, { rewriter }: Context): void {
  for (const [at, word] of (entry.command ?? []).entries()) {
    const [disk, letter] = /^\/dev\/sd([a-z])/.exec(word) ?? [];
    if (disk === undefined) continue;
    const text = `"${word}" of "${entry.name}": the disks of \`kit run\` are /dev/vda, /dev/vdb, …`;
    rewriter.ask(entry.item('command', at), text, `for kit run: ${word.replace(disk, `/dev/vd${letter}`)}`);
  }
}

/** The first loop devices of a machine hold its layers. */
const [theirs, ours] = ['/dev/loop0', '/dev/loop100'];

export const losetup: Rule = (entry, image, context) => {
  diskPart(entry, image, context);
  const words = argumentsOf(entry);
  const at = words.findIndex((word) => word === '-d' || word === '--dev');
  if (entry.command?.[0] !== '/usr/bin/loopy' || (at >= 0 && words[at + 1] !== theirs)) return;
  if (at >= 0) entry.replaceItem('command', at + 2, ours);
  else entry.setCommand([...entry.command.slice(0, -1), '--dev', ours, ...entry.command.slice(-1)]);
  const why = 'the first loop devices hold the layers of the machine';
  context.rewriter.change(entry.at('command'), `${ours} in place of ${theirs}: ${why}`);
  const later = context.entries.slice(context.entries.indexOf(entry) + 1);
  for (const other of later)
    for (const [index, word] of (other.command ?? []).entries()) {
      if (word !== theirs) continue;
      other.replaceItem('command', index, ours);
      context.rewriter.change(other.item('command', index), `${ours} in place of ${theirs}`);
    }
};
