/**
 * Without an extension such as Rock Ridge, `user-data` is in upper case, with `_` for `-`, and a version:
 * `USER_DATA.;1`.
 */
export function plainName(name: string): string {
  return name.replace(/;\d+$/, '').replace(/\.$/, '').replaceAll('_', '-').toLowerCase();
}

/**
 * What is left of a plain name at level 1 of ISO 9660, where mkisofs and genisoimage begin: `user-dat`,
 * `user-dat.sig`.
 */
export function shortName(plain: string): string {
  const dot = plain.lastIndexOf('.');
  const stem = (dot === -1 ? plain : plain.slice(0, dot)).slice(0, 8);
  return dot === -1 ? stem : `${stem}${plain.slice(dot, dot + 4)}`;
}
