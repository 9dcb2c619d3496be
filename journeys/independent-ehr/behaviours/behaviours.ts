import { athenahealth } from './athenahealth.ts'
import { azure } from './azure.ts'
import { epic } from './epic.ts'
import { hapi } from './hapi.ts'
import { medplum } from './medplum.ts'
import { oracleHealth } from './oracle-health.ts'
import { usCore } from './us-core.ts'

export const ehrBehaviours = {
  athenahealth,
  epic,
  'oracle-health': oracleHealth,
  medplum,
  hapi,
  azure,
  'us-core': usCore,
} as const

export type BehaviourName = keyof typeof ehrBehaviours
