import { dirname } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Policy, Rule } from '../policy/policy.ts';
import type { ArchiveRef } from '../reference/archive-ref.ts';
import { defaultSources, type Work } from '../work.ts';
import { refuseWords } from './check-image.ts';
import { isSigned } from './judge.ts';

/** Fails for an image of an archive that a policy does not admit: an archive has no signatures. */
export function checkArchive(ref: ArchiveRef, work: Work): void {
  for (const policy of (work.sources ?? defaultSources).policies.all()) {
    const rule = ruleOf(policy, ref);
    if (!rule) continue;
    refuseWords(rule, `image "${ref.text}"`);
    if (rule.requirements.some(isSigned)) {
      throw new KitError(
        `Cannot use image "${ref.text}": its policy asks for a signature, and an archive has none`,
        {
          ...{ place: rule.place, hint: 'push it to a registry, and sign it there' },
        },
      );
    }
  }
}

/** The rule of the file, of the folders above it, or of the transport. */
function ruleOf({ archives }: Policy, { transport, readings }: ArchiveRef): Rule | undefined {
  for (let path = readings[0].file; ; path = dirname(path)) {
    const rule = archives.get(`${transport}:${path}`);
    if (rule) return rule;
    if (path === dirname(path)) return archives.get(transport);
  }
}
