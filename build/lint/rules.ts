import { contentRules } from './contents.ts';
import { partRules } from './parts.ts';
import { privilegeRules } from './privileges.ts';
import { robustnessRules } from './robustness.ts';
import type { Rule } from './rule.ts';

/** All rules; docs/lint.md is generated from them. */
export const rules: readonly Rule[] = [...privilegeRules, ...robustnessRules, ...contentRules, ...partRules];
