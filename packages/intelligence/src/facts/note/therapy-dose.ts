import type { Span } from '../../document/note-document.ts'
import { doseBeside, highestDoseBehind, type TakenDose, takenDoseOf } from './doses.ts'
import { isRow } from './parsed-unit.ts'
import { doseOfRow } from './table-row.ts'
import { isCarriedOut } from './therapy-course.ts'
import type { FactCandidate, UnitScope } from './unit-scope.ts'

/** Beside the drug, later in its sentence, or in any cell of its table row. */
export function doseOfDrug(scope: UnitScope, candidate: FactCandidate): TakenDose | undefined {
  const { parsed, document } = scope
  const dose = writtenDose(scope, candidate)
  return dose === undefined ? undefined : takenDoseOf(parsed.tokens, document.source, dose)
}

function writtenDose(
  scope: UnitScope,
  { mention, concept, assertion }: FactCandidate,
): Span | undefined {
  const { parsed, document } = scope
  const beside = doseBeside(parsed.tokens, mention)
  if (beside !== undefined || concept.kind !== 'drug') return beside
  if (isRow(parsed.unit)) return doseOfRow(document, parsed.unit, mention)
  if (!isCarriedOut(assertion)) return undefined
  const another = parsed.targets.find((one) => one.kind === 'therapy' && one.start >= mention.end)
  return highestDoseBehind(parsed.tokens, mention, another?.start ?? Number.POSITIVE_INFINITY)
}
