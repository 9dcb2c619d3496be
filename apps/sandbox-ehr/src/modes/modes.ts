import { athenahealth } from './athenahealth.ts'
import { azure } from './azure.ts'
import { epic } from './epic.ts'
import { hapi } from './hapi.ts'
import { medplum } from './medplum.ts'
import type { Mode, ModeName } from './mode.ts'
import { oracleHealth } from './oracle-health.ts'
import { usCore } from './us-core.ts'

export const modes: Readonly<Record<ModeName, Mode>> = {
  athenahealth,
  epic,
  'oracle-health': oracleHealth,
  medplum,
  hapi,
  azure,
  'us-core': usCore,
}
