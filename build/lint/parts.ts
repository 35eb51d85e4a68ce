import { imageRefs } from '../manifest/images/image-refs.ts';
import { bothInits, whyOneInit } from '../parts/both-inits.ts';
import { partAdvice } from '../parts/part-of.ts';
import type { Rule } from './rule.ts';

/** Rules about what manifests have from LinuxKit. */
export const partRules: readonly Rule[] = [
  {
    name: 'linuxkit-image',
    why: 'kit has its own for what LinuxKit has',
    instead: 'what docs/parts.md says for it: kit migrate FILE',
    find: ({ manifest }) =>
      imageRefs(manifest).flatMap((at) => {
        const instead = partAdvice(at.value.text);
        return instead === undefined ? [] : [{ at, what: `image "${at.value.text}" is LinuxKit's`, instead }];
      }),
  },
  {
    name: 'two-inits',
    why: whyOneInit,
    instead: 'keep one of them; kit migrate FILE brings a manifest of LinuxKit over to kit',
    find: ({ manifest }) =>
      bothInits(manifest).map(({ at, what }) => ({ at, what: `there are two inits, ${what}` })),
  },
];
