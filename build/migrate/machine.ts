import { isMap, isScalar } from 'yaml';
import { counterpart, isLeftOut } from '../parts/counterpart.ts';
import { linuxkitImage, partSentence } from '../parts/part-of.ts';
import type { Context } from './context.ts';
import { textOf } from './entry.ts';
import type { Rewriter } from './rewriter.ts';
import { askAboutUnknown, warnOfNamesake } from './take.ts';
import { signsOfServer } from './without-hypervisor.ts';

/** Images of `init:` whose counterparts are unpacked into the machine's root, too. */
const inRoot = new Set(['init', 'runc', 'containerd', 'ca-certificates']);

/** `init:` */
export function takeInit(context: Context): void {
  const { rewriter, has } = context;
  const list = rewriter.source.list('init');
  if (!list) return;
  const texts = list.items.map((item) => textOf(rewriter.source.resolved(item)) ?? '');
  for (const [at, item] of list.items.entries()) {
    const image = linuxkitImage(texts[at] ?? '');
    if (!image) continue;
    const { name, row } = image;
    const part = row && counterpart(row, has);
    if (!part) askAboutUnknown(name, item, context);
    else if (isLeftOut(part)) {
      rewriter.removeItem(list, at, `linuxkit/${name}: ${part.why}`);
      rewriter.change(item, `left out linuxkit/${name}: ${part.why}`);
    } else if (part.kind !== 'package' || !inRoot.has(name))
      rewriter.ask(
        item,
        part.kind === 'package'
          ? `linuxkit/${name} stays in \`init:\`, where pkg/${part.name} has no place: it is for services and onboot`
          : partSentence(name, part),
      );
    else {
      rewriter.replaceText(item, `pkg/${part.name}`);
      rewriter.change(item, `pkg/${part.name} in place of "${texts[at]}"`);
      warnOfNamesake(part.name, item, context);
      if (name !== 'containerd' || texts.includes('pkg/supervisor')) continue;
      rewriter.addItem(list, at, 'pkg/supervisor');
      rewriter.change(item, 'pkg/supervisor beside it, which starts the services');
    }
  }
}

/** `kernel:` */
export function takeKernel(context: Context): void {
  const { rewriter } = context;
  const { source } = rewriter;
  const kernel = source.root && source.resolved(source.pair(source.root, 'kernel')?.value);
  if (!isMap(kernel)) return;
  const image = source.pair(kernel, 'image');
  const text = textOf(source.resolved(image?.value)) ?? '';
  askAboutCommandLine(textOf(source.resolved(source.pair(kernel, 'cmdline')?.value)) ?? '', rewriter, kernel);
  if (!image || linuxkitImage(text)?.name !== 'kernel') return;
  rewriter.replaceText(image.value, 'pkg/kernel');
  rewriter.change(image.key, `pkg/kernel in place of "${text}"`);
  warnOfNamesake('kernel', image.key, context);
  const [, variant] = /-(rt|dbg|debug)\b/.exec(text) ?? [];
  if (variant !== undefined) {
    const told = variant === 'rt' ? 'a kernel for real time' : 'one for debugging';
    const hint = 'docs/kernel.md: a kernel of your own, from a package of Debian';
    rewriter.ask(image.key, `"${text}" is ${told}; pkg/kernel is not`, hint);
  }
  const [sign, ...more] = signsOfServer(context, kernel);
  if (sign !== undefined) {
    const signs = [sign, ...more].join(', ');
    rewriter.ask(
      image.key,
      `pkg/kernel has no drivers and no firmware of servers without a hypervisor, for which this machine seems to be: ${signs}`,
      'for such a server, of amd64: kernel: {image: pkg/kernel-metal} (docs/kernel.md)',
    );
  }
  const files = { ucode: '', binary: 'kernel', tar: 'kernel.tar' };
  for (const [key, name] of Object.entries(files)) {
    const pair = source.pair(kernel, key);
    const value = source.resolved(pair?.value);
    if (
      !pair ||
      (key === 'tar' && textOf(value) === 'none') ||
      (isScalar(value) && value.value === name && name)
    )
      continue;
    rewriter.removePair(kernel, pair);
    const why =
      key === 'ucode' ? 'a virtual machine has the microcode of its host' : `pkg/kernel has "${name}"`;
    rewriter.change(pair.key, `left out \`${key}\`: ${why}`);
  }
}

const words: readonly (readonly [test: RegExp, text: string])[] = [
  [/^linuxkit\./, "is for LinuxKit's init; kit's does not know it"],
  [/^root=/, "is not needed: kit's first stage finds the root by itself"],
];

function askAboutCommandLine(
  cmdline: string,
  rewriter: Rewriter,
  kernel: Parameters<Rewriter['removePair']>[0],
): void {
  const node = rewriter.source.pair(kernel, 'cmdline')?.key;
  for (const word of cmdline.split(/\s+/)) {
    const found = words.find(([test]) => test.test(word));
    if (found) rewriter.ask(node, `"${word}" of the kernel's command line ${found[1]}`);
  }
}

/** `trust:`, which LinuxKit has not obeyed for years. */
export function takeTrust({ rewriter }: Context): void {
  const { root } = rewriter.source;
  const pair = root && rewriter.source.pair(root, 'trust');
  if (!root || !pair) return;
  rewriter.removePair(root, pair);
  rewriter.change(pair.key, 'left out `trust`, which neither LinuxKit nor kit obeys; kit lock pins images');
}
