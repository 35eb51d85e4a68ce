import { type Fields, stringLike } from '../kinds.ts';

const size = stringLike(/^[1-9]\d{0,8}[KMG]$/, 'a size such as "90M" or "1G"');
const linuxkit = 'Not supported.';

/** `budgets:`. K, M and G are powers of 1024. */
export const budgetFields = {
  image: {
    kind: size,
    help:
      'Maximum size of kernel and initrd together, as stored. What a disk format adds is ' + 'not counted.',
    example: '90M',
    linuxkit,
  },
  memory: {
    kind: size,
    help: 'Maximum memory that the machine needs to boot with its root file system in memory.',
    example: '384M',
    linuxkit,
  },
} as const satisfies Fields;
