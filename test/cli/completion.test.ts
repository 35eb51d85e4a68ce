import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shellTools } from '../support/tools.ts';
import { ShellHome } from './shell.ts';

let home: ShellHome;
beforeAll(async () => {
  home = await ShellHome.make(await shellTools());
  home.write(
    'bashrc',
    `PS1='READY> '
source ${home.tool('usr/share/bash-completion/bash_completion')}
source <(kit completion bash)
show() { printf 'GOT'; printf '<%s>' "$@"; echo .; }
`,
  );
  const zsh = home.tool('usr/share/zsh/functions');
  home.write(
    '.zshrc',
    `PS1='READY> '
module_path=(${home.tool('usr/lib/x86_64-linux-gnu/zsh/5.9')} ${home.tool('usr/lib/aarch64-linux-gnu/zsh/5.9')})
fpath=(${zsh} ${zsh}/*(/N) ${zsh}/*/*(/N))
bindkey -e
autoload -Uz compinit && compinit -u -d ${home.own('zcompdump')}
source <(kit completion zsh)
show() { printf 'GOT'; printf '<%s>' "$@"; echo .; }
`,
  );
}, 600_000);
afterAll(() => home[Symbol.asyncDispose]());

/** What is typed before the tab key, and the words of the command line after it. */
const lines: readonly (readonly [typed: string, words: readonly string[]])[] = [
  ['kit vers', ['version']],
  ['kit cache exp', ['cache', 'export']],
  ['kit build --dry', ['build', '--dry-run']],
  ['kit build --format kernel+er', ['build', '--format', 'kernel+erofs']],
  ['kit build --format=kernel+er', ['build', '--format=kernel+erofs']],
  ['kit --quiet build we', ['--quiet', 'build', 'web.yml']],
  ['kit logs t', ['logs', 't1']],
  ['kit exec t1 w', ['exec', 't1', 'web']],
  ['kit cp t1:w', ['cp', 't1:web:']],
  ['kit pkg build pkg/', ['pkg', 'build', 'pkg/x']],
  ['kit build --dir ou', ['build', '--dir', 'out/']],
  ['kit run --data-file data/a', ['run', '--data-file', 'data/a file']],
];

/** Ctrl-A and a command in front of the line show its words instead of running it. */
const keysFor = (typed: string): string => `${typed}\t\x01show \r`;

const shown = /GOT((?:<[^>]*>)+)\./;

const wordsOf = (found: RegExpExecArray): string[] =>
  [...(found[1] ?? '').matchAll(/<([^>]*)>/g)].map(([, word = '']) => word);

describe('bash', () => {
  test.each(lines)('%s<tab>', async (typed, words) => {
    const args = ['--noprofile', '--rcfile', 'bashrc', '-i'];
    expect(wordsOf(await home.type('bash', args, keysFor(typed), shown))).toEqual(['kit', ...words]);
  });
});

describe('zsh', () => {
  test.each(lines)('%s<tab>', async (typed, words) => {
    const found = wordsOf(await home.type('zsh', ['-d', '-i'], keysFor(typed), shown));
    // zsh removes the slash that it has added to a folder when the word ends there.
    expect(found).toEqual(['kit', ...words.map((word) => word.replace(/\/$/, ''))]);
  });
});

describe('fish', () => {
  /** The candidates for the last word, as fish lists them, without descriptions. */
  async function candidates(typed: string): Promise<string[]> {
    const setup = `set -p fish_function_path ${home.tool('usr/share/fish/functions')}; kit completion fish | source`;
    const text = await home.run('fish', '--no-config', '-c', `${setup}; complete -C '${typed}'`);
    return text.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? '']));
  }

  test.each(lines)('%s<tab>', async (typed, words) => {
    expect(await candidates(typed)).toEqual([words.at(-1)]);
  });
});
