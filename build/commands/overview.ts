import type { Verb } from './index.ts';

/** What `kit --help` prints. */
export function overview(verbs: Readonly<Record<string, Verb>>): string {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length));
  const rows = Object.entries(verbs).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: kit <command> [options]

${about}

Commands:
${rows.join('\n')}

Examples:
  kit run examples/minimal.yml
  kit build --dir out examples/sshd.yml

Options of every command, before it or after it:
  --cache <folder>  folder of the cache (KIT_CACHE)
  -q, --quiet       show no progress (KIT_QUIET)
  --debug           show stack traces of errors
  -V, --version     print the version

kit help <command> describes a command.
`;
}

export const about = 'Build small, immutable Linux machines from a YAML manifest, run and debug them.';
