import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';

/** A kit command that a page tells its reader. */
export interface Told {
  /** `docs/running.md`, line and column not: pages are short. */
  readonly page: string;
  readonly text: string;
  /** In a block, to be typed as it is; in a sentence it may leave out what goes without saying there. */
  readonly whole: boolean;
}

/** Every kit command of the pages for people, from their code blocks and from the code in their sentences. */
export function toldCommands(): Told[] {
  const docs = readdirSync(join(kitRoot, 'docs')).filter((name) => name.endsWith('.md'));
  const pages = ['README.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)];
  return pages.flatMap((page) => commandsOf(page, readFileSync(join(kitRoot, page), 'utf8')));
}

export function commandsOf(page: string, markdown: string): Told[] {
  const told: Told[] = [];
  const sentences = markdown.replace(/^```(\w*)\n(.*?)^```$/gms, (_all, language: string, block: string) => {
    if (language === 'sh' || language === '')
      told.push(...blockCommands(block).map((text) => ({ page, text, whole: true })));
    return '';
  });
  for (const [, code = ''] of sentences.matchAll(/`([^`\n]+)`/g))
    if (/^(\.\/)?kit [a-z]/.test(code)) told.push({ page, text: code.replaceAll('\\|', '|'), whole: false });
  return told;
}

/**
 * Lines of a shell that run kit: alone, behind variables, in a pipe. In a block with prompts all lines without one are
 * output.
 */
function blockCommands(block: string): string[] {
  const lines = block.replaceAll('\\\n', ' ').split('\n');
  const typed = lines.filter((line) => line.startsWith('$ '));
  return (typed.length > 0 ? typed : lines)
    .flatMap((line) => line.split(/ \| |&&|;/))
    .map((part) => part.trim())
    .flatMap((part) => /^(?:\$ )?(?:\w+=\S* )*((?:\.\/)?kit [a-z-].*)$/.exec(part)?.[1] ?? []);
}

/** The words of a command as a shell would make them; a comment and what goes to a file are left out. */
export function wordsOf(command: string): string[] {
  const words: string[] = [];
  for (const [word] of command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    if (word.startsWith('#')) break;
    if (/^\d?>|^<$|^&$/.test(word)) break;
    words.push(word.replaceAll(/['"]/g, ''));
  }
  return words.slice(1);
}
