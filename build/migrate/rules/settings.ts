import { isMap } from 'yaml';
import { counterpart, isLeftOut } from '../../parts/counterpart.ts';
import type { Context } from '../context.ts';
import type { EntryNode } from '../entry.ts';
import { textOf } from '../entry.ts';
import { leaveOut, takePackage } from '../take.ts';
import type { Rule } from './rule.ts';

/**
 * PID 1 makes settings of the kernel by itself, and those of /etc/sysctl.d. A file that LinuxKit's container
 * had there by a bind gets that path in the machine.
 */
export const sysctl: Rule = (entry, image, context) => {
  if (!image.row) return;
  const part = counterpart(image.row, context.has);
  const binds = entry.texts(entry.bindsKey) ?? [];
  const foreign = binds.filter((bind) => !takeFile(bind, '/etc/sysctl.d', context));
  if (entry.command === undefined && foreign.length === 0 && isLeftOut(part))
    leaveOut(entry, part.why, context);
  else takeOrAsk(entry, 'sysctl', '/etc/sysctl.d of the machine, which PID 1 reads', context);
};

/** What LinuxKit's sets without files of one's own is set by kit. */
export const sysfs: Rule = (entry, image, context) => {
  if (!image.row) return;
  const part = counterpart(image.row, context.has);
  const isOwn =
    entry.command !== undefined || Object.keys(entry.value).some((key) => key.startsWith('binds'));
  if (!isOwn && isLeftOut(part)) leaveOut(entry, part.why, context);
  else takeOrAsk(entry, 'sysfs', 'an entry of `onboot` of your own', context);
};

function takeOrAsk(entry: EntryNode, name: string, place: string, context: Context): void {
  if (context.has(name)) {
    takePackage(entry, { kind: 'package', name }, context);
    return;
  }
  context.rewriter.ask(
    entry.at(entry.command ? 'command' : 'image'),
    `"${entry.name}" has settings of its own: the entry stays as it is`,
    `put them into ${place}`,
  );
}

/** Whether the bind needs no change, or is of a file of the manifest, which then goes where kit reads it. */
function takeFile(bind: string, folder: string, { rewriter }: Context): boolean {
  const [from = '', to = ''] = bind.split(':');
  if (from === to && to.startsWith(folder)) return true;
  const list = rewriter.source.list('files');
  for (const item of list?.items ?? []) {
    const path = isMap(item) ? rewriter.source.pair(item, 'path') : undefined;
    const text = textOf(path?.value);
    if (!path || text === undefined || `/${text.replace(/^\/+/, '')}` !== from) continue;
    if (!to.startsWith(`${folder}/`)) return false;
    rewriter.replaceText(path.value, to.slice(1));
    rewriter.change(path.key, `the file is "${to.slice(1)}", where PID 1 reads it`);
    return true;
  }
  return false;
}
