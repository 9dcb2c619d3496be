import type { EhrBehaviour } from '../independent-ehr/behaviour.ts'
import { createSituations } from './create-situations.ts'
import { readSituations } from './read-situations.ts'
import type { Situation } from './situation.ts'
import { v1Situations } from './v1-situations.ts'

/** All situations that a server of this behaviour can be in. */
export function situationsOf(behaviour: EhrBehaviour): readonly Situation[] {
  return [
    ...(behaviour.documents.writer === 'v1' ? v1Situations() : createSituations(behaviour)),
    ...readSituations(),
  ]
}

/**
 * Every `step`th situation, with a different start for each behaviour, so that together most are covered; always includes those without
 * faults.
 */
export function someSituationsOf(
  behaviour: EhrBehaviour,
  step: number,
  start: number,
): readonly Situation[] {
  return situationsOf(behaviour).filter(
    ({ name }, index) => name.endsWith('as usual') || (index + start) % step === 0,
  )
}
