import type { EhrIssuer } from './ehr-issuer.ts'
import { refused } from './launch-errors.ts'

/** How an EHR names a practice, if one address serves several. */
export interface PracticeNames {
  /** The practice that an id of FHIR names; undefined: ids name none. */
  ofId(id: string): string | undefined
  /** The practice that a claim or the token answer names; undefined: it does not name a practice. */
  ofClaim(claim: unknown): string | undefined
}

/** What a sign-in says of the practice. */
export interface PracticeEvidence {
  readonly patientId: string | undefined
  readonly encounterId: string | undefined
  /** What else the EHR says about the practice, unparsed; undefined: nothing. */
  readonly practice: unknown
}

/**
 * The practice from which somebody comes, among those that are configured for the EHR's address. Everything that names a practice must
 * name the same one; if several are configured and nothing names one, the launch is refused.
 *
 * @throws {LaunchRefused} launch_context_conflict, launch_practice_unknown, launch_practice_ambiguous
 */
export function choosePractice(
  { practiceIds }: Pick<EhrIssuer, 'practiceIds'>,
  { patientId, encounterId, practice }: PracticeEvidence,
  names: PracticeNames,
): string {
  const claimed = practice === undefined ? undefined : names.ofClaim(practice)
  if (practice !== undefined && claimed === undefined)
    throw refused('launch_practice_unknown', 'what the EHR says of the practice cannot be read')
  const ofIds = [patientId, encounterId].map((id) =>
    id === undefined ? undefined : names.ofId(id),
  )
  const named = new Set([claimed, ...ofIds].filter((one) => one !== undefined))
  const [first, second] = named
  if (second !== undefined)
    throw refused('launch_context_conflict', 'the EHR names more than one practice')
  if (first !== undefined) {
    if (practiceIds.includes(first)) return first
    throw refused('launch_practice_unknown', 'the practice is not configured for this EHR')
  }
  const [only, another] = practiceIds
  if (only === undefined || another !== undefined)
    throw refused(
      'launch_practice_ambiguous',
      'several practices are configured for this EHR, and the launch names none',
    )
  return only
}
