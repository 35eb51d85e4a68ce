/** The major version of Debian's packages: data of another one is refused. */
export const major = '17';

/** Folders and files of the container. */
export const places = {
  programs: `/usr/lib/postgresql/${major}/bin`,
  /** Where a volume is mounted, and what is made there. */
  base: '/var/lib/postgresql',
  data: '/var/lib/postgresql/data',
  /** The socket for programs of this container. */
  socket: '/run/postgresql',
  /** Who may connect; the image's own, so that it does not depend on the data. */
  access: '/etc/postgresql/pg_hba.conf',
} as const;
