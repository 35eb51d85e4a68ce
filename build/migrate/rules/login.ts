import { program } from '../context.ts';
import { takePart } from '../take.ts';
import { argumentsOf, askAbout, type Rule, runsAnother } from './rule.ts';

export const getty: Rule = (entry, image, context) => {
  if (runsAnother(entry, image, ['getty', 'rungetty.sh'], context)) return;
  takePart(entry, image, context);
  if (entry.command) {
    const strange = argumentsOf(entry);
    entry.setCommand(undefined);
    context.rewriter.change(entry.at('command'), 'pkg/getty needs no command');
    askAbout(entry, strange, 'pkg/getty has no such setting', context);
  }
  const { mounts } = (entry.value.runtime ?? {}) as { readonly mounts?: unknown };
  const own = (Array.isArray(mounts) ? mounts : []).filter(
    (mount: { readonly destination?: unknown }) => !String(mount.destination ?? '/').startsWith('/'),
  );
  if (own.length === 0) return;
  context.rewriter.ask(
    entry.at('runtime'),
    `"${entry.name}" mounts something in its own root, which is read-only in pkg/getty`,
    'give it a destination below /run, which pkg/getty sees as the machine does',
  );
};

/** Options of sshd(8). */
export const sshd: Rule = (entry, image, context) => {
  if (runsAnother(entry, image, ['sshd', 'ssh.sh'], context)) return;
  takePart(entry, image, context);
  if (!entry.command) return;
  const words = [...argumentsOf(entry)];
  const own: string[] = [];
  const strange: string[] = [];
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (/^-[Deq]+$/.test(word)) continue;
    if (word === '-p') own.push('--port', words.shift() ?? '22');
    else strange.push(word);
  }
  entry.setCommand(own.length > 0 ? [...program, ...own] : undefined);
  context.rewriter.change(entry.at('command'), 'pkg/sshd is another program, which has arguments of its own');
  askAbout(entry, strange, 'pkg/sshd has no such setting; pkg/openssh is OpenSSH (docs/ssh.md)', context);
};
