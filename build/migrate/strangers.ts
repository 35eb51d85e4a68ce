import { isMap } from 'yaml';
import type { Context } from './context.ts';
import { textOf } from './entry.ts';

/** Files that LinuxKit's programs read, and kit's do not. */
const files: readonly (readonly [path: RegExp, text: string, hint?: string])[] = [
  [
    /^etc\/(?:init|shutdown)\.d\//,
    "kit's init runs no scripts of the machine",
    'make it an entry of `onboot` or `onshutdown`',
  ],
  [/^etc\/inittab$/, "kit's init reads no inittab"],
  [
    /^etc\/containerd\//,
    "kit's containerd has settings of kit's own, and reads no others",
    'its messages: kit logs MACHINE containerd',
  ],
  [/^etc\/modules/, "kit's init loads what devices ask for, and reads no such list", 'docs/kernel.md'],
];

const logSocket = '/var/run/memlogdq.sock';

/** Programs and folders of LinuxKit's root that kit's does not have. */
const binds = new Set([
  ...['/usr/bin/ctr', '/usr/bin/runc', '/usr/bin/service', '/usr/bin/logread', '/containers'],
  ...['/sbin/usermode-helper', '/etc/containerd', logSocket],
]);

/** Names what looks for LinuxKit in a machine that is kit's. */
export function askAboutStrangers({ rewriter, entries }: Context): void {
  for (const item of rewriter.source.list('files')?.items ?? []) {
    const pair = isMap(item) ? rewriter.source.pair(item, 'path') : undefined;
    const path = (textOf(pair?.value) ?? '').replace(/^\/+/, '');
    for (const [test, text, hint] of files)
      if (pair && test.test(path)) rewriter.ask(pair.key, `"${path}": ${text}`, hint);
  }
  for (const entry of entries)
    for (const key of ['binds', 'binds.add'])
      for (const [at, bind] of (entry.texts(key) ?? []).entries()) {
        const [source = ''] = bind.split(':');
        if (!binds.has(source) || !entry.keeps(key, at)) continue;
        const hint = source === logSocket ? 'pkg/memlogd has it at /run/memlogd/memlogdq.sock' : undefined;
        rewriter.ask(entry.item(key, at), `"${source}" is in LinuxKit's root, and not in that of kit`, hint);
      }
}
