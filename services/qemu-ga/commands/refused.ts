/** Commands of QEMU's agent that are refused, and why: the host sees it in the error. */
const reasons: readonly (readonly [why: string, names: readonly string[]])[] = [
  ['this agent starts no programs: use kit exec, or ssh', ['guest-exec', 'guest-exec-status']],
  [
    'this agent opens no files: use kit cp, or scp',
    [
      ...['guest-file-open', 'guest-file-close', 'guest-file-read', 'guest-file-write'],
      ...['guest-file-seek', 'guest-file-flush'],
    ],
  ],
  [
    'who may log in is what the image and its metadata say',
    [
      ...['guest-set-user-password', 'guest-ssh-get-authorized-keys', 'guest-ssh-add-authorized-keys'],
      ...['guest-ssh-remove-authorized-keys'],
    ],
  ],
  [
    'the machine does not sleep: pause it from the host',
    ['guest-suspend-disk', 'guest-suspend-ram', 'guest-suspend-hybrid'],
  ],
  [
    'processors and memory stay as they are',
    ['guest-set-vcpus', 'guest-set-memory-blocks', 'guest-get-memory-blocks', 'guest-get-memory-block-info'],
  ],
];

export const refused: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([why, names]) => names.map((name) => [name, why] as const)),
);
