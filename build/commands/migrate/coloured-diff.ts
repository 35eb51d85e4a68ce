/** A unified diff as git shows it on a terminal. */
export function colouredDiff(diff: string, colour: boolean): string {
  if (!colour) return diff;
  return diff.replaceAll(/^.+$/gm, (line) => {
    if (line.startsWith('---') || line.startsWith('+++')) return `\u001B[1m${line}\u001B[22m`;
    const code = { '-': 31, '+': 32, '@': 36 }[line[0] ?? ''];
    return code === undefined ? line : `\u001B[${code}m${line}\u001B[39m`;
  });
}
