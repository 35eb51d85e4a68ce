/**
 * Tests whether a text matches one of the globs: `*` matches anything but a slash, `**` anything, `?` one
 * character, `{a,b}` either alternative.
 */
export function globMatcher(globs: readonly string[]): (text: string) => boolean {
  const patterns = globs.map((glob) => new RegExp(`^${expression(glob)}$`));
  return (text) => patterns.some((pattern) => pattern.test(text));
}

/** `/a/**` matches the folder `/a` too. */
function expression(glob: string): string {
  return glob.replace(/\/\*\*$|\*{2,}|\{[^{}]*\}|./gs, (part) => {
    if (part === '/**') return '(/.*)?';
    // Several would mean the same, and take longer with each.
    if (part.startsWith('**')) return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 1) return `(${part.slice(1, -1).split(',').map(expression).join('|')})`;
    return part.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  });
}
