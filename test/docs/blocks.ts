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
