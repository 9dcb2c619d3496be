import { z } from 'zod'
import { type RequirementRule, requirementRule } from '../requirement-rule.ts'
import { defaultRules } from './defaults.ts'
import { emergencyRules } from './emergency.ts'
import { medicareRules } from './medicare.ts'
import { texasMedicaidRules } from './texas-medicaid.ts'

/**
 * Every rule of this gateway, validated on load: a malformed row prevents the start instead of failing a
 * patient's request.
 */
export const requirementRules: readonly RequirementRule[] = z
  .array(requirementRule)
  .parse([...defaultRules, ...emergencyRules, ...medicareRules, ...texasMedicaidRules])
