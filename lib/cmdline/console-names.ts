/** The names in `console=ttyS0,115200` options, in order, each once. The kernel allows quotes around an option. */
export function consoleNames(commandLine: string): string[] {
  const options = commandLine.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  const names = options.flatMap((option) => {
    const [, name] = /^"?console=([A-Za-z0-9/._-]+)/.exec(option) ?? [];
    return name === undefined ? [] : [name.replace(/^\/dev\//, '')];
  });
  return [...new Set(names)];
}
