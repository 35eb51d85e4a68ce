import { KitError } from '../../lib/errors/errors.ts';
import type { Examples } from '../cli/examples.ts';
import type { KitCommand } from '../cli/kit-command.ts';
import { program } from '../cli/program.ts';
import type { Context } from '../host/context.ts';
import { scripts } from './completion/scripts.ts';

const shells = Object.keys(scripts);

const examples: Examples = {
  rows: [
    ['source <(kit completion bash)', 'in ~/.bashrc'],
    ['source <(kit completion zsh)', 'in ~/.zshrc, after compinit'],
    ['kit completion fish > ~/.config/fish/completions/kit.fish'],
  ],
  notes: `
Verbs, flags and their values, machines, services, packages, manifests and images of the cache are completed.`,
};

/** `kit completion`: prints the completion script of a shell. */
export function verb(context: Context): KitCommand {
  return program('completion', context)
    .description('Print a script with which a shell completes the words of kit.')
    .argument('<shell>', shells.join(', '))
    .withExamples(examples)
    .action((shell: string) => void context.stdout.write(scriptFor(shell)));
}

function scriptFor(shell: string): string {
  const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (script !== undefined) return script;
  throw new KitError(`Cannot complete words in shell "${shell}": kit has scripts for ${shells.join(', ')}`, {
    exitCode: 2,
  });
}
