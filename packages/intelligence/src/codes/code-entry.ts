export type CodeSystemName = 'icd10cm' | 'cpt' | 'hcpcs'

export type Side = 'left' | 'right' | 'bilateral'

/**
 * One code during one period. A code that became a header (M54.5 on 2021-10-01) has two entries that do not
 * overlap. `display` is our own short wording, because the AMA's CPT descriptors may not be reproduced.
 */
export interface CodeEntry {
  readonly system: CodeSystemName
  /** ICD-10-CM with its dot. */
  readonly code: string
  readonly display: string
  /** A claim may carry it. False for a header, which only groups longer codes. */
  readonly billable: boolean
  readonly validFrom: string
  /** Last day it is valid. */
  readonly validTo?: string
  readonly side?: Side
  /** A header whose longer codes exist but are not in this table. */
  readonly hasUnlistedChildren?: true
}
