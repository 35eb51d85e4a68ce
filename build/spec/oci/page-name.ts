/**
 * The size of a huge page as the OCI spec writes it, `2MB` (config-linux.md, "Huge page limits"); LinuxKit's
 * schema has a number of bytes.
 */
export function pageName(size: string | number): string {
  if (typeof size === 'string') return size;
  const [power, unit] = size % 2 ** 30 === 0 ? [30, 'GB'] : size % 2 ** 20 === 0 ? [20, 'MB'] : [10, 'KB'];
  return `${Math.floor(size / 2 ** power)}${unit}`;
}
