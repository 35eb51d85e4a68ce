import { contentRules } from './contents.ts';
import { habitRules } from './habits.ts';
import { privilegeRules } from './privileges.ts';
import type { Rule } from './rule.ts';

/** All rules; docs/lint.md is generated from them. */
export const rules: readonly Rule[] = [...privilegeRules, ...habitRules, ...contentRules];
