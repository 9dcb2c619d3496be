import { z } from 'zod'
import { type RequirementRule, requirementRule } from '../requirement-rule.ts'
import { defaultRules } from './defaults.ts'
import { emergencyRules } from './emergency.ts'
import { medicareRules } from './medicare.ts'
import { texasMedicaidRules } from './texas-medicaid.ts'

/** Every rule this gateway knows, checked as it is read: a malformed row stops the start, not a patient's request. */
export const requirementRules: readonly RequirementRule[] = z
  .array(requirementRule)
  .parse([...defaultRules, ...emergencyRules, ...medicareRules, ...texasMedicaidRules])
