import type { CueRow } from '../cue.ts'
import { affirmedRows, pseudoAffirmedRows } from './affirmed.ts'
import { degreeRows, pseudoDegreeRows } from './degree.ts'
import { deniedRows, pseudoDenialRows } from './denied.ts'
import { hypotheticalRows, pseudoConditionRows } from './hypothetical.ts'
import { inquiredRows } from './inquired.ts'
import { notDoneRows } from './not-done.ts'
import { personRows, pseudoPersonRows } from './person.ts'
import { phaseRows, pseudoPhaseRows } from './phase.ts'
import { possibleRows } from './possible.ts'
import { pseudoTimeRows, timeRows } from './time.ts'
import {
  namedRow,
  pseudoDateRows,
  unexaminedRow,
  unmeasuredRow,
  unsettledRows,
  withdrawnRows,
} from './unsettled.ts'

/** All cue rows. */
export const cueRows: readonly CueRow[] = [
  ...affirmedRows,
  ...pseudoAffirmedRows,
  ...deniedRows,
  ...pseudoDenialRows,
  ...possibleRows,
  ...hypotheticalRows,
  ...pseudoConditionRows,
  ...unsettledRows,
  ...inquiredRows,
  ...pseudoDateRows,
  namedRow,
  unexaminedRow,
  unmeasuredRow,
  ...withdrawnRows,
  ...personRows,
  ...pseudoPersonRows,
  ...timeRows,
  ...pseudoTimeRows,
  ...phaseRows,
  ...notDoneRows,
  ...pseudoPhaseRows,
  ...degreeRows,
  ...pseudoDegreeRows,
]
