import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../host/paths.ts';
import { type Counterpart, counterpart, isLeftOut } from '../parts/counterpart.ts';
import { type LinuxkitImage, partSentence } from '../parts/part-of.ts';
import { type Context, packageConfig } from './context.ts';
import type { EntryNode } from './entry.ts';

type PackagePart = Extract<Counterpart, { readonly kind: 'package' }>;

/** What kit has for it takes the place of the image of an entry, or of the whole entry. */
export function takePart(entry: EntryNode, { name, row }: LinuxkitImage, context: Context): void {
  if (!row) {
    askAboutUnknown(name, entry.at('image'), context);
    return;
  }
  const part = counterpart(row, context.has);
  if (part.kind === 'package') takePackage(entry, part, context);
  else if (isLeftOut(part)) leaveOut(entry, part.why, context);
  else context.rewriter.ask(entry.at('image'), partSentence(name, part));
}

/** An image of LinuxKit that the table does not have. */
export function askAboutUnknown(name: string, node: unknown, { rewriter }: Context): void {
  rewriter.ask(node, `kit does not know linuxkit/${name}: the image stays as it is`);
}

/** The entry is taken out. */
export function leaveOut(entry: EntryNode, why: string, { rewriter }: Context): void {
  if (entry.drop(why)) rewriter.change(entry.at('image'), `left out "${entry.name}": ${why}`);
  else {
    const text = `cannot leave out "${entry.name}", a part of which is repeated by an alias: ${why}`;
    rewriter.ask(entry.at('name'), text, 'write out what the alias stands for');
  }
}

/** A package of kit, with what it asks for by itself. */
export function takePackage(entry: EntryNode, { name, differs }: PackagePart, context: Context): void {
  const { rewriter } = context;
  const node = entry.at('image');
  if (!entry.hasOwn('image', ...keys, 'binds', 'binds.add', 'net', 'pid', 'ipc', 'uts', 'command')) {
    const hint = 'write it out in the entry';
    rewriter.ask(node, `"${entry.name}" has keys from elsewhere ("<<"), which cannot be changed here`, hint);
    return;
  }
  entry.setImage(`pkg/${name}`);
  rewriter.change(node, `pkg/${name} in place of "${entry.image}"`);
  warnOfNamesake(name, node, context);
  if (differs !== undefined) rewriter.ask(node, `pkg/${name}: ${differs}`);
  settleKeys(entry, name, context);
}

/** `pkg/NAME` beside the manifest comes before kit's. */
export function warnOfNamesake(name: string, node: unknown, { rewriter, folder }: Context): void {
  if (folder === kitRoot || !existsSync(join(folder, 'pkg', name, 'build.yml'))) return;
  const text = `"pkg/${name}" is also a folder beside the manifest, which comes before kit's own`;
  rewriter.ask(node, text, 'rename that folder, or put the manifest elsewhere');
}

/** Rights, which LinuxKit's entries used to spell out: a package of kit has its own. */
const keys = ['capabilities', 'capabilities.add', 'readonly', 'rootfsPropagation', 'devices', 'tmpfs'];

function settleKeys(entry: EntryNode, name: string, { rewriter }: Context): void {
  const config = packageConfig(name);
  const drop = (key: string): void => {
    rewriter.change(entry.at(key), `left out \`${key}\`: pkg/${name} asks for what it needs`);
    entry.remove(key);
  };
  for (const key of keys) {
    if (!Object.hasOwn(entry.value, key) || (key === 'tmpfs' && !Object.hasOwn(config, key))) continue;
    drop(key);
  }
  for (const key of ['net', 'pid', 'ipc', 'uts']) {
    const value = entry.value[key];
    if (value === undefined) continue;
    const own = config[key] ?? (key === 'pid' ? 'new' : 'root');
    if (value === 'host' || value === 'root' || value === own) drop(key);
  }
  settleBinds(entry, name, config, rewriter);
}

/** `binds` would replace those that the package needs: they become more of them. */
function settleBinds(
  entry: EntryNode,
  name: string,
  config: Readonly<Record<string, unknown>>,
  rewriter: Context['rewriter'],
): void {
  const own = new Set(Array.isArray(config.binds) ? config.binds.map((bind) => targetOf(String(bind))) : []);
  const key = entry.bindsKey;
  const binds = entry.texts(key) ?? [];
  const covered = binds.flatMap((bind, at) => {
    const target = targetOf(bind);
    return own.has(target) || target === '/etc/resolv.conf' || known.has(bind) ? [at] : [];
  });
  for (const at of covered)
    rewriter.change(entry.item(key, at), `left out the bind "${binds[at]}", which pkg/${name} does not need`);
  if (covered.length > 0) entry.removeItems(key, covered);
  if (key === 'binds' && Object.hasOwn(entry.value, 'binds.add')) {
    // LinuxKit ignores it beside `binds`.
    entry.remove('binds.add');
  }
  if (key !== 'binds' || own.size === 0 || covered.length === binds.length) return;
  entry.rename('binds', 'binds.add');
  rewriter.change(
    entry.at('binds'),
    `\`binds.add\` in place of \`binds\`, which would replace those of pkg/${name}`,
  );
}

/** What kit's packages find by themselves, or do not use. */
const known = new Set([
  '/run/config/ssh/authorized_keys:/root/.ssh/authorized_keys',
  '/dev/vport0p1:/dev/vport0p1',
  '/var/run/memlogdq.sock:/var/run/memlogdq.sock',
  '/var/lib/dhcpcd:/var/lib/dhcpcd',
]);

const targetOf = (bind: string): string => (bind.split(':')[1] ?? bind).replace(/(?<=.)\/+$/, '');
