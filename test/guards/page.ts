import type { Guard } from './guard.ts';
import { sections } from './guards.ts';

/** docs/attacks.md: which test tries which attack. */
export function attacksPage(): string {
  return [
    '<!-- Written by `npx vitest run -u test/architecture/guards` from test/guards. Do not edit. -->',
    '# Attacks in the tests',
    '',
    'What [security.md](security.md) promises was broken once, or could have been, by the attacks of this page. Each of',
    'them is tried by a test, and code withstands it. `npm run guards` shows that each test can fail: in a copy of the',
    'checkout it takes that code out, runs the test, and sees the attack succeed. It takes minutes; `-- NAME …` chooses,',
    'and `-- --machines` adds those that boot a machine. `kit audit` tries many of them on an image of yours',
    '([audit.md](audit.md)).',
    ...sections.flatMap(([title, guards]) => ['', `## ${title}`, '', ...tableOf(guards)]),
    '',
  ].join('\n');
}

function tableOf(guards: readonly Guard[]): string[] {
  const rows = guards.map(({ id, attack, test, without }) => {
    const files = [...new Set(without.map(({ file }) => `\`${file}\``))].join(', ');
    return `| \`${id}\` | ${attack} | \`${test}\` | ${files} |`;
  });
  return ['| name | attack | test | what withstands it |', '|---|---|---|---|', ...rows];
}
