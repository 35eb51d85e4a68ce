/** Names in os-release(5) of what `guest-get-osinfo` has. */
const fields = {
  ...{ id: 'ID', name: 'NAME', 'pretty-name': 'PRETTY_NAME' },
  ...{ version: 'VERSION', 'version-id': 'VERSION_ID', variant: 'VARIANT', 'variant-id': 'VARIANT_ID' },
} as const;

/** Those that the text of os-release(5) has: `NAME="Debian GNU/Linux"`. */
export function osReleaseFields(text: string): Readonly<Record<string, string>> {
  const values = new Map(
    text.split('\n').flatMap((line) => {
      const [, name = '', value = ''] = /^([A-Z_]+)=(.*)$/.exec(line.trim()) ?? [];
      return name === '' ? [] : [[name, unquoted(value)] as const];
    }),
  );
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, name]) => {
      const value = values.get(name);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** A value as a shell reads it, without expansions, which os-release does not have. */
const unquoted = (value: string): string =>
  value.replace(/^(["'])(.*)\1$/, '$2').replace(/\\(["'$`\\])/g, '$1');
