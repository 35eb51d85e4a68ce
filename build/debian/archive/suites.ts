/** A part of Debian's archive, each with mirrors of its own. */
export type Archive = 'main' | 'security';

export interface Suite {
  /** `trixie-security` */
  readonly name: string;
  readonly archive: Archive;
}

/**
 * The suites that are a release together: the release itself, what changed since its last point release, and
 * its security fixes. An unstable suite, and one that is added to a release (`trixie-backports`), has
 * neither.
 */
export function suitesOf(suite: string): Suite[] {
  const release: Suite = { name: suite, archive: 'main' };
  if (alone.test(suite)) return [release];
  return [
    release,
    { name: `${suite}-updates`, archive: 'main' },
    { name: `${suite}-security`, archive: 'security' },
  ];
}

const alone = /^(?:sid|unstable|experimental|rc-buggy)$|-/;
