/** A code block of a page. */
export interface Block {
  /** `sh`, `yaml`; empty where output is shown. */
  readonly language: string;
  readonly text: string;
  /** The file that it is: in bold above it (`app.yml`), or in its first line (`# app.yml`, `// main.ts`). */
  readonly file?: string;
}

/** The code blocks of a page, in order. */
export function blocksOf(markdown: string): Block[] {
  const found = markdown.matchAll(/(?:^\*\*`([^`\n]+)`\*\*\n\n)?^```(\w*)\n(.*?)^```$/gms);
  return [...found].map(([, above, language = '', text = '']) => {
    const file = above ?? /^(?:\/\/|#) (\S+\.\w+)\n/.exec(text)?.[1];
    return { language, text, ...(file && { file }) };
  });
}

/**
 * The part of a page from a heading up to the next of the second level; of its title, what stands before the
 * first. @throws Error without such a heading
 */
export function sectionOf(markdown: string, heading: string): string {
  const found = markdown
    .split(/^(?=## )/m)
    .find((part) => part.split('\n', 1)[0]?.replace(/^#+ /, '') === heading);
  if (found === undefined) throw new Error(`there is no heading "${heading}"`);
  return found;
}
