import type { CodeEntry } from './code-entry.ts'
import { readFamily } from './family.ts'
import { spine } from './icd10cm/spine.ts'

/** ICD-10-CM replaced ICD-9-CM for services from this day on. @see 45 CFR 162.1002(c) */
const icd10cmBegins = '2015-10-01'

/** Every code this package knows. What is not here is unknown, which is not the same as wrong. */
export const codeTables: readonly CodeEntry[] = [spine].flatMap((table) =>
  readFamily('icd10cm', icd10cmBegins, table),
)
