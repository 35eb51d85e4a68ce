import { rules } from './rules.ts';

/** docs/lint.md: every rule, why it is there, and the way out. */
export function lintReference(): string {
  const rows = rules.map(({ name, why, instead }) => `| \`${name}\` | ${sentence(why)} | ${cell(instead)} |`);
  return `<!-- Written by \`npm run generate\` from build/lint: mend that, not this. -->
# Advice

\`kit lint FILE…\` says what could be safer or clearer in a manifest. It builds nothing and asks no registry. What a package
of kit itself asks for (\`pkg/getty\` has all capabilities, since a shell on the console may need any) is not held against a
manifest. The exit status is 0; with \`--strict\`, 1 when there is any advice. \`--json\` is for programs.

A comment silences rules on its line, or on the next line that is no comment; say why:

\`\`\`yaml
services:
  - name: monitor
    image: ./monitor
    # It counts the packets of all interfaces.
    # kit-lint: allow host-network
    net: host
\`\`\`

| rule | why | instead |
|---|---|---|
${rows.join('\n')}
`;
}

const sentence = (text: string): string => cell(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);

/** What is YAML stands as such. */
const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replace(/([a-z.]+: [[{"].*[\]}"])$/, '`$1`');
