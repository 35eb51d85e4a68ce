/**
 * Tells whether a text matches one of the globs: `*` stands for anything but a slash, `**` for anything, `?` for one
 * character, `{a,b}` for either.
 */
export function globMatcher(globs: readonly string[]): (text: string) => boolean {
  const patterns = globs.map((glob) => new RegExp(`^${expression(glob)}$`));
  return (text) => patterns.some((pattern) => pattern.test(text));
}

/** `/a/**` means the folder `/a` as well as all that is in it. */
function expression(glob: string): string {
  return glob.replace(/\/\*\*$|\*\*|\{[^{}]*\}|./gs, (part) => {
    if (part === '/**') return '(/.*)?';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 1) return `(${part.slice(1, -1).split(',').map(expression).join('|')})`;
    return part.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  });
}
