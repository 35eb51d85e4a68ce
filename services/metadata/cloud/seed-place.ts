/** What a serial number says: `ds=nocloud;s=https://seed.example.org/web/;h=web;i=i-1`. */
export interface SeedPlace {
  /** Ends in a slash: names of files are added to it. */
  readonly url: URL;
  readonly hostname: string | undefined;
  readonly instanceId: string | undefined;
}

/** Undefined when the serial number is one, or names no place. */
export function parseSeedPlace(serial: string): SeedPlace | undefined {
  const [ds = '', ...pairs] = serial.split(';');
  if (!/^ds=nocloud(-net)?$/i.test(ds.trim())) return undefined;
  const values = new Map(
    pairs.map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return [key.trim(), value.join('=').trim()] as const;
    }),
  );
  const firstOf = (...keys: readonly string[]): string | undefined =>
    keys.map((key) => values.get(key)).find((value) => value);
  const url = URL.parse(firstOf('s', 'seedfrom') ?? '');
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') return undefined;
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return { url, hostname: firstOf('h', 'local-hostname'), instanceId: firstOf('i', 'instance-id') };
}
