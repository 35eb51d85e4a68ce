import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';

/** A kit command in a page of the documentation. */
export interface DocCommand {
  /** `docs/running.md` */
  readonly page: string;
  readonly text: string;
  /** Complete: in a code block. A command in a sentence may omit arguments. */
  readonly whole: boolean;
}

/** Every kit command of the documentation, in code blocks and inline code. */
export function documentedCommands(): DocCommand[] {
  const docs = readdirSync(join(kitRoot, 'docs')).filter((name) => name.endsWith('.md'));
  const pages = ['README.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)];
  return pages.flatMap((page) => commandsOf(page, readFileSync(join(kitRoot, page), 'utf8')));
}

export function commandsOf(page: string, markdown: string): DocCommand[] {
  const found: DocCommand[] = [];
  const sentences = markdown.replace(/^```(\w*)\n(.*?)^```$/gms, (_all, language: string, block: string) => {
    if (language === 'sh' || language === '')
      found.push(...blockCommands(block).map((text) => ({ page, text, whole: true })));
    return '';
  });
  for (const [, code = ''] of sentences.matchAll(/`([^`\n]+)`/g))
    if (/^(\.\/)?kit [a-z]/.test(code)) found.push({ page, text: code.replaceAll('\\|', '|'), whole: false });
  return found;
}

/**
 * The kit commands of a shell block: alone, after variable assignments, in a pipeline. In a block with
 * prompts, lines without one are output.
 */
function blockCommands(block: string): string[] {
  const lines = block.replaceAll('\\\n', ' ').split('\n');
  const typed = lines.filter((line) => line.startsWith('$ '));
  return (typed.length > 0 ? typed : lines)
    .flatMap((line) => line.split(/ \| |&&|;/))
    .map((part) => part.trim())
    .flatMap((part) => /^(?:\$ )?(?:\w+=\S* )*((?:\.\/)?kit [a-z-].*)$/.exec(part)?.[1] ?? []);
}

/** Splits a command into words like a shell, without comments and redirections. */
export function wordsOf(command: string): string[] {
  const words: string[] = [];
  for (const [word] of command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    if (word.startsWith('#')) break;
    if (/^\d?>|^<$|^&$/.test(word)) break;
    words.push(word.replaceAll(/['"]/g, ''));
  }
  return words.slice(1);
}
