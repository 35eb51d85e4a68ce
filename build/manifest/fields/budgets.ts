import { type Fields, textLike } from '../kinds.ts';

const size = textLike(/^[1-9]\d{0,8}[KMG]$/, 'a size such as "90M" or "1G"');
const linuxkit = 'has no such key';

/** `budgets:`: a build that goes beyond one fails. K, M and G are powers of 1024, as everywhere. */
export const budgetFields = {
  image: {
    kind: size,
    help: 'Most bytes of kernel and image together, as they are stored; what a disk format adds around them does not count.',
    example: '90M',
    linuxkit,
  },
  memory: {
    kind: size,
    help: 'Most memory that the machine needs to boot with its root in memory.',
    example: '384M',
    linuxkit,
  },
} as const satisfies Fields;
