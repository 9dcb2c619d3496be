import type { CodeEntry } from './code-entry.ts'
import { readFamily } from './family.ts'
import { bonesAndInjuries } from './icd10cm/bones-and-injuries.ts'
import { brainAndMind } from './icd10cm/brain-and-mind.ts'
import { cancerAndRedFlags } from './icd10cm/cancer-and-red-flags.ts'
import { heart } from './icd10cm/heart.ts'
import { immune } from './icd10cm/immune.ts'
import { immuneDeficiency } from './icd10cm/immune-deficiency.ts'
import { infections } from './icd10cm/infections.ts'
import { joints } from './icd10cm/joints.ts'
import { lungsAndSleep } from './icd10cm/lungs-and-sleep.ts'
import { neurology } from './icd10cm/neurology.ts'
import { pressureAndRhythm } from './icd10cm/pressure-and-rhythm.ts'
import { spine } from './icd10cm/spine.ts'
import { drugs } from './procedures/drugs.ts'
import { imaging } from './procedures/imaging.ts'
import { laboratoryAndVisits } from './procedures/laboratory-and-visits.ts'
import { musculoskeletal } from './procedures/musculoskeletal.ts'
import { sleepAndEquipment } from './procedures/sleep-and-equipment.ts'
import { surgery } from './procedures/surgery.ts'

/** ICD-10-CM replaced ICD-9-CM for services from this day on. @see 45 CFR 162.1002(c) */
const icd10cmBegins = '2015-10-01'

/** Procedure codes without a first day were in use before any day of service that this gateway assesses. */
const beforeAllVisits = '2000-01-01'

/** Every code this package knows. A code that is missing is unknown, not invalid. */
export const codeTables: readonly CodeEntry[] = [
  ...readFamily(
    'icd10cm',
    icd10cmBegins,
    [
      bonesAndInjuries,
      brainAndMind,
      cancerAndRedFlags,
      heart,
      immune,
      immuneDeficiency,
      infections,
      joints,
      lungsAndSleep,
      neurology,
      pressureAndRhythm,
      spine,
    ].join('\n'),
  ),
  ...readFamily(
    'procedure',
    beforeAllVisits,
    [drugs, imaging, laboratoryAndVisits, musculoskeletal, sleepAndEquipment, surgery].join('\n'),
  ),
]
