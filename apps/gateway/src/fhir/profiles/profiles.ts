import { athenahealth } from './athenahealth.ts'
import { azure } from './azure.ts'
import type { EhrProfile, EhrProfileName } from './ehr-profile.ts'
import { epic } from './epic.ts'
import { hapi } from './hapi.ts'
import { medplum } from './medplum.ts'
import { oracleHealth } from './oracle-health.ts'
import { usCore } from './us-core.ts'

export const ehrProfiles: Readonly<Record<EhrProfileName, EhrProfile>> = {
  athenahealth,
  epic,
  'oracle-health': oracleHealth,
  medplum,
  hapi,
  azure,
  'us-core': usCore,
}
